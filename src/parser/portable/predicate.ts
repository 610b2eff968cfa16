// From a condition of pgsql-ast-parser to what it says of single columns, as libpg/lower/predicate.ts has it.

import type { Expr, ExprBinary } from 'pgsql-ast-parser';
import { comparisonOf, joined, joinedList, mirror, type Comparison, type Literal, type Predicate } from '../../model/predicate.ts';
import { columnName } from './expressions.ts';
import { typeOf } from './names.ts';
import { unsupported } from './unsupported.ts';

const other: Predicate = { kind: 'other' };

export function lowerPredicate(expression: Expr): Predicate {
  switch (expression.type) {
    case 'binary':
      return lowerBinary(expression);
    case 'unary': {
      const { op, operand } = expression;
      if (op === 'NOT') return { kind: 'not', part: lowerPredicate(operand) };
      const column = columnName(operand);
      return column !== undefined && (op === 'IS NULL' || op === 'IS NOT NULL')
        ? { kind: 'null-test', column, isNull: op === 'IS NULL' }
        : other;
    }
    case 'ternary': {
      const { value, lo, hi, op } = expression;
      const [above, below] = [compare(value, '>=', lo), compare(value, '<=', hi)];
      const between: Predicate = above && below ? joined('and', [above, below]) : other;
      return op === 'BETWEEN' || between === other ? between : { kind: 'not', part: between };
    }
    default:
      return other;
  }
}

function lowerBinary({ op, left, right }: ExprBinary): Predicate {
  if (op === 'AND' || op === 'OR') return joined(op === 'OR' ? 'or' : 'and', [left, right].map(lowerPredicate));
  if (op === 'IN' || op === 'NOT IN') {
    const values = right.type === 'list' ? right.expressions : [right];
    const parts = values.map((value) => compare(left, op === 'IN' ? '=' : '<>', value));
    return parts.every((part) => part !== undefined) ? joinedList(op === 'IN' ? 'or' : 'and', parts) : other;
  }
  const operator = comparisonOf(op === '!=' ? '<>' : op);
  return operator ? (compare(left, operator, right) ?? compare(right, mirror(operator), left) ?? other) : other;
}

function compare(left: Expr, operator: Comparison, right: Expr): Predicate | undefined {
  const [column, value] = [columnName(left), literalOf(right)];
  return column !== undefined && value ? { kind: 'compare', column, operator, value } : undefined;
}

function literalOf(expression: Expr): Literal | undefined {
  switch (expression.type) {
    case 'cast': {
      const { name, modifiers, isArray } = typeOf(expression.to);
      const literal = expression.operand.type === 'cast' ? undefined : literalOf(expression.operand);
      const isPlain = name.schema === undefined && modifiers.length === 0 && !isArray;
      return literal && isPlain ? { ...literal, type: name.name } : undefined;
    }
    case 'integer':
    case 'numeric':
      return { kind: expression.type === 'integer' ? 'integer' : 'decimal', text: String(expression.value), type: undefined };
    case 'string':
      return expression.value.includes("'") ? unsupported() : { kind: 'text', text: expression.value, type: undefined };
    case 'boolean':
      return { kind: 'boolean', text: String(expression.value), type: undefined };
    case 'unary':
      return expression.op === '-' ? negated(literalOf(expression.operand)) : undefined;
    default:
      return undefined;
  }
}

function negated(literal: Literal | undefined): Literal | undefined {
  const isNumber = literal?.type === undefined && (literal?.kind === 'integer' || literal?.kind === 'decimal');
  return literal && isNumber ? { ...literal, text: String(-Number(literal.text)) } : undefined;
}
