// Columns of tables, as ecto_sql makes and changes them.
// Source: column_definition, column_change and reference_expr in lib/ecto/adapters/postgres/connection.ex of its source, 3.14.

import { isTrue, type Options } from '../../tree/options.ts';
import { isList, isRecord, type Plain } from '../../tree/plain.ts';
import { commentOn, prefixed, quoted, quotedAll } from './names.ts';
import { isReference, namesOf, type Former, type Kind, type Reference, type Table } from './objects.ts';
import { defaultClause, typeSql } from './types.ts';

/** What the block of `create` or `alter` says of a column. */
export interface Subcommand {
  readonly action: 'add' | 'add_if_not_exists' | 'modify' | 'remove' | 'remove_if_exists';
  readonly column: string;
  /** Undefined where none is given. */
  readonly kind: Kind | undefined;
  readonly options: Options;
  /** What it was before it was modified. */
  readonly from: Former | undefined;
}

/** Of a column in CREATE TABLE. Undefined: something of it is not known here. */
export function columnDefinition(table: Table, { column, kind, options }: Subcommand): string | undefined {
  return added(table, column, kind, options.without('primary_key', 'comment'), ', ');
}

/** Its clauses in ALTER TABLE. */
export function columnChange(table: Table, subcommand: Subcommand): string | undefined {
  const { action, column, kind } = subcommand;
  const options = subcommand.options.without('primary_key', 'comment');
  if (action === 'add' || action === 'add_if_not_exists') {
    const sql = added(table, column, kind, options, ', ADD ');
    return sql === undefined ? undefined : `ADD COLUMN ${action === 'add' ? '' : 'IF NOT EXISTS '}${sql}`;
  }
  if (action === 'modify') return modified(table, subcommand, options);
  const ifExists = action === 'remove_if_exists' ? 'IF EXISTS ' : '';
  const reference = isReference(kind) ? `DROP CONSTRAINT ${ifExists}${quoted(referenceName(table, column, kind))}, ` : '';
  return `${reference}DROP COLUMN ${ifExists}${quoted(column)}`;
}

function added(table: Table, column: string, kind: Kind | undefined, options: Options, behind: string): string | undefined {
  const type = typeOf(kind, options);
  const byDefault = type && defaultClause(type.plain, options);
  const isNullable = options.take('null');
  const collation = options.text('collation');
  const reference = isReference(kind) ? referenceSql(table, column, kind) : '';
  if (type === undefined || byDefault === undefined || reference === undefined || !options.isUnderstood) return undefined;
  const nulled = isNullable === false ? ' NOT NULL' : isNullable === true ? ' NULL' : '';
  return `${quoted(column)} ${type.sql}${byDefault}${nulled}${collated(collation)}${reference === '' ? '' : `${behind}${reference}`}`;
}

function collated(collation: string | undefined): string {
  return collation === undefined ? '' : ` COLLATE "${collation}"`;
}

function modified(table: Table, { column, kind, from }: Subcommand, options: Options): string | undefined {
  const type = typeOf(kind, options);
  const byDefault = type && defaultClause(type.plain, options);
  const isNullable = options.take('null');
  const collation = options.text('collation');
  const reference = isReference(kind) ? referenceSql(table, column, kind) : '';
  if (type === undefined || byDefault === undefined || reference === undefined || !options.isUnderstood) return undefined;
  const alters = `ALTER COLUMN ${quoted(column)}`;
  const dropped = isReference(from?.kind) ? `DROP CONSTRAINT ${quoted(referenceName(table, column, from.kind))}, ` : '';
  const nulled = isNullable === true ? `, ${alters} DROP NOT NULL` : isNullable === false ? `, ${alters} SET NOT NULL` : '';
  return `${dropped}${alters} TYPE ${type.sql}${reference === '' ? '' : `, ADD ${reference}`}${nulled}${byDefault === '' ? '' : `, ${alters} SET${byDefault}`}${collated(collation)}`;
}

