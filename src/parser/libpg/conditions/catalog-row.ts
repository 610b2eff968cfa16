// A row of one of PostgreSQL's catalogs that a query asks for: which object it is.

import type { ConstraintType } from '../../../model/constraint.ts';
import type { CatalogObject, NamePattern, SchemaPattern } from '../../../model/condition.ts';
import type { TableKind } from '../../../model/relation.ts';

export interface Question {
  readonly object: CatalogObject;
  readonly isExact: boolean;
}

/** What a column is compared with: `reg` is the name of an object in `'orders'::regclass`, `row` another row by its oid. */
export type Value =
  | { readonly kind: 'text'; readonly texts: readonly string[] }
  | { readonly kind: 'reg'; readonly name: NamePattern }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'current-schema' };

/** A catalog in the FROM, and what its columns must be. */
export interface Row {
  readonly alias: string;
  readonly catalog: string;
  readonly values: Map<string, Value>;
}

/** Undefined of a catalog that is not known, and where the query names none. */
export function questionOf(row: Row): Question | undefined {
  return objects[row.catalog]?.(row);
}

type Read = (row: Row) => Question | undefined;

/** Of each catalog, what object a row of it is. */
const objects: Readonly<Record<string, Read>> = {
  pg_class: (row) => relation(row, 'relname', 'relnamespace', kindsOf(row.values.get('relkind'))),
  pg_tables: (row) => relation(row, 'tablename', 'schemaname', ['table', 'partitioned-table']),
  pg_views: (row) => relation(row, 'viewname', 'schemaname', ['view']),
  pg_matviews: (row) => relation(row, 'matviewname', 'schemaname', ['materialized-view']),
  pg_sequences: (row) => relation(row, 'sequencename', 'schemaname', ['sequence']),
  'information_schema.tables': (row) => relation(row, 'table_name', 'table_schema', ['table', 'partitioned-table', 'foreign-table', 'view']),
  'information_schema.views': (row) => relation(row, 'table_name', 'table_schema', ['view']),
  'information_schema.sequences': (row) => relation(row, 'sequence_name', 'sequence_schema', ['sequence']),
  pg_indexes: (row) => part(row, 'index', 'indexname', { table: 'tablename', schema: 'schemaname' }),
  pg_constraint: (row) => constraint(row, { name: 'conname', type: 'contype' }, { oid: 'conrelid', namespace: 'connamespace' }),
  'information_schema.table_constraints': (row) => constraint(row, named, { table: 'table_name', schema: 'table_schema' }),
  'information_schema.key_column_usage': (row) => constraint(row, named, { table: 'table_name', schema: 'table_schema' }),
  'information_schema.referential_constraints': (row) => constraint(row, named, {}),
  pg_trigger: (row) => part(row, 'trigger', 'tgname', { oid: 'tgrelid' }),
  'information_schema.triggers': (row) => part(row, 'trigger', 'trigger_name', { table: 'event_object_table', schema: 'event_object_schema' }),
  pg_policies: (row) => part(row, 'policy', 'policyname', { table: 'tablename', schema: 'schemaname' }),
  pg_policy: (row) => part(row, 'policy', 'polname', { oid: 'polrelid' }),
  pg_attribute: (row) => column(row, 'attname', { oid: 'attrelid' }),
  'information_schema.columns': (row) => column(row, 'column_name', { table: 'table_name', schema: 'table_schema' }),
  pg_type: (row) => {
    const name = nameIn(row, 'typname', 'typnamespace');
    return name && { object: { kind: 'type', name }, isExact: isAll(row, ['typname', 'typnamespace']) };
  },
  pg_enum: (row) => {
    const [value, type] = [textIn(row, 'enumlabel'), objectIn(row, 'enumtypid')];
    const isExact = isAll(row, ['enumlabel', 'enumtypid']) && (type !== undefined || !row.values.has('enumtypid'));
    return value === undefined ? undefined : { object: { kind: 'enum-value', type, value }, isExact };
  },
  __EFMigrationsHistory: (row) => {
    return textIn(row, 'MigrationId') === undefined ? undefined : { object: { kind: 'run-migration' }, isExact: true };
  },
};

function relation(row: Row, name: string, schema: string, kinds: readonly TableKind[] | 'index' | 'mixed' | undefined): Question | undefined {
  const pattern = nameIn(row, name, schema);
  if (pattern === undefined) return undefined;
  const isExact = isAll(row, [name, schema, 'relkind']) && kinds !== 'mixed';
  if (kinds === 'index') return { object: { kind: 'index', name: pattern, table: undefined }, isExact };
  return { object: { kind: 'relation', name: pattern, kinds: kinds === 'mixed' ? undefined : kinds }, isExact };
}

const relkinds: Readonly<Record<string, TableKind>> = {
  r: 'table',
  p: 'partitioned-table',
  f: 'foreign-table',
  v: 'view',
  m: 'materialized-view',
  S: 'sequence',
};

