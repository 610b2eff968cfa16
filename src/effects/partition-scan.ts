// Must PostgreSQL read the rows of a table to see that they lie inside the bounds of a partition?
// Source: QueuePartitionConstraintValidation() and ConstraintImpliedByRelConstraint() in src/backend/commands/tablecmds.c.

import type { Relation } from '../model/relation.ts';
import type { Assumption } from '../model/assumption.ts';
import type { Work } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import type { Predicate } from '../model/predicate.ts';
import { isProvenNotNull } from './column-effects.ts';
import { known, type Facts, type WorkFacts } from './facts.ts';
import type { Bounds } from './partition-bounds.ts';
import { implies, type Verdict } from './proof.ts';

const none: WorkFacts = { work: [] };

/** The first that proves it of `names` spares the scan: a table, or the partitioned table that it is a part of. */
export function scanForBounds(names: readonly RelationName[], bounds: Bounds, facts: Facts): WorkFacts {
  if (bounds === 'none') return none;
  const verdicts = names.map((name) => verdictOf(known(name, facts), bounds));
  if (verdicts.includes('proven')) return none;
  if (!verdicts.includes('unknown')) return { work: ['scan'] };
  const work: readonly Work[] = names.some((name) => isLikelyProof(name, facts)) ? [] : ['scan'];
  return { work, assumption: openQuestion(names, facts) };
}

/** Of the table whose rows may have to be read, the last of the names. */
function openQuestion(names: readonly RelationName[], facts: Facts): Assumption | undefined {
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const isShown = known(name, facts)?.complete === true;
  return { kind: isShown ? 'bounds' : 'constraints', table: facts.catalog.qualify(name) };
}

function verdictOf(relation: Relation | undefined, bounds: Predicate | 'unknown'): Verdict {
  if (relation === undefined) return 'unknown';
  const checks = relation.constraints.flatMap((one) => (one.type === 'check' && one.valid && one.enforced ? [one] : []));
  const isDecided = relation.complete && checks.every(({ predicate }) => isPlain(predicate));
  if (bounds === 'unknown') return relation.complete && checks.length === 0 ? 'unproven' : 'unknown';
  const filled = [...relation.columns.values()].flatMap(({ name, nullable }): Predicate[] =>
    nullable ? [] : [{ kind: 'null-test', column: name, isNull: false }],
  );
  const facts = [...filled, ...checks.map(({ predicate }) => predicate)];
  const verdict = implies(facts, bounds, (column) => relation.columns.get(column)?.type);
  return verdict === 'unproven' && !isDecided ? 'unknown' : verdict;
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

/** A valid CHECK about columns that can't be NULL is taken for the proof where its text does not show it: few are for anything else. */
function isLikelyProof(name: RelationName, facts: Facts): boolean {
  const checks = known(name, facts)?.constraints.flatMap((one) => (one.type === 'check' && one.valid ? [one] : [])) ?? [];
  return checks.some(({ expression }) => expression.columns.every((column) => isProvenNotNull(name, column, facts)));
}
