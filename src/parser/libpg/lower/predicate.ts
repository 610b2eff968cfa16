// From a condition's tree to what it says of single columns.

import type { A_Expr, Node } from '@pgsql/types';
import { comparisonOf, joined, joinedList, mirror, type Comparison, type Literal, type Predicate } from '../../../model/predicate.ts';
import { stringOf } from './names.ts';
import { lowerType } from './types.ts';

const other: Predicate = { kind: 'other' };

export function lowerPredicate(node: Node | undefined): Predicate {
  if (node === undefined) return other;
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr;
    if (boolop === 'NOT_EXPR') return { kind: 'not', part: lowerPredicate(args[0]) };
    return joined(boolop === 'OR_EXPR' ? 'or' : 'and', args.map(lowerPredicate));
  }
  if ('NullTest' in node) {
    const column = columnOf(node.NullTest.arg);
    return column === undefined ? other : { kind: 'null-test', column, isNull: node.NullTest.nulltesttype === 'IS_NULL' };
  }
  return 'A_Expr' in node ? lowerComparison(node.A_Expr) : other;
}

function lowerComparison({ kind, name, lexpr, rexpr }: A_Expr): Predicate {
  const operator = comparisonOf(stringOf(name?.[0]));
  switch (kind) {
    case 'AEXPR_OP':
      return operator ? (compare(lexpr, operator, rexpr) ?? compare(rexpr, mirror(operator), lexpr) ?? other) : other;
    case 'AEXPR_IN':
      return operator ? compareAll(operator === '=' ? 'or' : 'and', lexpr, operator, itemsOf(rexpr)) : other;
    case 'AEXPR_OP_ANY':
      return operator ? compareAll('or', lexpr, operator, itemsOf(rexpr)) : other;
    case 'AEXPR_OP_ALL':
      return operator ? compareAll('and', lexpr, operator, itemsOf(rexpr)) : other;
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const [low, high] = itemsOf(rexpr) ?? [];
      const [above, below] = [compare(lexpr, '>=', low), compare(lexpr, '<=', high)];
      const between: Predicate = above && below ? joined('and', [above, below]) : other;
      return kind === 'AEXPR_BETWEEN' || between === other ? between : { kind: 'not', part: between };
    }
    default:
      return other;
  }
}

function compare(left: Node | undefined, operator: Comparison, right: Node | undefined): Predicate | undefined {
  const [column, value] = [columnOf(left), literalOf(right)];
  return column !== undefined && value ? { kind: 'compare', column, operator, value } : undefined;
}

function compareAll(
  kind: 'and' | 'or',
  left: Node | undefined,
  operator: Comparison,
  values: readonly Node[] | undefined,
): Predicate {
  const parts = values?.map((value) => compare(left, operator, value)) ?? [undefined];
  return parts.every((part) => part !== undefined) ? joinedList(kind, parts) : other;
}

function itemsOf(node: Node | undefined): readonly Node[] | undefined {
  if (node === undefined) return undefined;
  if ('List' in node) return node.List.items ?? [];
  return 'A_ArrayExpr' in node ? (node.A_ArrayExpr.elements ?? []) : undefined;
}

function columnOf(node: Node | undefined): string | undefined {
  const last = node !== undefined && 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? stringOf(last) : undefined;
}

/** A constant, cast at most once and to a plain type. */
export function literalOf(node: Node | undefined): Literal | undefined {
  if (node === undefined) return undefined;
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    const { name, modifiers, isArray } = lowerType(typeName);
    const literal = arg && 'A_Const' in arg ? literalOf(arg) : undefined;
    const isPlain = name.schema === undefined && modifiers.length === 0 && !isArray;
    return literal && isPlain ? { ...literal, type: name.name } : undefined;
  }
  if (!('A_Const' in node)) return undefined;
  const { ival, fval, sval, boolval } = node.A_Const;
  if (ival) return { kind: 'integer', text: String(ival.ival ?? 0), type: undefined };
  if (fval) return { kind: isWhole(fval.fval) ? 'integer' : 'decimal', text: String(Number(fval.fval)), type: undefined };
  if (sval) return { kind: 'text', text: sval.sval ?? '', type: undefined };
  return boolval && { kind: 'boolean', text: String(boolval.boolval === true), type: undefined };
}

/** Without a point or an exponent; large ones are no integers of the grammar. */
function isWhole(text = ''): boolean {
  return /^-?\d+$/.test(text);
}
