// A query of PostgreSQL's catalogs, read as the question whether an object is there.

import type { A_Expr, Node, RangeVar, SelectStmt } from '@pgsql/types';
import type { ConstraintType } from '../../../model/constraint.ts';
import type { CatalogObject, Condition, NamePattern, SchemaPattern } from '../../../model/condition.ts';
import type { TableKind } from '../../../model/relation.ts';
import { nameOfParts, stringOf, strings } from '../lower/names.ts';
import { searchPathItems } from '../../../model/session.ts';

/** Does the query have a row? Unknown where it asks for anything else than one object by its name. */
export function existsIn(select: SelectStmt): Condition {
  const question = read(select);
  return question ? { kind: 'exists', object: question.object, isExact: question.isExact } : { kind: 'unknown' };
}

interface Question {
  readonly object: CatalogObject;
  readonly isExact: boolean;
}

/** What a column is compared with: `reg` is the name of an object in `'orders'::regclass`, `row` another row by its oid. */
type Value =
  | { readonly kind: 'text'; readonly texts: readonly string[] }
  | { readonly kind: 'reg'; readonly name: NamePattern }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'current-schema' };

/** A catalog in the FROM, and what its columns must be. */
interface Row {
  readonly alias: string;
  readonly catalog: string;
  readonly values: Map<string, Value>;
}

function read(select: SelectStmt): Question | undefined {
  if (select.withClause || select.groupClause || select.havingClause || select.op !== 'SETOP_NONE') return undefined;
  const conditions: Node[] = select.whereClause ? [select.whereClause] : [];
  const rows = (select.fromClause ?? []).map((from) => rowsOf(from, conditions));
  if (rows.length === 0 || rows.includes(undefined)) return undefined;
  const all = rows.flatMap((found) => found ?? []);
  const named = new Set<Row>();
  const areKept = conditions.flatMap(conjuncts).map((condition) => keep(condition, all, named));
  const [main, ...others] = all.filter((row) => !named.has(row));
  const object = main && others.length === 0 ? objects[main.catalog]?.(main) : undefined;
  return object && { object: object.object, isExact: object.isExact && !areKept.includes(false) };
}

/** Undefined for what is no plain join of tables. Adds what a join asks for. */
function rowsOf(from: Node, conditions: Node[]): Row[] | undefined {
  if ('RangeVar' in from) return [rowOf(from.RangeVar)];
  if (!('JoinExpr' in from) || from.JoinExpr.jointype !== 'JOIN_INNER' || from.JoinExpr.usingClause || !from.JoinExpr.quals) return undefined;
  const { larg, rarg, quals } = from.JoinExpr;
  const [left, right] = [larg && rowsOf(larg, conditions), rarg && rowsOf(rarg, conditions)];
  conditions.push(quals);
  return left && right && [...left, ...right];
}

function rowOf({ schemaname, relname = '', alias }: RangeVar): Row {
  const isOfPostgres = schemaname === undefined || schemaname === 'pg_catalog';
  return { alias: alias?.aliasname ?? relname, catalog: isOfPostgres ? relname : `${schemaname}.${relname}`, values: new Map() };
}

function conjuncts(node: Node): Node[] {
  if (!('BoolExpr' in node) || node.BoolExpr.boolop !== 'AND_EXPR') return [node];
  return (node.BoolExpr.args ?? []).flatMap(conjuncts);
}

/** False for what can't be told. `named`: gets the rows that others are joined to. */
function keep(condition: Node, rows: readonly Row[], named: Set<Row>): boolean {
  if (isOfEveryRow(condition)) return true;
  if (!('A_Expr' in condition)) return false;
  const { lexpr, rexpr } = condition.A_Expr;
  if (!isEquality(condition.A_Expr) || !lexpr || !rexpr) return false;
  return keepSide(lexpr, rexpr, rows, named) || keepSide(rexpr, lexpr, rows, named);
}

/** `NOT attisdropped`, `attnum > 0`: what a column that can be named is. */
function isOfEveryRow(condition: Node): boolean {
  const inner = 'BoolExpr' in condition && condition.BoolExpr.boolop === 'NOT_EXPR' ? condition.BoolExpr.args?.[0] : undefined;
  if (inner && columnName(inner) === 'attisdropped') return true;
  if (!('A_Expr' in condition)) return false;
  const name = condition.A_Expr.lexpr && columnName(condition.A_Expr.lexpr);
  const operator = stringOf(condition.A_Expr.name?.[0]);
  return (name === 'attisdropped' && operator === '=' && isFalse(condition.A_Expr.rexpr)) || (name === 'attnum' && operator === '>');
}

function isFalse(node: Node | undefined): boolean {
  return node !== undefined && 'A_Const' in node && node.A_Const.boolval !== undefined && node.A_Const.boolval.boolval !== true;
}

function isEquality({ kind, name }: A_Expr): boolean {
  return (kind === 'AEXPR_OP' || kind === 'AEXPR_IN') && stringOf(name?.[0]) === '=';
}

