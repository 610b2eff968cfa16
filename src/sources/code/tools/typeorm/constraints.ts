// Constraints and indexes in the SQL of TypeORM.
// Source: createTableSql(), createIndexSql(), createForeignKeySql() and their like in src/driver/postgres/PostgresQueryRunner.ts, 0.3.31.

import { isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { generated, path, quotedList, tableName, textsOf, type TableName } from './names.ts';

export type Kind = 'unique' | 'check' | 'exclusion';

/** `CONSTRAINT "x" UNIQUE (…)`. */
export function constraintSql(kind: Kind, table: TableName, options: PlainRecord): string {
  const { columnNames, expression, deferrable } = options;
  const name = `CONSTRAINT "${constraintName(kind, table, options)}"`;
  if (kind === 'check') return `${name} CHECK (${String(expression)})`;
  if (kind === 'exclusion') return `${name} EXCLUDE ${String(expression)}`;
  return `${name} UNIQUE (${quotedList(columnNames)})${deferrable ? ` DEFERRABLE ${String(deferrable)}` : ''}`;
}

function constraintName(kind: Kind, table: TableName, { name, columnNames, expression }: PlainRecord): string {
  if (name) return String(name);
  return kind === 'unique' ? generated('UQ', table, textsOf(columnNames)) : generated(kind === 'check' ? 'CHK' : 'XCL', table, String(expression));
}

/** `isInTable`: within CREATE TABLE, it is written with other spaces. */
export function foreignKeySql(table: TableName, key: PlainRecord, isInTable: boolean): string {
  const { columnNames, referencedColumnNames, onDelete, onUpdate, deferrable } = key;
  const to = referenced(key);
  const columns = isInTable ? ` (${quotedList(referencedColumnNames)})` : `(${quotedList(referencedColumnNames, ',')})`;
  const clauses = `${onDelete ? ` ON DELETE ${String(onDelete)}` : ''}${onUpdate ? ` ON UPDATE ${String(onUpdate)}` : ''}${deferrable ? ` DEFERRABLE ${String(deferrable)}` : ''}`;
  return `CONSTRAINT "${foreignKeyName(table, key)}" FOREIGN KEY (${quotedList(columnNames)}) REFERENCES ${to}${columns}${clauses}`;
}

function referenced({ referencedTableName, referencedSchema }: PlainRecord): string {
  const to = tableName(referencedTableName, 'plain');
  const own = typeof referencedSchema === 'string' ? referencedSchema : undefined;
  return path({ name: to?.name ?? '', schema: own ?? to?.schema });
}

export function foreignKeyName(table: TableName, { name, columnNames }: PlainRecord): string {
  return name ? String(name) : generated('FK', table, textsOf(columnNames));
}

export function indexSql(table: TableName, index: PlainRecord): string {
  const { columnNames, isUnique, isConcurrent, isSpatial, where } = index;
  const words = `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX${isConcurrent ? ' CONCURRENTLY' : ''} "${indexName(table, index)}"`;
  return `${words} ON ${path(table)} ${isSpatial ? 'USING GiST ' : ''}(${quotedList(columnNames)}) ${where ? `WHERE ${String(where)}` : ''}`;
}

export function indexName(table: TableName, { name, columnNames, where }: PlainRecord): string {
  return name ? String(name) : generated('IDX', table, textsOf(columnNames), where ? String(where) : '');
}

/** `index`: its name, or a TableIndex. */
export function dropIndexSql(table: TableName, index: Plain): string {
  const { isConcurrent } = isRecord(index) ? index : {};
  const name = isRecord(index) ? indexName(table, index) : String(index);
  return `DROP INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}"${table.schema ?? 'public'}"."${name}"`;
}
