// From an expression's tree to what the model wants to know of it: calls, columns, and what it proves.

import type { A_Const, Node } from '@pgsql/types';
import type { Expression, FunctionCall } from '../../../model/expression.ts';
import { nameOfList, stringOf } from './names.ts';

export function lowerExpression(node: Node): Expression {
  const calls: FunctionCall[] = [];
  const columns = new Set<string>();
  visit(node, {
    call: (call) => calls.push(call),
    column: (column) => columns.add(column),
  });
  return {
    calls,
    columns: [...columns],
    isNull: isNullLiteral(node),
    provesNotNull: [...new Set(provenNotNull(node, true))],
    isColumn: 'ColumnRef' in node,
  };
}

/** The calls of any tree, a whole query included, as far as they can run. */
export function callsIn(node: Node): FunctionCall[] {
  const calls: FunctionCall[] = [];
  visit(node, { call: (call) => calls.push(call), column: () => undefined });
  return calls;
}

export function isNullLiteral(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if ('TypeCast' in node) return isNullLiteral(node.TypeCast.arg);
  return 'A_Const' in node && node.A_Const.isnull === true;
}

interface Visitor {
  readonly call: (call: FunctionCall) => void;
  readonly column: (name: string) => void;
}

function visit(value: unknown, visitor: Visitor): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, visitor));
  else if (typeof value === 'object' && value !== null) visitNode(value as Node, visitor);
}

function visitNode(node: Node, visitor: Visitor): void {
  if ('FuncCall' in node) {
    visitor.call({ name: functionName(node.FuncCall.funcname), argumentCount: node.FuncCall.args?.length ?? 0 });
  } else if ('ColumnRef' in node) {
    const last = node.ColumnRef.fields?.at(-1);
    if (last !== undefined && 'String' in last) visitor.column(stringOf(last));
  }
  for (const part of partsThatRun(node)) visit(part, visitor);
}

/** PostgreSQL's own functions are named without their schema, so that `pg_catalog.now` and `now` are the same. */
function functionName(names: readonly Node[] | undefined): FunctionCall['name'] {
  const name = nameOfList(names);
  return name.schema === 'pg_catalog' ? { ...name, schema: undefined } : name;
}

/** What is left of a node after constant folding. Source: eval_const_expressions() in src/backend/optimizer/util/clauses.c. */
function partsThatRun(node: Node): unknown[] {
  if ('CaseExpr' in node && node.CaseExpr.arg === undefined) return branchesThatRun(node.CaseExpr.args ?? [], node.CaseExpr.defresult);
  if ('CoalesceExpr' in node) return untilConstant(node.CoalesceExpr.args ?? []);
  if ('BoolExpr' in node && truth(node) !== 'unknown') return [];
  return Object.values(node);
}

function branchesThatRun(branches: readonly Node[], otherwise: Node | undefined): unknown[] {
  const running: unknown[] = [];
  for (const branch of branches) {
    if (!('CaseWhen' in branch)) continue;
    const condition = truth(branch.CaseWhen.expr);
    if (condition === 'true') return [...running, branch.CaseWhen.result];
    if (condition === 'unknown') running.push(branch.CaseWhen.expr, branch.CaseWhen.result);
  }
  return [...running, otherwise];
}

function untilConstant(values: readonly Node[]): Node[] {
  const constant = values.findIndex((value) => constantOf(value)?.isnull === undefined && constantOf(value) !== undefined);
  return constant < 0 ? [...values] : values.slice(0, constant);
}

type Truth = 'true' | 'false' | 'null' | 'unknown';

function truth(node: Node | undefined): Truth {
  if (node === undefined) return 'unknown';
  if ('BoolExpr' in node) {
    const values = (node.BoolExpr.args ?? []).map(truth);
    if (node.BoolExpr.boolop === 'NOT_EXPR') return negate(values[0] ?? 'unknown');
    const deciding = node.BoolExpr.boolop === 'OR_EXPR' ? 'true' : 'false';
    if (values.includes(deciding)) return deciding;
    if (values.includes('unknown')) return 'unknown';
    return values.includes('null') ? 'null' : negate(deciding);
  }
  const constant = constantOf(node);
  if (constant?.isnull) return 'null';
  return constant?.boolval === undefined ? 'unknown' : constant.boolval.boolval ? 'true' : 'false';
}

function negate(value: Truth): Truth {
  return value === 'true' ? 'false' : value === 'false' ? 'true' : value;
}

function constantOf(node: Node): A_Const | undefined {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return constantOf(node.TypeCast.arg);
  return 'A_Const' in node ? node.A_Const : undefined;
}

/**
 * Columns that can't be NULL where `node` is `value`, as far as PostgreSQL's proof of SET NOT NULL goes: AND, NOT, IS [NOT] NULL and
 * IS [NOT] DISTINCT FROM NULL. Source: NotNullImpliedByRelConstraints() in src/backend/commands/tablecmds.c.
 */
function provenNotNull(node: Node | undefined, value: boolean): string[] {
  if (node === undefined) return [];
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr;
    if (boolop === 'NOT_EXPR') return provenNotNull(args[0], !value);
    return boolop === (value ? 'AND_EXPR' : 'OR_EXPR') ? args.flatMap((arg) => provenNotNull(arg, value)) : [];
  }
  if ('NullTest' in node) {
    const tested = node.NullTest.nulltesttype === 'IS_NOT_NULL';
    return tested === value ? columnName(node.NullTest.arg) : [];
  }
  if ('A_Expr' in node) {
    const { kind, lexpr, rexpr } = node.A_Expr;
    if (kind !== (value ? 'AEXPR_DISTINCT' : 'AEXPR_NOT_DISTINCT')) return [];
    return isNullLiteral(rexpr) ? columnName(lexpr) : isNullLiteral(lexpr) ? columnName(rexpr) : [];
  }
  return [];
}

function columnName(node: Node | undefined): string[] {
  const last = node !== undefined && 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? [stringOf(last)] : [];
}
