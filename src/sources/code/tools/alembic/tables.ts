// CREATE TABLE and what comes with it, as Alembic prints it. Source: create_table() in alembic/ddl/impl.py.

import { Given } from '../../tree/given.ts';
import type { Call, Value } from '../../tree/value.ts';
import { columnOf, columnSql, commentSql, type Column } from './columns.ts';
import { constraintOf, type TableConstraint } from './constraints.ts';
import { literal, quoted } from './identifiers.ts';
import { indexIn, indexSql } from './indexes.ts';

/** With its schema, where it has one. */
export function tableName(name: string, schema: string | undefined): string {
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

/** Types first, then the table, its indexes, and what is said of it. Undefined where something is not known here. */
export function createTable(call: Call): readonly string[] | undefined {
  const given = new Given(call, ['table_name']);
  const name = given.text('table_name');
  const schema = given.text('schema');
  const comment = given.text('comment');
  const ifNotExists = given.flag('if_not_exists') ?? false;
  const prefixes = given.texts('prefixes') ?? [];
  given.pass('info', 'implicit_returning', 'keep_existing', 'sqlite_autoincrement', 'mysql_engine', 'mysql_charset', 'mysql_collate', 'mysql_default_charset');
  const parts = given.rest.map((value) => partOf(value, name ?? '', schema));
  if (name === undefined || !given.isUnderstood || parts.includes(undefined)) return undefined;
  const known = parts.flatMap((part) => part ?? []);
  const columns = known.flatMap((part) => (part.kind === 'column' ? [part.column] : []));
  const constraints = known.flatMap((part) => (part.kind === 'constraint' ? [part.constraint] : []));
  const indexes = known.flatMap((part) => (part.kind === 'index' ? [part.sql] : []));
  const table = tableName(name, schema);
  return [
    ...new Set(columns.flatMap(({ type }) => type.creation ?? [])),
    `CREATE ${prefixes.map((prefix) => `${prefix} `).join('')}TABLE ${ifNotExists ? 'IF NOT EXISTS ' : ''}${table} (\n    ${linesOf(columns, constraints).join(', \n    ')}\n)`,
    ...columns.flatMap((column) => (column.isIndexed ? [columnIndex(column, name, schema)] : [])),
    ...indexes,
    ...(comment === undefined ? [] : [`COMMENT ON TABLE ${table} IS ${literal(comment)}`]),
    ...columns.flatMap((column) => (column.comment === undefined ? [] : [commentSql(table, column)])),
  ];
}

type Part = { readonly kind: 'column'; readonly column: Column } | { readonly kind: 'constraint'; readonly constraint: TableConstraint } | { readonly kind: 'index'; readonly sql: string };

function partOf(value: Value, table: string, schema: string | undefined): Part | undefined {
  const column = columnOf(value);
  if (column) return { kind: 'column', column };
  const constraint = constraintOf(value);
  if (constraint) return { kind: 'constraint', constraint };
  const sql = indexIn(value, table, schema);
  return sql === undefined ? undefined : { kind: 'index', sql };
}

function linesOf(columns: readonly Column[], constraints: readonly TableConstraint[]): readonly string[] {
  const said = constraints.find(({ isKey }) => isKey);
  const keys = said ? said.columns : columns.filter(({ isKey }) => isKey).map(({ name }) => name);
  const key = said?.sql ?? (keys.length > 0 ? `PRIMARY KEY (${keys.map(quoted).join(', ')})` : undefined);
  const [only, ...others] = keys;
  const inForeignKeys = (name: string): boolean => columns.some((column) => column.name === name && column.foreignKeys.length > 0) || constraints.some(({ isForeignKey, sql }) => isForeignKey && namesColumn(sql, name));
  const counts = ({ name, counts: is, type }: Column): boolean => {
    if (is === false || !keys.includes(name) || type.serial === undefined) return false;
    return is === true || (only === name && others.length === 0 && !inForeignKeys(name));
  };
  const written = columns.map((column) => columnSql(keys.includes(column.name) ? { ...column, isNullable: false } : column, counts(column)));
  const own = columns.flatMap(({ foreignKeys, isUnique, isIndexed, name }) => [...(isUnique && !isIndexed ? [`UNIQUE (${quoted(name)})`] : []), ...foreignKeys.map(({ sql }) => sql)]);
  return [...written, ...(key === undefined ? [] : [key]), ...constraints.filter((one) => one !== said).map(({ sql }) => sql), ...own];
}

function namesColumn(sql: string, name: string): boolean {
  const columns = /FOREIGN KEY\(([^)]*)\)/.exec(sql)?.[1] ?? '';
  return columns.split(', ').includes(quoted(name));
}

/** Source: the naming convention `ix_%(column_0_label)s` in sqlalchemy/sql/naming.py. */
export function columnIndex({ name, isUnique }: Column, table: string, schema: string | undefined): string {
  const label = [...(schema === undefined ? [] : [schema]), table, name].join('_');
  return indexSql({ name: `ix_${label}`, table: tableName(table, schema), columns: [quoted(name)], isUnique });
}
