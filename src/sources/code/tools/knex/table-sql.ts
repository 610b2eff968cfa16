// CREATE TABLE and ALTER TABLE, as Knex writes them.
// Source: lib/schema/tablecompiler.js and lib/dialects/postgres/schema/pg-tablecompiler.js of its source, 3.3.

import { columnSql, type ColumnSql, type Surroundings } from './column-sql.ts';
import { commandSql, primaryKey } from './command-sql.ts';
import { defaultOf } from './plain.ts';
import type { Column, Command, ForeignKey, Table } from './table.ts';
import { wrapped } from './wrapped.ts';

/** Statements in their order; undefined where it is not known what Knex writes. `ifNew`: CREATE TABLE IF NOT EXISTS. */
export function tableSql(table: Table, foreignKeys: ReadonlyMap<Command, ForeignKey>, ifNew: boolean): readonly string[] | undefined {
  const { name, schema, columns, commands, comment } = table;
  if (name === undefined || table.isUnclear) return undefined;
  const around: Surroundings = { table: wrapped(schema === undefined ? name : `${schema}.${name}`), rawTable: name, schema, hasPrimary: commands.some(({ method }) => method === 'primary') };
  const sqls = columns.map((column): readonly [Column, ColumnSql] => [column, columnSql(column, around)]);
  const rest = commands.map((command) => commandSql(command, foreignKeys.get(command), table, around));
  if (sqls.some(([column, { type }]) => type === undefined || (column.alters && hasCheck(column))) || rest.includes(undefined)) return undefined;
  const added = sqls.flatMap(([{ alters }, sql]) => (alters ? [] : [sql]));
  const altered = sqls.filter(([{ alters }]) => alters !== undefined);
  const ofTable = comment === undefined ? [] : [`comment on table ${around.table} is '${String(comment)}'`];
  const before = sqls.flatMap(([, sql]) => sql.before).toReversed();
  const behind = [...added, ...altered.map(([, sql]) => sql)].flatMap((sql) => sql.behind);
  const others = rest.flatMap((texts) => texts ?? []);
  if (table.isNew) return [...before, createSql(table, added, around, ifNew), ...ofTable, ...behind, ...others];
  const adds = added.length === 0 ? [] : [`alter table ${around.table} ${added.map(({ definition }) => `add column ${definition}`).join(', ')}`];
  return [...before, ...adds, ...altered.flatMap(([column, sql]) => alterSql(column, sql, around)), ...behind, ...others, ...ofTable];
}

function hasCheck({ modifiers }: Column): boolean {
  return [...modifiers.keys()].some((key) => key.startsWith('check'));
}

function createSql({ commands, inherits, name }: Table, columns: readonly ColumnSql[], { table }: Surroundings, ifNew: boolean): string {
  const primary = commands.find(({ method }) => method === 'primary');
  const key = primary ? `, ${primaryKey(primary.args, name ?? '')}` : '';
  return `create table ${ifNew ? 'if not exists ' : ''}${table} (${columns.map(({ definition }) => definition).join(', ')}${key})${inherits ? ` inherits (${wrapped(String(inherits))})` : ''}`;
}

function alterSql({ type: own, modifiers, alters }: Column, { name, type = '' }: ColumnSql, { table }: Surroundings): readonly string[] {
  const alter = `alter table ${table} alter column ${wrapped(name)}`;
  const cast = own === 'enu' ? '::text::' : '::';
  const byDefault = modifiers.get('defaultTo');
  const isRequired = modifiers.get('nullable')?.[0] === false;
  return [
    `${alter} drop default`,
    ...(alters?.nullable ? [`${alter} drop not null`] : []),
    ...(alters?.type ? [`${alter} type ${type} using (${wrapped(name)}${cast}${type})`] : []),
    ...(byDefault ? [`${alter} set default ${defaultOf(byDefault[0], own)}`] : []),
    ...(alters?.nullable && isRequired ? [`${alter} set not null`] : []),
  ];
}
