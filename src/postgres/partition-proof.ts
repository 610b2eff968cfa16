// Do the constraints of a table show that its rows lie inside the bounds of a partition?
// Source: ConstraintImpliedByRelConstraint() in src/backend/commands/tablecmds.c.

import type { CheckConstraint } from '../model/constraint.ts';
import type { Expression } from '../model/expression.ts';
import { columnsIn, isPlain, type Predicate } from '../model/predicate.ts';
import type { Relation } from '../model/relation.ts';
import { asksForHash } from './partition-bounds.ts';
import { implies, type Verdict } from './proof.ts';

export function verdictOf(relation: Relation | undefined, bounds: Predicate | 'unknown'): Verdict {
  if (relation === undefined) return 'unknown';
  const all = relation.constraints.flatMap((one) => (one.type === 'check' && one.valid && one.enforced ? [one] : []));
  const checks = all.filter(({ predicate, expression }) => isPlain(predicate) || expression.columns.length > 0);
  if (bounds === 'unknown') return relation.complete && checks.length === 0 ? 'unproven' : 'unknown';
  if (asksForHash(bounds)) return relation.complete && !all.some(({ expression }) => tellsHash(expression)) ? 'unproven' : 'unknown';
  const filled = [...relation.columns.values()].flatMap(({ name, nullable }): Predicate[] =>
    nullable ? [] : [{ kind: 'null-test', column: name, isNull: false }],
  );
  const facts = [...filled, ...checks.map(({ predicate }) => predicate)];
  const verdict = implies(facts, bounds, (column) => relation.columns.get(column)?.type);
  const isOpen = !relation.complete || checks.some((check) => mayTell(check, bounds));
  return verdict === 'unproven' && isOpen ? 'unknown' : verdict;
}

/** May what can't be read in a CHECK be about what the bounds are about? One that names none of their columns says nothing of them. */
function mayTell({ predicate, expression: { columns } }: CheckConstraint, bounds: Predicate): boolean {
  return !isPlain(predicate) && (!isPlain(bounds) || columnsIn(bounds).some((column) => columns.includes(column)));
}

/** Nothing else than the function itself proves that a row is of a partition by hash. */
function tellsHash({ calls }: Expression): boolean {
  return calls.some(({ name }) => name.name === 'satisfies_hash_partition');
}
