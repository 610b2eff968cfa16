// Do the constraints of a table show that its rows lie inside the bounds of a partition?
// Source: ConstraintImpliedByRelConstraint() in src/backend/commands/tablecmds.c.

import type { Expression } from '../model/expression.ts';
import type { Predicate } from '../model/predicate.ts';
import type { Relation } from '../model/relation.ts';
import { asksForHash } from './partition-bounds.ts';
import { implies, type Verdict } from './proof.ts';

export function verdictOf(relation: Relation | undefined, bounds: Predicate | 'unknown'): Verdict {
  if (relation === undefined) return 'unknown';
  const checks = relation.constraints.flatMap((one) => (one.type === 'check' && one.valid && one.enforced ? [one] : []));
  if (bounds !== 'unknown' && asksForHash(bounds)) return relation.complete && !checks.some(({ expression }) => tellsHash(expression)) ? 'unproven' : 'unknown';
  const isDecided = relation.complete && checks.every(({ predicate }) => isPlain(predicate));
  if (bounds === 'unknown') return relation.complete && checks.length === 0 ? 'unproven' : 'unknown';
  const filled = [...relation.columns.values()].flatMap(({ name, nullable }): Predicate[] =>
    nullable ? [] : [{ kind: 'null-test', column: name, isNull: false }],
  );
  const facts = [...filled, ...checks.map(({ predicate }) => predicate)];
  const verdict = implies(facts, bounds, (column) => relation.columns.get(column)?.type);
  return verdict === 'unproven' && !isDecided ? 'unknown' : verdict;
}

/** Nothing else than the function itself proves that a row is of a partition by hash. */
function tellsHash({ calls }: Expression): boolean {
  return calls.some(({ name }) => name.name === 'satisfies_hash_partition');
}

function isPlain(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return predicate.parts.every(isPlain);
    case 'not':
      return isPlain(predicate.part);
    case 'compare':
    case 'null-test':
      return true;
    case 'other':
      return false;
  }
}
