// Indexes, as SQLAlchemy prints them. Source: visit_create_index() and visit_drop_index() of PGDDLCompiler.

import { Given } from '../../tree/given.ts';
import { plainText, type Call, type Value } from '../../tree/value.ts';
import { clauseOf } from './clause.ts';
import { quoted, quotedAll } from './identifiers.ts';
import { tableName } from './tables.ts';

export interface Index {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  /** Behind UNIQUE INDEX: `CONCURRENTLY IF NOT EXISTS `. */
  readonly words?: string;
  readonly method?: string | undefined;
  /** Behind the columns. */
  readonly more?: string;
}

export function indexSql({ name, table, columns, isUnique, words = '', method, more = '' }: Index): string {
  return `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${words}${quoted(name)} ON ${table} ${method === undefined ? '' : `USING ${method} `}(${columns.join(', ')})${more}`;
}

export function createIndex(call: Call): readonly string[] | undefined {
  const given = new Given(call, ['index_name', 'table_name', 'columns']);
  const table = given.text('table_name');
  const schema = given.text('schema');
  const index = table === undefined ? undefined : indexOf(given, tableName(table, schema), columnsOf(given));
  return index && given.isUnderstood ? [indexSql(index)] : undefined;
}

/** `Index('orders_note', 'note')` among the columns of a table; undefined for what is none, or one of which something is not known here. */
export function indexIn(value: Value, table: string, schema: string | undefined): string | undefined {
  if (value.kind !== 'made' || !/^sqlalchemy(?:\.schema|\.sql\.schema)?\.Index$/.test(value.path)) return undefined;
  const given = new Given(value.call, ['index_name']);
  const index = indexOf(given, tableName(table, schema), { kind: 'list', items: given.rest });
  return index && given.isUnderstood ? indexSql(index) : undefined;
}

function columnsOf(given: Given): Value | undefined {
  return given.take('columns');
}

function indexOf(given: Given, table: string, columns: Value | undefined): Index | undefined {
  const name = given.text('index_name');
  const operators = given.take('postgresql_ops');
  const items = columns?.kind === 'list' ? columns.items.map((column) => keyOf(column, operators)) : [undefined];
  const isConcurrent = given.flag('postgresql_concurrently') ?? false;
  const ifNotExists = given.flag('if_not_exists') ?? false;
  const more = moreOf(given);
  const areDistinct = given.flag('postgresql_nulls_not_distinct');
  given.pass('sqlite_where', 'mysql_length', 'mysql_using', 'mysql_prefix');
  if (name === undefined || more === undefined || items.includes(undefined)) return undefined;
  return {
    name,
    table,
    columns: items.map((item) => item ?? ''),
    isUnique: given.flag('unique') ?? false,
    words: `${isConcurrent ? 'CONCURRENTLY ' : ''}${ifNotExists ? 'IF NOT EXISTS ' : ''}`,
    method: given.text('postgresql_using')?.toLowerCase(),
    more: `${more.included}${areDistinct === undefined ? '' : areDistinct ? ' NULLS NOT DISTINCT' : ' NULLS DISTINCT'}${more.rest}`,
  };
}

/** A column, or an expression, with its class of operators. */
function keyOf(column: Value, operators: Value | undefined): string | undefined {
  const name = plainText(column);
  if (operators !== undefined && operators.kind !== 'record') return undefined;
  const operator = name === undefined ? undefined : operators?.entries.get(name);
  const written = name === undefined ? clauseOf(column) : quoted(name);
  if (written === undefined || operator === undefined) return written;
  const words = plainText(operator);
  return words === undefined ? undefined : `${written} ${words}`;
}

/** What stands behind the columns; undefined where it is not known here. */
function moreOf(given: Given): { readonly included: string; readonly rest: string } | undefined {
  const included = given.texts('postgresql_include') ?? [];
  const settings = given.take('postgresql_with');
  const tablespace = given.text('postgresql_tablespace');
  const where = given.take('postgresql_where');
  const condition = plainText(where) ?? clauseOf(where);
  const isWhereUnknown = where !== undefined && condition === undefined && !(where.kind === 'constant' && where.value === null);
  const options = settings?.kind === 'record' ? Array.from(settings.entries, ([name, value]) => (value.kind === 'constant' ? `${name} = ${String(value.value)}` : `${name} = ${plainText(value) ?? ''}`)) : [];
  if (isWhereUnknown || (settings !== undefined && settings.kind !== 'record')) return undefined;
  const rest = [options.length > 0 ? ` WITH (${options.join(', ')})` : '', tablespace === undefined ? '' : ` TABLESPACE ${quoted(tablespace)}`, condition === undefined ? '' : ` WHERE ${condition}`];
  return { included: included.length > 0 ? ` INCLUDE (${quotedAll(included)})` : '', rest: rest.join('') };
}

export function dropIndex(call: Call): readonly string[] | undefined {
  const given = new Given(call, ['index_name', 'table_name']);
  const name = given.text('index_name');
  const schema = given.text('schema');
  const isConcurrent = given.flag('postgresql_concurrently') ?? false;
  const ifExists = given.flag('if_exists') ?? false;
  given.pass('table_name', 'postgresql_using', 'postgresql_where', 'postgresql_ops', 'postgresql_with', 'postgresql_include', 'postgresql_nulls_not_distinct', 'unique', 'sqlite_where', 'mysql_length', 'mysql_prefix', 'columns');
  if (name === undefined || !given.isUnderstood) return undefined;
  return [`DROP INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}${ifExists ? 'IF EXISTS ' : ''}${tableName(name, schema)}`];
}
