// The condition of an IF, as far as it asks whether something is there.

import type { A_Expr, Node, NullTest, SelectStmt, SubLink } from '@pgsql/types';
import type { Condition } from '../../../model/condition.ts';
import { stringOf, strings } from '../lower/names.ts';
import { existsIn, patternOf } from './catalog-question.ts';

/** What an expression is worth: `count` of rows, or a value that is NULL where there is no row. */
export type Scalar =
  | { readonly kind: 'boolean'; readonly condition: Condition }
  | { readonly kind: 'count' | 'optional'; readonly exists: Condition };

/** What the variables of a block hold, where it is known. */
export type Variables = ReadonlyMap<string, Scalar>;

const unknown: Condition = { kind: 'unknown' };

export function lowerCondition(node: Node, variables: Variables): Condition {
  const scalar = lowerScalar(node, variables);
  return scalar?.kind === 'boolean' ? scalar.condition : unknown;
}

export function lowerScalar(node: Node, variables: Variables): Scalar | undefined {
  if ('ColumnRef' in node) return variables.get(strings(node.ColumnRef.fields).join('.'));
  if ('SubLink' in node) return ofQuery(node.SubLink, variables);
  if ('TypeCast' in node) return node.TypeCast.arg && lowerScalar(node.TypeCast.arg, variables);
  if ('FuncCall' in node) return ofCall(strings(node.FuncCall.funcname).at(-1) ?? '', node.FuncCall.args ?? []);
  const condition = ofBoolean(node, variables);
  return condition && { kind: 'boolean', condition };
}

/** Of a whole SELECT: the first value of its first row. */
export function scalarOf(select: SelectStmt, variables: Variables): Scalar | undefined {
  const [target] = select.targetList ?? [];
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  if (select.fromClause === undefined) return value && select.whereClause === undefined ? lowerScalar(value, variables) : undefined;
  if (value && 'FuncCall' in value) {
    const isCount = strings(value.FuncCall.funcname).at(-1) === 'count' && select.targetList?.length === 1;
    return isCount ? { kind: 'count', exists: existsIn(select) } : undefined;
  }
  return { kind: 'optional', exists: existsIn(select) };
}

function ofQuery({ subLinkType, subselect }: SubLink, variables: Variables): Scalar | undefined {
  if (!subselect || !('SelectStmt' in subselect)) return undefined;
  if (subLinkType === 'EXISTS_SUBLINK') return { kind: 'boolean', condition: existsIn(subselect.SelectStmt) };
  return subLinkType === 'EXPR_SUBLINK' ? scalarOf(subselect.SelectStmt, variables) : undefined;
}

function ofCall(name: string, [arg]: readonly Node[]): Scalar | undefined {
  const text = arg && constantText(arg);
  if (text === undefined) return undefined;
  if (name === 'to_regclass') return { kind: 'optional', exists: { kind: 'exists', object: { kind: 'relation', name: patternOf(text), kinds: undefined }, isExact: true } };
  return name === 'to_regtype' ? { kind: 'optional', exists: { kind: 'exists', object: { kind: 'type', name: patternOf(text) }, isExact: true } } : undefined;
}

function constantText(node: Node): string | undefined {
  if ('TypeCast' in node) return node.TypeCast.arg && constantText(node.TypeCast.arg);
  return 'A_Const' in node ? node.A_Const.sval?.sval : undefined;
}

function ofBoolean(node: Node, variables: Variables): Condition | undefined {
  if ('A_Const' in node) return node.A_Const.boolval && { kind: 'constant', value: node.A_Const.boolval.boolval === true };
  if ('BoolExpr' in node) {
    const parts = (node.BoolExpr.args ?? []).map((one) => lowerCondition(one, variables));
    if (node.BoolExpr.boolop === 'NOT_EXPR') return not(parts[0] ?? unknown);
    return { kind: node.BoolExpr.boolop === 'AND_EXPR' ? 'and' : 'or', parts };
  }
  if ('NullTest' in node) return ofNullTest(node.NullTest, variables);
  if ('BooleanTest' in node) {
    const { arg, booltesttype = '' } = node.BooleanTest;
    const condition = arg && lowerCondition(arg, variables);
    if (condition === undefined) return undefined;
    if (booltesttype === 'IS_TRUE' || booltesttype === 'IS_NOT_FALSE') return condition;
    return booltesttype === 'IS_FALSE' || booltesttype === 'IS_NOT_TRUE' ? not(condition) : undefined;
  }
  return 'A_Expr' in node ? ofComparison(node.A_Expr, variables) : undefined;
}

function not(part: Condition): Condition {
  return { kind: 'not', part };
}

function ofNullTest({ arg, nulltesttype }: NullTest, variables: Variables): Condition | undefined {
  const scalar = arg && lowerScalar(arg, variables);
  if (scalar?.kind !== 'optional') return undefined;
  return nulltesttype === 'IS_NOT_NULL' ? scalar.exists : not(scalar.exists);
}

/** `count = 0`, `count > 0`, `v = false`. */
function ofComparison({ kind, name, lexpr, rexpr }: A_Expr, variables: Variables): Condition | undefined {
  const scalar = lexpr && kind === 'AEXPR_OP' ? lowerScalar(lexpr, variables) : undefined;
  if (scalar === undefined || !rexpr || !('A_Const' in rexpr)) return undefined;
  const operator = stringOf(name?.[0]);
  const { boolval, ival } = rexpr.A_Const;
  if (scalar.kind === 'boolean' && boolval && operator === '=') return boolval.boolval === true ? scalar.condition : not(scalar.condition);
  if (scalar.kind !== 'count' || ival === undefined) return undefined;
  const number = ival.ival ?? 0;
  if ((number === 0 && ['>', '<>', '!='].includes(operator)) || (number === 1 && operator === '>=')) return scalar.exists;
  return (number === 0 && ['=', '<='].includes(operator)) || (number === 1 && operator === '<') ? not(scalar.exists) : undefined;
}
