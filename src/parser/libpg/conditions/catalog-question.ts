// A query of PostgreSQL's catalogs, read as the question whether an object is there.

import type { A_Expr, Node, RangeVar, SelectStmt } from '@pgsql/types';
import type { Condition, NamePattern } from '../../../model/condition.ts';
import { nameOfParts, stringOf, strings } from '../lower/names.ts';
import { searchPathItems } from '../../../model/session.ts';
import { questionOf, type Question, type Row, type Value } from './catalog-row.ts';

/** Does the query have a row? Unknown where it asks for anything else than one object by its name. */
export function existsIn(select: SelectStmt): Condition {
  const question = read(select);
  return question ? { kind: 'exists', object: question.object, isExact: question.isExact } : { kind: 'unknown' };
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
  const object = main && others.length === 0 ? questionOf(main) : undefined;
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
