// Columns, as SQLAlchemy prints them, and what a table gets because of them.
// Source: get_column_specification() of PGDDLCompiler in sqlalchemy/dialects/postgresql/base.py.

import { Given, isNothing } from '../../tree/given.ts';
import type { Made, Value } from '../../tree/value.ts';
import { clauseOf, defaultOf } from './clause.ts';
import { constraintOf, type TableConstraint } from './constraints.ts';
import { literal, quoted } from './identifiers.ts';
import { typeOf, type ColumnType } from './types.ts';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly isKey: boolean;
  readonly isNullable: boolean;
  /** It counts up by itself where it is the only key: undefined where nobody says so. */
  readonly counts: boolean | undefined;
  readonly otherwise: string | undefined;
  /** `GENERATED …`. */
  readonly generated: string | undefined;
  /** `CHECK`s, behind all that is said of it. */
  readonly checks: readonly string[];
  readonly foreignKeys: readonly TableConstraint[];
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  readonly comment: string | undefined;
}

/** Undefined for what is no column, or one of which something is not known here. */
export function columnOf(value: Value | undefined): Column | undefined {
  if (value?.kind !== 'made' || !/^(?:sqlalchemy|sqlmodel)(?:\.schema|\.sql\.schema)?\.Column$/.test(value.path)) return undefined;
  const given = new Given(value.call, ['name', 'type_']);
  const name = given.text('name');
  const type = typeOf(given.take('type_'));
  const isKey = given.flag('primary_key') ?? false;
  const serverDefault = given.take('server_default');
  const otherwise = isNothing(serverDefault) ? undefined : defaultOf(serverDefault);
  const column = {
    isKey,
    isNullable: given.flag('nullable') ?? !isKey,
    counts: autoincrementOf(given),
    otherwise,
    isUnique: given.flag('unique') ?? false,
    isIndexed: given.flag('index') ?? false,
    comment: given.text('comment'),
  };
  given.pass('default', 'onupdate', 'key', 'doc', 'info', 'system', 'quote', 'insert_default', 'server_onupdate');
  const parts = given.rest.map(partOf);
  const isDefaultUnknown = serverDefault !== undefined && !isNothing(serverDefault) && otherwise === undefined;
  if (name === undefined || type === undefined || isDefaultUnknown || !given.isUnderstood || parts.includes(undefined)) return undefined;
  const known = parts.flatMap((part) => part ?? []);
  return {
    ...column,
    name,
    type,
    generated: known.find(({ kind }) => kind === 'generated')?.sql,
    checks: known.filter(({ kind }) => kind === 'check').map(({ sql }) => sql),
    foreignKeys: known.flatMap(({ kind, sql }) => (kind === 'foreign-key' ? [{ isKey: false, isForeignKey: true, sql: sql.replace('FOREIGN KEY(%)', () => `FOREIGN KEY(${quoted(name)})`), columns: [] }] : [])),
  };
}

function autoincrementOf(given: Given): boolean | undefined {
  const value = given.take('autoincrement');
  return value?.kind === 'constant' && value.value !== null ? Boolean(value.value) : undefined;
}

interface ColumnPart {
  readonly kind: 'generated' | 'check' | 'foreign-key';
  readonly sql: string;
}

function partOf(value: Value): ColumnPart | undefined {
  if (value.kind !== 'made') return undefined;
  const name = /^sqlalchemy(?:\.\w+){0,3}\.(\w+)$/.exec(value.path)?.[1];
  if (name === 'Identity') return identity(value);
  if (name === 'Computed') return computed(value);
  if (name === 'ForeignKey') return constraintOf(value)?.isForeignKey === true ? { kind: 'foreign-key', sql: constraintOf(value)?.sql ?? '' } : undefined;
  const check = name === 'CheckConstraint' ? constraintOf(value) : undefined;
  return check && { kind: 'check', sql: check.sql };
}

function identity({ call }: Made): ColumnPart | undefined {
  const given = new Given(call, ['always']);
  const isAlways = given.flag('always') ?? false;
  const options = [
    ['increment', 'INCREMENT BY'],
    ['start', 'START WITH'],
    ['minvalue', 'MINVALUE'],
    ['maxvalue', 'MAXVALUE'],
  ].flatMap(([name = '', words = '']) => {
    const value = given.take(name);
    return value?.kind === 'constant' && typeof value.value === 'number' ? [`${words} ${value.value}`] : [];
  });
  if (!given.isUnderstood) return undefined;
  return { kind: 'generated', sql: `GENERATED ${isAlways ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options.length > 0 ? ` (${options.join(' ')})` : ''}` };
}

function computed({ call }: Made): ColumnPart | undefined {
  const given = new Given(call, ['sqltext', 'persisted']);
  const value = given.take('sqltext');
  const sql = value?.kind === 'text' ? given.text('sqltext') : clauseOf(value);
  const isStored = given.flag('persisted');
  return sql === undefined || isStored !== true || !given.isUnderstood ? undefined : { kind: 'generated', sql: `GENERATED ALWAYS AS (${sql}) STORED` };
}

/** `counts`: it is the key of its table that counts up by itself. */
export function columnSql({ name, type, otherwise, generated, isNullable, checks }: Column, counts: boolean): string {
  const isIdentity = generated?.includes('IDENTITY') === true;
  const word = counts && type.serial !== undefined && generated === undefined && otherwise === undefined ? type.serial : type.sql;
  const value = word === type.sql && otherwise !== undefined ? ` DEFAULT ${otherwise}` : '';
  const made = generated === undefined ? '' : ` ${generated}`;
  return `${quoted(name)} ${word}${value}${made}${isNullable || isIdentity ? '' : ' NOT NULL'}${checks.map((check) => ` ${check}`).join('')}`;
}

export function commentSql(table: string, { name, comment }: Pick<Column, 'name' | 'comment'>): string {
  return `COMMENT ON COLUMN ${table}.${quoted(name)} IS ${comment === undefined ? 'NULL' : literal(comment)}`;
}
