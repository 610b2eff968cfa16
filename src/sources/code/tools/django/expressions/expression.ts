// Expressions of indexes, constraints, defaults and generated columns, in SQL.
// Source: django/db/models/expressions.py and functions/ of Django 5.2.

import { plainText, type Made, type Value } from '../../../tree/value.ts';
import { valueLiteral } from '../fields/default.ts';
import { columnType } from '../fields/column-type.ts';
import { fieldOf, shortName, type Field } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { columnOf } from '../models/table.ts';
import { quoted } from '../schema-editor/names.ts';
import { Unread } from '../unread.ts';
import { numberLiteral, textLiteral } from './literal.ts';

export interface Sql {
  readonly sql: string;
  /** No more than a column. */
  readonly isColumn: boolean;
}

/** Functions that are called like that, with their arguments in order. */
const functions: Readonly<Record<string, string>> = {
  Lower: 'LOWER',
  Upper: 'UPPER',
  Length: 'LENGTH',
  Trim: 'BTRIM',
  LTrim: 'LTRIM',
  RTrim: 'RTRIM',
  Coalesce: 'COALESCE',
  NullIf: 'NULLIF',
  Greatest: 'GREATEST',
  Least: 'LEAST',
  Abs: 'ABS',
  Round: 'ROUND',
  MD5: 'MD5',
  Reverse: 'REVERSE',
};

/** The text of a name is a column; throws for what is not known here. */
export function expressionSql(value: Value | undefined, model: Model, apps: Apps): Sql {
  const name = plainText(value);
  if (name !== undefined) return columnSql(name, model, apps);
  if (value?.kind !== 'made' || !/^django\.db\.models\b/.test(value.path) || !value.call.isWhole) throw unknownExpression(value);
  const kind = shortName(value.path);
  const [first, second, third] = value.call.args;
  const inner = (one: Value | undefined): string => expressionSql(one, model, apps).sql;
  if (kind === 'F') return columnSql(plainText(first ?? value.call.named.get('name')) ?? '', model, apps);
  if (kind === 'Value') return { sql: plainLiteral(first ?? value.call.named.get('value')), isColumn: false };
  if (kind === 'Now' && value.call.args.length === 0) return { sql: 'STATEMENT_TIMESTAMP()', isColumn: false };
  if (kind === 'CombinedExpression') return { sql: `(${inner(first)} ${plainText(second) ?? ''} ${inner(third)})`, isColumn: false };
  if (kind === 'Cast') return { sql: `(${inner(first)})::${columnType(fieldOf(second ?? value.call.named.get('output_field'), apps.settings), model, apps)}`, isColumn: false };
  const called = functions[kind];
  if (called === undefined || value.call.named.size > 0) throw unknownExpression(value);
  return { sql: `${called}(${value.call.args.map(inner).join(', ')})`, isColumn: false };
}

function columnSql(name: string, model: Model, apps: Apps): Sql {
  return { sql: quoted(columnOf(model, name, apps).column), isColumn: true };
}

function unknownExpression(value: Value | undefined): Unread {
  return new Unread(value?.kind === 'made' ? `what ${shortName(value.path)}() comes to in SQL is not known here` : 'an expression of it is put together in a way that is not known here');
}

function plainLiteral(value: Value | undefined): string {
  const text = plainText(value);
  if (text !== undefined) return textLiteral(text);
  const number = value?.kind === 'constant' && typeof value.value === 'number' ? numberLiteral(value.value) : undefined;
  if (number !== undefined) return number;
  if (value?.kind === 'constant' && typeof value.value === 'boolean') return String(value.value);
  throw unknownExpression(value);
}

/** `created DESC`, `name varchar_pattern_ops`: what stands around an expression in an index. */
export function indexedSql(value: Value | undefined, model: Model, apps: Apps): string {
  const own = value?.kind === 'made' ? shortName(value.path) : '';
  if (value?.kind === 'made' && own === 'OrderBy') return `${indexedSql(argument(value, 0, 'expression'), model, apps)} ${isDescending(value) ? 'DESC' : 'ASC'}${nullsOf(value)}`;
  if (value?.kind === 'made' && own === 'OpClass') return `${indexedSql(argument(value, 0, 'expression'), model, apps)} ${plainText(argument(value, 1, 'name')) ?? ''}`;
  if (value?.kind === 'made' && own === 'Collate') return `${indexedSql(argument(value, 0, 'expression'), model, apps)} COLLATE ${quoted(plainText(argument(value, 1, 'collation')) ?? '')}`;
  const { sql, isColumn } = expressionSql(value, model, apps);
  return isColumn ? sql : `(${sql})`;
}

function argument({ call }: Made, index: number, name: string): Value | undefined {
  return call.args[index] ?? call.named.get(name);
}

function isDescending(value: Made): boolean {
  const descending = argument(value, 1, 'descending');
  return descending?.kind === 'constant' && Boolean(descending.value);
}

function nullsOf({ call }: Made): string {
  const says = (name: string): boolean => {
    const value = call.named.get(name);
    return value?.kind === 'constant' && Boolean(value.value);
  };
  return says('nulls_first') ? ' NULLS FIRST' : says('nulls_last') ? ' NULLS LAST' : '';
}

/** A value as it is; an expression in parentheses. */
export function databaseDefault(field: Field, model: Model, apps: Apps): string {
  const value = field.args.get('db_default');
  if (value?.kind !== 'made' || /^(?:decimal|datetime|uuid)\./.test(value.path)) return valueLiteral(value ?? { kind: 'unknown' }, field);
  const [first] = value.call.args;
  return shortName(value.path) === 'Value' && first ? valueLiteral(first, field) : `(${expressionSql(value, model, apps).sql})`;
}

/** Django hands values over beside the SQL; columns, and what is called without values, are none. */
export function hasValues(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind !== 'made' || !/^django\.db\.models\b/.test(value.path)) return true;
  const kind = shortName(value.path);
  if (kind === 'Value') return true;
  return kind !== 'F' && value.call.args.some((one) => one.kind !== 'text' && hasValues(one));
}

export function generatedClause({ args }: Field, model: Model, apps: Apps): string {
  const persists = args.get('db_persist');
  if (persists?.kind !== 'constant') throw new Unread('only a run knows whether the column is stored');
  return `GENERATED ALWAYS AS (${expressionSql(args.get('expression'), model, apps).sql}) ${persists.value ? 'STORED' : 'VIRTUAL'}`;
}
