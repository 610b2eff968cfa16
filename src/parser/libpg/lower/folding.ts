// What PostgreSQL folds away before it asks whether an expression is volatile.
// Source: eval_const_expressions() in src/backend/optimizer/util/clauses.c.

import type { A_Const, A_Expr, Node } from '@pgsql/types';
import { stringOf } from './names.ts';

export type Truth = 'true' | 'false' | 'null' | 'unknown';

/** NULL, cast or not. */
export function isNullLiteral(node: Node | undefined): boolean {
  return node !== undefined && literalOf(node)?.isnull === true;
}

/** `true`, cast or not: WHERE true is no condition. */
export function isTrueLiteral(node: Node): boolean {
  return literalOf(node)?.boolval?.boolval === true;
}

/** A constant, or an operator over constants, that is not NULL. */
export function isConstantValue(node: Node): boolean {
  const literal = literalOf(node);
  if (literal) return literal.isnull !== true;
  if (!('A_Expr' in node)) return false;
  const { lexpr, rexpr } = node.A_Expr;
  return (lexpr === undefined || isConstantValue(lexpr)) && rexpr !== undefined && isConstantValue(rexpr);
}

/** An operator with NULL on one side: operators are strict. */
export function isNullStrictly(node: Node): boolean {
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP') return false;
  const { lexpr, rexpr } = node.A_Expr;
  return [lexpr, rexpr].some((side) => side !== undefined && (isNullLiteral(side) || isNullStrictly(side)));
}

export function truthOf(node: Node | undefined): Truth {
  if (node === undefined) return 'unknown';
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr;
    return boolop === 'NOT_EXPR'
      ? negate(truthOf(args[0]))
      : truthOfAll(args.map(truthOf), boolop === 'OR_EXPR' ? 'true' : 'false');
  }
  if ('A_Expr' in node) return truthOfOperator(node.A_Expr);
  const literal = literalOf(node);
  if (literal?.isnull) return 'null';
  return literal?.boolval === undefined ? 'unknown' : truth(literal.boolval.boolval === true);
}

function truthOfOperator({ kind, name, lexpr, rexpr }: A_Expr): Truth {
  return kind === 'AEXPR_OP' ? comparison(lexpr, stringOf(name?.[0]), rexpr) : 'unknown';
}

/** Of AND and OR: one deciding value is enough. */
function truthOfAll(values: readonly Truth[], deciding: 'true' | 'false'): Truth {
  if (values.includes(deciding)) return deciding;
  if (values.includes('unknown')) return 'unknown';
  return values.includes('null') ? 'null' : negate(deciding);
}

/** `left = right` of two literals, as CASE compares them. */
export function equality(left: Node, right: Node | undefined): Truth {
  return comparison(left, '=', right);
}

function comparison(left: Node | undefined, operator: string, right: Node | undefined): Truth {
  const [a, b] = [left && valueOf(left), right && valueOf(right)];
  const compare = comparisons[operator];
  if (a === undefined || b === undefined || compare === undefined || typeof a !== typeof b) return 'unknown';
  return truth(compare(a < b ? -1 : a > b ? 1 : 0));
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function valueOf(node: Node): number | string | undefined {
  const literal = 'A_Const' in node ? node.A_Const : undefined;
  if (literal?.ival) return literal.ival.ival ?? 0;
  return literal?.sval ? (literal.sval.sval ?? '') : undefined;
}

function truth(value: boolean): Truth {
  return value ? 'true' : 'false';
}

function negate(value: Truth): Truth {
  return value === 'true' ? 'false' : value === 'false' ? 'true' : value;
}

function literalOf(node: Node): A_Const | undefined {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return literalOf(node.TypeCast.arg);
  return 'A_Const' in node ? node.A_Const : undefined;
}
