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
  return proofWith(typeOf)({ kind: 'and', parts: facts }, positive(goal));
}

function partsOf(fact: Predicate): readonly Predicate[] {
  return fact.kind === 'and' ? fact.parts : [fact];
}

type Proof = (fact: Predicate, goal: Predicate) => Verdict;

/** Each pair is looked at once, however deep they lie. */
function proofWith(typeOf: TypeOf): Proof {
  const verdicts = new Map<Predicate, Map<Predicate, Verdict>>();
  const prove: Proof = (fact, goal) => {
    const ofFact = verdicts.get(fact) ?? new Map<Predicate, Verdict>();
    verdicts.set(fact, ofFact);
    const verdict = ofFact.get(goal) ?? proveParts(fact, goal, prove) ?? proveOne(fact, goal, typeOf);
    ofFact.set(goal, verdict);
    return verdict;
  };
  return prove;
}

/** What an OR says is looked at by itself, without what else is known. Source: predicate_implied_by_recurse(). */
function proveParts(fact: Predicate, goal: Predicate, prove: Proof): Verdict | undefined {
  if (goal.kind === 'and') return allOf(goal.parts.map((part) => prove(fact, part)));
  const byPartOfGoal = (known: Predicate): readonly Verdict[] => (goal.kind === 'or' ? goal.parts.map((part) => prove(known, part)) : []);
  if (fact.kind === 'and') return anyOf([...byPartOfGoal(fact), ...fact.parts.map((part) => prove(part, goal))]);
  if (fact.kind === 'or') return allOf(fact.parts.map((part) => (goal.kind === 'or' ? anyOf(byPartOfGoal(part)) : prove(part, goal))));
  return goal.kind === 'or' ? anyOf(byPartOfGoal(fact)) : undefined;
}

/** Of what can't be read, only what compares values may be the proof, or be proven. */
function proveOne(fact: Predicate, goal: Predicate, typeOf: TypeOf): Verdict {
  if (goal.kind === 'null-test') return isSameTest(fact, goal) ? 'proven' : 'unproven';
  if (goal.kind === 'compare') return fact.kind === 'compare' && fact.column === goal.column ? compare(fact, goal, typeOf(goal.column)) : 'unproven';
  return fact.kind === 'null-test' ? 'unproven' : 'unknown';
}

function isSameTest(fact: Predicate, goal: Extract<Predicate, { readonly kind: 'null-test' }>): boolean {
  return fact.kind === 'null-test' && fact.column === goal.column && fact.isNull === goal.isNull;
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
