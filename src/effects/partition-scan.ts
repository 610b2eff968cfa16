// Must PostgreSQL read the rows of a table to see that they lie inside the bounds of a partition?
// Source: QueuePartitionConstraintValidation() and ConstraintImpliedByRelConstraint() in src/backend/commands/tablecmds.c.

import type { Assumption } from '../model/assumption.ts';
import type { RelationName } from '../model/names.ts';
import { known, type Facts, type WorkFacts } from './facts.ts';
import type { Bounds } from '../postgres/partition-bounds.ts';
import { verdictOf } from '../postgres/partition-proof.ts';

const none: WorkFacts = { work: [] };

/** The first that proves it of `names` spares the scan: a table, or the partitioned table that it is a part of. What can't be read is no proof. */
export function scanForBounds(names: readonly RelationName[], bounds: Bounds, facts: Facts): WorkFacts {
  if (bounds === 'none') return none;
  const verdicts = names.map((name) => verdictOf(known(name, facts), bounds));
  if (verdicts.includes('proven')) return none;
  if (!verdicts.includes('unknown')) return { work: ['scan'] };
  return { work: ['scan'], assumption: openQuestion(names, facts) };
}

/** Of the table whose rows may have to be read, the last of the names. */
function openQuestion(names: readonly RelationName[], facts: Facts): Assumption | undefined {
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const isShown = known(name, facts)?.complete === true;
  return { kind: isShown ? 'bounds' : 'constraints', table: facts.catalog.qualify(name) };
}