function keepSide(side: Node, other: Node, rows: readonly Row[], named: Set<Row>): boolean {
  const row = rowNamed(side, rows);
  const column = columnName(side);
  if (row === undefined || column === undefined || row.values.has(column)) return false;
  const joined = columnName(other) === 'oid' ? rowNamed(other, rows) : undefined;
  const value: Value | undefined = joined ? { kind: 'row', row: joined } : valueOf(other);
  if (value === undefined || column === 'oid') return false;
  if (value.kind === 'text' && value.texts.length !== 1 && column !== 'relkind') return false;
  row.values.set(column, value);
  if (joined) named.add(joined);
  return true;
}

function columnName(node: Node): string | undefined {
  const inner = withoutTextCast(node);
  const last = 'ColumnRef' in inner ? inner.ColumnRef.fields?.at(-1) : undefined;
  return last && 'String' in last ? stringOf(last) : undefined;
}

/** The row that a column is of: by its alias, or the only one. */
function rowNamed(node: Node, rows: readonly Row[]): Row | undefined {
  const inner = withoutTextCast(node);
  if (!('ColumnRef' in inner)) return undefined;
  const parts = strings(inner.ColumnRef.fields);
  const alias = parts.at(-2);
  if (alias !== undefined) return rows.find((row) => row.alias === alias);
  const [only, ...others] = rows;
  if (others.length === 0) return only;
  const name = parts.at(-1) ?? '';
  return rows.find(({ catalog }) => prefixes[catalog] !== undefined && name.startsWith(prefixes[catalog] ?? ''));
}

/** What the columns of a catalog are called. */
const prefixes: Readonly<Record<string, string>> = {
  pg_constraint: 'con',
  pg_class: 'rel',
  pg_namespace: 'nsp',
  pg_attribute: 'att',
  pg_type: 'typ',
  pg_enum: 'enum',
  pg_trigger: 'tg',
  pg_policy: 'pol',
};

function withoutTextCast(node: Node): Node {
  if (!('TypeCast' in node) || !node.TypeCast.arg) return node;
  const type = strings(node.TypeCast.typeName?.names).at(-1) ?? '';
  return ['text', 'name', 'varchar', 'bpchar', 'sql_identifier'].includes(type) ? withoutTextCast(node.TypeCast.arg) : node;
}

function valueOf(node: Node): Value | undefined {
  const inner = withoutTextCast(node);
  const text = textOf(inner);
  if (text !== undefined) return { kind: 'text', texts: [text] };
  if ('List' in inner) {
    const texts = (inner.List.items ?? []).map((item) => textOf(withoutTextCast(item)));
    return texts.includes(undefined) ? undefined : { kind: 'text', texts: texts.flatMap((one) => one ?? []) };
  }
  if ('TypeCast' in inner) return registered(inner.TypeCast);
  if ('SQLValueFunction' in inner) return inner.SQLValueFunction.op === 'SVFOP_CURRENT_SCHEMA' ? { kind: 'current-schema' } : undefined;
  if ('FuncCall' in inner) {
    return strings(inner.FuncCall.funcname).at(-1) === 'current_schema' ? { kind: 'current-schema' } : undefined;
  }
  return 'SubLink' in inner ? valueOfQuery(inner.SubLink.subselect) : undefined;
}

function textOf(node: Node): string | undefined {
  return 'A_Const' in node ? node.A_Const.sval?.sval : undefined;
}

/** `'public.orders'::regclass`. */
function registered({ arg, typeName }: { arg?: Node; typeName?: { names?: Node[] } }): Value | undefined {
  const text = arg && textOf(arg);
  const type = strings(typeName?.names).at(-1) ?? '';
  return text !== undefined && ['regclass', 'regtype', 'regnamespace'].includes(type) ? { kind: 'reg', name: patternOf(text) } : undefined;
}

/** The name in a string as PostgreSQL reads it: `public."Order"`. */
export function patternOf(text: string): NamePattern {
  const { schema, name } = nameOfParts(searchPathItems(text.replaceAll('.', ' . ')).filter((part) => part !== '.'));
  return { name, schema: schema === undefined ? { kind: 'path' } : { kind: 'named', name: schema } };
}

/** `(SELECT oid FROM pg_class WHERE relname = 'orders')`. */
function valueOfQuery(node: Node | undefined): Value | undefined {
  if (!node || !('SelectStmt' in node)) return undefined;
  const [target, ...more] = node.SelectStmt.targetList ?? [];
  const column = target && 'ResTarget' in target && target.ResTarget.val ? columnName(target.ResTarget.val) : undefined;
  const question = column === 'oid' && more.length === 0 ? read(node.SelectStmt) : undefined;
  if (question?.isExact !== true || (question.object.kind !== 'relation' && question.object.kind !== 'type')) return undefined;
  return { kind: 'reg', name: question.object.name };
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
