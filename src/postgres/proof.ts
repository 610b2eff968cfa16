// Do conditions that hold for all rows imply another one, so that PostgreSQL need not read the rows to know it?
// Source: predicate_implied_by() in src/backend/optimizer/util/predtest.c, which the proof of partition bounds asks for weak
// implication: a CHECK may be NULL, so that it never proves IS NOT NULL unless it says so.

import type { ColumnType } from '../model/column-type.ts';
import { joined, type Comparison, type Predicate } from '../model/predicate.ts';
import { orderOf, type Order } from './literal-order.ts';

/** `unknown`: it depends on what the text of the conditions does not show. */
export type Verdict = 'proven' | 'unproven' | 'unknown';

/** The type of a column, where it is known. */
export type TypeOf = (column: string) => ColumnType | undefined;

export function implies(known: readonly Predicate[], goal: Predicate, typeOf: TypeOf): Verdict {
  const facts = known.flatMap((fact) => partsOf(positive(fact)));
  return prove(facts, positive(goal), typeOf);
}

function partsOf(fact: Predicate): readonly Predicate[] {
  return fact.kind === 'and' ? fact.parts : [fact];
}

function prove(facts: readonly Predicate[], goal: Predicate, typeOf: TypeOf): Verdict {
  if (goal.kind === 'and') return allOf(goal.parts.map((part) => prove(facts, part, typeOf)));
  const direct = goal.kind === 'or' ? anyOf(goal.parts.map((part) => prove(facts, part, typeOf))) : proveOne(facts, goal, typeOf);
  if (direct === 'proven') return direct;
  const cases = facts.flatMap((fact) => (fact.kind === 'or' ? [proveByCases(facts, fact, goal, typeOf)] : []));
  return anyOf([direct, ...cases]);
}

/** Each part of an OR, with all else that is known, implies it. */
function proveByCases(
  facts: readonly Predicate[],
  fact: Extract<Predicate, { readonly kind: 'and' | 'or' }>,
  goal: Predicate,
  typeOf: TypeOf,
): Verdict {
  const others = facts.filter((other) => other !== fact);
  return allOf(fact.parts.map((part) => prove([...others, ...partsOf(part)], goal, typeOf)));
}

function proveOne(facts: readonly Predicate[], goal: Predicate, typeOf: TypeOf): Verdict {
  if (goal.kind === 'null-test') {
    const isSame = (fact: Predicate): boolean =>
      fact.kind === 'null-test' && fact.column === goal.column && fact.isNull === goal.isNull;
    return facts.some(isSame) ? 'proven' : 'unproven';
  }
  if (goal.kind !== 'compare') return 'unknown';
  const comparisons = facts.flatMap((fact) => (fact.kind === 'compare' && fact.column === goal.column ? [fact] : []));
  return anyOf(comparisons.map((fact) => compare(fact, goal, typeOf(goal.column))));
}

type Compared = Extract<Predicate, { readonly kind: 'compare' }>;

function compare(fact: Compared, goal: Compared, type: ColumnType | undefined): Verdict {
  const orders = implications[goal.operator][fact.operator];
  const order = orderOf(fact.value, goal.value, type);
  if (orders === undefined || order === 'incomparable') return 'unproven';
  if (order !== 'unknown' && orders.includes(order)) return 'proven';
  const isOrdered = goal.operator !== '=' && fact.operator !== '<>';
  const isOpen = order === 'unknown' || (order === 'different' && isOrdered);
  return isOpen ? 'unknown' : 'unproven';
}

const atMost: readonly Order[] = ['less', 'same'];
const atLeast: readonly Order[] = ['greater', 'same'];

/** How the value of the fact must stand to the value of the goal: `a < 5` implies `a < 9`, for 5 is less. */
const implications: Readonly<Record<Comparison, Partial<Readonly<Record<Comparison, readonly Order[]>>>>> = {
  '<': { '<': atMost, '<=': ['less'], '=': ['less'] },
  '<=': { '<': atMost, '<=': atMost, '=': atMost },
  '=': { '=': ['same'] },
  '>=': { '>': atLeast, '>=': atLeast, '=': atLeast },
  '>': { '>': atLeast, '>=': ['greater'], '=': ['greater'] },
  '<>': {
    '<>': ['same'],
    '=': ['less', 'greater', 'different'],
    '<': atMost,
    '<=': ['less'],
    '>': atLeast,
    '>=': ['greater'],
  },
};

/** Without NOT, as far as it can be: NOT (a AND b) is NOT a OR NOT b. */
function positive(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return joined(predicate.kind, predicate.parts.map(positive));
    case 'not':
      return negative(predicate.part);
    default:
      return predicate;
  }
}

const opposites: Readonly<Record<Comparison, Comparison>> = { '<': '>=', '<=': '>', '=': '<>', '>=': '<', '>': '<=', '<>': '=' };

function negative(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'and':
      return joined('or', predicate.parts.map(negative));
    case 'or':
      return joined('and', predicate.parts.map(negative));
    case 'not':
      return positive(predicate.part);
    case 'compare':
      return { ...predicate, operator: opposites[predicate.operator] };
    case 'null-test':
      return { ...predicate, isNull: !predicate.isNull };
    case 'other':
      return predicate;
  }
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('unproven')) return 'unproven';
  return verdicts.includes('unknown') ? 'unknown' : 'proven';
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('proven')) return 'proven';
  return verdicts.includes('unknown') ? 'unknown' : 'unproven';
}