/** A reference counts nothing itself. */
function typeOf(kind: Kind | undefined, options: Options): { readonly plain: Plain; readonly sql: string } | undefined {
  if (kind === undefined) return undefined;
  const plain = isReference(kind) ? (kind.options.entries.get('type') ?? 'bigserial') : kind;
  const counted: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint', identity: 'bigint' };
  const sql = (isReference(kind) && typeof plain === 'string' ? counted[plain] : undefined) ?? typeSql(plain, options);
  return sql === undefined ? undefined : { plain, sql };
}

function referenceName(table: Table, column: string, { options }: Reference): string {
  const name = options.entries.get('name');
  return name !== undefined && isTrue(name) ? String(name) : `${table.name}_${column}_fkey`;
}

function referenceSql(table: Table, column: string, reference: Reference): string | undefined {
  const options = reference.options.without('type', 'name');
  const [target, prefix, beside] = [options.take('column') ?? 'id', options.take('prefix'), options.take('with')];
  const pairs: readonly (readonly [string, string])[] = [[column, String(target)], ...(isRecord(beside) ? Array.from(beside, ([own, other]): [string, string] => [own, String(other)]) : [])];
  const [match, onDelete, onUpdate, isValid] = [options.take('match'), onDeleteSql(options.take('on_delete')), onUpdateSql(options.take('on_update')), options.take('validate')];
  if (onDelete === undefined || onUpdate === undefined || !options.isUnderstood) return undefined;
  const words = `CONSTRAINT ${quoted(referenceName(table, column, reference))} FOREIGN KEY (${quotedAll(pairs.map(([own]) => own))})`;
  const to = prefixed(typeof prefix === 'string' ? prefix : prefix === null ? undefined : table.prefix, reference.table);
  return `${words} REFERENCES ${to}(${quotedAll(pairs.map(([, other]) => other))})${isTrue(match) ? ` MATCH ${String(match).toUpperCase()}` : ''}${onDelete}${onUpdate}${isValid === false ? ' NOT VALID' : ''}`;
}

const deletes: Readonly<Record<string, string>> = { nilify_all: ' ON DELETE SET NULL', default_all: ' ON DELETE SET DEFAULT', delete_all: ' ON DELETE CASCADE', restrict: ' ON DELETE RESTRICT', nothing: '' };

const updates: Readonly<Record<string, string>> = { nilify_all: ' ON UPDATE SET NULL', update_all: ' ON UPDATE CASCADE', restrict: ' ON UPDATE RESTRICT', nothing: '' };

/** `{:nilify, [:a]}` is for some of the columns. */
function onDeleteSql(value: Plain | undefined): string | undefined {
  if (value === undefined) return '';
  if (!isList(value)) return deletes[String(value)];
  const [way, columns] = value;
  return `${way === 'nilify' ? ' ON DELETE SET NULL' : ' ON DELETE SET DEFAULT'} (${quotedAll(namesOf(columns))})`;
}

function onUpdateSql(value: Plain | undefined): string | undefined {
  return value === undefined ? '' : updates[String(value)];
}

export function columnComments(table: Table, subcommands: readonly Subcommand[]): readonly string[] {
  return subcommands.flatMap(({ action, column, options }) => {
    const comment = options.entries.get('comment');
    return action === 'remove' || typeof comment !== 'string' ? [] : commentOn(`COLUMN ${prefixed(table.prefix, table.name)}.${quoted(column)}`, comment);
  });
}

/** Behind the columns; `words`: before it. */
export function primaryKeySql(subcommands: readonly Subcommand[], words: string): string {
  const keys = subcommands.filter(({ action, options }) => action !== 'remove' && isTrue(options.entries.get('primary_key'))).map(({ column }) => column);
  return keys.length === 0 ? '' : `${words}PRIMARY KEY (${quotedAll(keys)})`;
}
