// Names as ActiveRecord's adapter for PostgreSQL writes them, and those that it makes up itself.
// Source: activerecord/lib/active_record/connection_adapters/postgresql/{utils,quoting,schema_statements}.rb and
// connection_adapters/abstract/schema_statements.rb of Rails 8.0.

import { createHash } from 'node:crypto';
import { singular } from './inflections.ts';

export function quotedColumn(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedColumns(names: readonly string[]): string {
  return names.map(quotedColumn).join(', ');
}

/** `schema.table`, either of which may have quotes already. */
export function quotedTable(name: string): string {
  const { schema, identifier } = partsOf(name);
  return schema === undefined ? quotedColumn(identifier) : `${quotedColumn(schema)}.${quotedColumn(identifier)}`;
}

export function partsOf(name: string): { readonly schema: string | undefined; readonly identifier: string } {
  const [first = '', second] = Array.from(name.matchAll(/[^".]+|"[^"]*"/g), ([part]) => part.replace(/^"(.*)"$/, '$1'));
  return second === undefined ? { schema: undefined, identifier: first } : { schema: first, identifier: second };
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `fk_rails_`, `chk_rails_`, … */
export function hashedName(prefix: string, identifier: string): string {
  return `${prefix}${digest(identifier)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

/** Of a reference to a table. */
export function keyColumn(table: string): string {
  return `${singular(partsOf(table).identifier)}_id`;
}

export function foreignKeyName(table: string, columns: readonly string[]): string {
  return hashedName('fk_rails_', `${table}_${columns.join('_and_')}_fk`);
}

/** Of names that ActiveRecord 7.1 and later makes up, in bytes. */
const LONGEST_INDEX_NAME = 62;

/** `columns`: or an expression. Up to 7.0 it is as long as it comes. */
export function indexName(table: string, columns: readonly string[] | string, isShortened: boolean): string {
  const parts = typeof columns === 'string' ? [(columns.match(/\w+/g) ?? []).join('_')] : columns;
  const name = `index_${isShortened ? partsOf(table).identifier : table}_on_${parts.join('_and_')}`;
  if (!isShortened || Buffer.byteLength(name) <= LONGEST_INDEX_NAME) return name;
  const end = `_${digest(name)}`;
  return `${`idx_on_${parts.join('_')}`.slice(0, LONGEST_INDEX_NAME - end.length)}${end}`;
}

/** Of both tables, in their order, with what they begin with said once. */
export function joinTableName(one: string, other: string): string {
  const [first = '', second = ''] = [one, other].toSorted((left, right) => (left < right ? -1 : 1));
  return `${first}\0${second}`.replace(/^(.*[._])(.+)\0\1(.+)/, '$1$2_$3').replace('\0', '_');
}