/** `mixed`: indexes and others. */
function kindsOf(value: Value | undefined): readonly TableKind[] | 'index' | 'mixed' | undefined {
  if (value?.kind !== 'text') return undefined;
  if (value.texts.every((one) => one === 'i' || one === 'I')) return 'index';
  const kinds = value.texts.map((one) => relkinds[one]);
  return kinds.includes(undefined) ? 'mixed' : kinds.flatMap((one) => one ?? []);
}

/** Which columns say the table: by its oid, or by its name and schema. */
interface TableColumns {
  readonly oid?: string;
  readonly table?: string;
  readonly schema?: string;
  /** Of the object itself. */
  readonly namespace?: string;
}

const named = { name: 'constraint_name', type: 'constraint_type' } as const;

/** As pg_constraint and information_schema call them. */
const constraintTypes: Readonly<Record<string, ConstraintType>> = {
  c: 'check',
  f: 'foreign-key',
  p: 'primary-key',
  u: 'unique',
  x: 'exclusion',
  'FOREIGN KEY': 'foreign-key',
  'PRIMARY KEY': 'primary-key',
  UNIQUE: 'unique',
};

/** By its name, or by its table and type. */
function constraint(row: Row, columns: { readonly name: string; readonly type: string }, of: TableColumns): Question | undefined {
  const [name, type, table] = [textIn(row, columns.name), constraintTypes[textIn(row, columns.type) ?? ''], tableOf(row, of)];
  if (name === undefined && (type === undefined || table === undefined)) return undefined;
  const pattern = name === undefined ? undefined : { name, schema: schemaIn(row, of.namespace ?? of.schema) };
  const isTold = isSaid(row, of, table) && (type !== undefined || !row.values.has(columns.type));
  const isExact = isAll(row, [columns.name, columns.type, ...tableColumns(of)]) && isTold;
  return { object: { kind: 'constraint', name: pattern, table, types: type && [type] }, isExact };
}

function part(row: Row, kind: 'index' | 'trigger' | 'policy', nameColumn: string, of: TableColumns): Question | undefined {
  const name = textIn(row, nameColumn);
  if (name === undefined) return undefined;
  const table = tableOf(row, of);
  const schema = schemaIn(row, of.namespace ?? of.schema);
  const object: CatalogObject = { kind, name: { name, schema }, table };
  return { object, isExact: isAll(row, [nameColumn, ...tableColumns(of)]) && isSaid(row, of, table) };
}

function column(row: Row, nameColumn: string, of: TableColumns): Question | undefined {
  const [name, table] = [textIn(row, nameColumn), tableOf(row, of)];
  if (name === undefined || table === undefined) return undefined;
  return { object: { kind: 'column', table, name }, isExact: isAll(row, [nameColumn, ...tableColumns(of)]) };
}

function tableColumns({ oid, table, schema, namespace }: TableColumns): string[] {
  return [oid, table, schema, namespace].flatMap((one) => one ?? []);
}

function tableOf(row: Row, { oid, table, schema }: TableColumns): NamePattern | undefined {
  return oid === undefined ? nameIn(row, table ?? '', schema ?? '') : objectIn(row, oid);
}

/** A table that was asked for and can't be told. */
function isSaid(row: Row, { oid, table }: TableColumns, found: NamePattern | undefined): boolean {
  return found !== undefined || !row.values.has(oid ?? table ?? '');
}

function isAll({ values }: Row, columns: readonly string[]): boolean {
  return [...values.keys()].every((name) => columns.includes(name));
}

function textIn({ values }: Row, column: string): string | undefined {
  const value = values.get(column);
  return value?.kind === 'text' && value.texts.length === 1 ? value.texts[0] : undefined;
}

function nameIn(row: Row, name: string, schema: string): NamePattern | undefined {
  const text = textIn(row, name);
  return text === undefined ? undefined : { name: text, schema: schemaIn(row, schema) };
}

/** A schema that can't be told is any: the question is then wider than it was asked, and `isExact` says so. */
function schemaIn({ values }: Row, column: string | undefined): SchemaPattern {
  const value = column === undefined ? undefined : values.get(column);
  if (value?.kind === 'current-schema') return { kind: 'path' };
  if (value?.kind === 'reg') return { kind: 'named', name: value.name.name };
  if (value?.kind === 'text' && value.texts.length === 1) return { kind: 'named', name: value.texts[0] ?? '' };
  const name = value?.kind === 'row' && value.row.catalog === 'pg_namespace' ? textIn(value.row, 'nspname') : undefined;
  return name === undefined ? { kind: 'any' } : { kind: 'named', name };
}

/** The table or type that a column has the oid of. */
function objectIn({ values }: Row, column: string): NamePattern | undefined {
  const value = values.get(column);
  if (value?.kind === 'reg') return value.name;
  if (value?.kind !== 'row') return undefined;
  if (value.row.catalog === 'pg_class') return nameIn(value.row, 'relname', 'relnamespace');
  return value.row.catalog === 'pg_type' ? nameIn(value.row, 'typname', 'typnamespace') : undefined;
}
