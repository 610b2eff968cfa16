// A column as ActiveRecord writes it. Source: visit_ColumnDefinition, visit_ChangeColumnDefinition and add_column_options! in
// activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_creation.rb of Rails 8.0.

import { literal, quotedColumn, quotedTable } from './names.ts';
import type { Plain } from '../../tree/plain.ts';
import { defaultSql } from './defaults.ts';
import { isTrue, type Options } from '../../tree/options.ts';
import { typeSql } from './types.ts';
import { hasPreciseTimes, refusesUnknownOptions, type Version } from './version.ts';

export interface Column {
  readonly name: string;
  readonly sql: string;
  readonly comment: Plain | undefined;
}

/** What it is given beside its name and its type. Undefined: something of it is not known here. */
export function columnOf(name: string, type: string, given: Options, version: Version): Column | undefined {
  const { kind, options } = meant(type, given, version);
  const isKey = options.flag('primary_key');
  const sqlType = typeSql(kind, options);
  const comment = options.take('comment');
  const [collation, as, stored] = [options.text('collation'), options.text('as'), options.flag('stored')];
  const value = options.take('default');
  const isRequired = isKey || options.take('null') === false;
  options.pass('if_exists', 'if_not_exists', 'index', 'type', 'first', 'after', 'null', 'unsigned', 'charset', 'auto_increment');
  const byDefault = value === undefined || (value === null && isRequired) || sqlType === undefined ? '' : defaultSql(value, sqlType);
  if (sqlType === undefined || byDefault === undefined || (refusesUnknownOptions(version) && !options.isUnderstood) || (as !== undefined && !stored)) return undefined;
  const written = `${quotedColumn(name)} ${sqlType}`;
  if (kind === 'primary_key') return { name, sql: written, comment };
  const computed = `${collation === undefined ? '' : ` COLLATE "${collation}"`}${as === undefined ? '' : ` GENERATED ALWAYS AS (${as}) STORED`}`;
  return { name, sql: `${written}${computed}${byDefault === '' ? '' : ` DEFAULT ${byDefault}`}${isRequired ? ' NOT NULL' : ''}${isKey ? ' PRIMARY KEY' : ''}`, comment };
}

/** A key that counts is serial, a virtual column has another type, and times are precise. */
function meant(type: string, options: Options, version: Version): { readonly kind: string; readonly options: Options } {
  const isKey = isTrue(options.entries.get('primary_key')) || type === 'primary_key';
  if (type === 'virtual') return { kind: String(options.entries.get('type') ?? ''), options: options.without('type') };
  if (isKey && (type === 'integer' || type === 'bigint') && !options.has('default')) return { kind: type === 'bigint' || options.entries.get('limit') === 8 ? 'bigserial' : 'serial', options: options.without('limit') };
  if (type === 'datetime' && !options.has('precision') && hasPreciseTimes(version)) return { kind: type, options: options.with({ precision: 6 }) };
  return { kind: type, options: options.without() };
}

/** ALTER COLUMN of its type, with what is said of it beside. */
export function alteredColumn(name: string, type: string, given: Options, version: Version): string | undefined {
  const { kind, options } = meant(type, given, version);
  const sqlType = typeSql(kind, options);
  const [collation, using, castAs] = [options.text('collation'), options.take('using'), options.text('cast_as')];
  const value = options.take('default');
  const isNullable = options.take('null');
  options.pass('comment', 'index', 'if_exists', 'if_not_exists');
  const byDefault = value === undefined || value === null || sqlType === undefined ? '' : defaultSql(value, sqlType);
  if (sqlType === undefined || byDefault === undefined || (refusesUnknownOptions(version) && !options.isUnderstood)) return undefined;
  const alters = `ALTER COLUMN ${quotedColumn(name)}`;
  const cast = typeof using === 'string' ? ` USING ${using}` : castAs === undefined ? '' : ` USING CAST(${quotedColumn(name)} AS ${castAs})`;
  const defaulted = value === undefined ? '' : `, ${alters} ${value === null ? 'DROP DEFAULT' : `SET DEFAULT ${byDefault}`}`;
  const nulled = isNullable === undefined ? '' : `, ${alters} ${isTrue(isNullable) ? 'DROP' : 'SET'} NOT NULL`;
  return `${alters} TYPE ${sqlType}${collation === undefined ? '' : ` COLLATE "${collation}"`}${cast}${defaulted}${nulled}`;
}

export function columnComment(table: string, column: string, comment: Plain): string {
  return `COMMENT ON COLUMN ${quotedTable(table)}.${quotedColumn(column)} IS ${commentSql(comment)}`;
}

export function tableComment(table: string, comment: Plain): string {
  return `COMMENT ON TABLE ${quotedTable(table)} IS ${commentSql(comment)}`;
}

function commentSql(comment: Plain): string {
  return comment === null ? 'NULL' : literal(String(comment));
}
