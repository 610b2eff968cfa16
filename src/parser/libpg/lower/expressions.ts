// From an expression's tree to what the model wants to know of it: calls, columns, and what it proves.

import type { A_Expr, CaseExpr, Node } from '@pgsql/types';
import type { Expression, FunctionCall } from '../../../model/expression.ts';
import { equality, isConstantValue, isNullLiteral, isNullStrictly, truthOf } from './folding.ts';
import { castChain, evidentType } from './evident-type.ts';
import { mentionsIn } from './mentions.ts';
import { nameOfList, stringOf } from './names.ts';

export function lowerExpression(node: Node): Expression {
  const cast = castChain(node);
  return {
    calls: callsIn(node),
    columns: [...new Set(columnsIn(node))],
    isNull: isNullLiteral(node),
    provesNotNull: [...new Set(provenNotNull(node, true))],
    isColumn: 'ColumnRef' in node,
    gives: evidentType(node),
    ...('A_Const' in node && node.A_Const.sval ? { text: node.A_Const.sval.sval ?? '' } : {}),
    ...(cast ? { cast } : {}),
    mentions: mentionsIn(node),
  };
}

/** The calls of any tree, a whole query included, as far as they can run. */
export function callsIn(node: Node): FunctionCall[] {
  const calls: FunctionCall[] = [];
  visit(node, partsThatRun, (found) => {
    if ('FuncCall' in found) calls.push({ name: functionName(found.FuncCall.funcname), argumentCount: found.FuncCall.args?.length ?? 0 });
  });
  return calls;
}

/** Those that never count too: PostgreSQL names a CHECK after them, and drops it with them. */
function columnsIn(node: Node): string[] {
  const columns: string[] = [];
  visit(node, Object.values, (found) => columns.push(...columnName(found)));
  return columns;
}

function visit(value: unknown, partsOf: (node: Node) => unknown[], see: (node: Node) => void): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, partsOf, see));
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    see(node);
    for (const part of partsOf(node)) visit(part, partsOf, see);
  }
}

/** PostgreSQL's own functions are named without their schema, so that `pg_catalog.now` and `now` are the same. */
export function functionName(names: readonly Node[] | undefined): FunctionCall['name'] {
  const name = nameOfList(names);
  return name.schema === 'pg_catalog' ? { ...name, schema: undefined } : name;
}

/** What is left of a node after constant folding. */
export function partsThatRun(node: Node): unknown[] {
  if ('CaseExpr' in node) return branchesThatRun(node.CaseExpr);
  if ('CoalesceExpr' in node) return untilConstant(node.CoalesceExpr.args ?? []);
  if ('BoolExpr' in node && truthOf(node) !== 'unknown') return [];
  if (isNullStrictly(node)) return [];
  return Object.values(node);
}

function branchesThatRun({ arg, args = [], defresult }: CaseExpr): unknown[] {
  const running: unknown[] = [arg];
  for (const branch of args) {
    if (!('CaseWhen' in branch)) continue;
    const { expr, result } = branch.CaseWhen;
    const condition = arg === undefined ? truthOf(expr) : equality(arg, expr);
    if (condition === 'true') return [...running, result];
    if (condition === 'unknown') running.push(expr, result);
  }
  return [...running, defresult];
}

/** `coalesce` looks no further than its first constant that is not NULL. */
function untilConstant(values: readonly Node[]): Node[] {
  const constant = values.findIndex(isConstantValue);
  return constant < 0 ? [...values] : values.slice(0, constant);
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
    const { arg, nulltesttype } = node.NullTest;
    if ((nulltesttype === 'IS_NOT_NULL') !== value) return [];
    return arg && value && 'RowExpr' in arg ? (arg.RowExpr.args ?? []).flatMap(columnName) : columnName(arg);
  }
  if ('A_Expr' in node) {
    const { kind, lexpr, rexpr } = node.A_Expr;
    if (value && isEqualsTrue(node.A_Expr)) return provenNotNull(lexpr, true);
    if (kind !== (value ? 'AEXPR_DISTINCT' : 'AEXPR_NOT_DISTINCT')) return [];
    return isNullLiteral(rexpr) ? columnName(lexpr) : isNullLiteral(lexpr) ? columnName(rexpr) : [];
  }
  return [];
}

/** `… = true`, which PostgreSQL takes for the expression itself. */
function isEqualsTrue({ kind, name, rexpr }: A_Expr): boolean {
  return kind === 'AEXPR_OP' && stringOf(name?.[0]) === '=' && truthOf(rexpr) === 'true';
}

function columnName(node: Node | undefined): string[] {
  const last = node !== undefined && 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? [stringOf(last)] : [];
}
