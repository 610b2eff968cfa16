// Must PostgreSQL read the rows of a table to see that they lie inside the bounds of a partition?
// Source: QueuePartitionConstraintValidation() and ConstraintImpliedByRelConstraint() in src/backend/commands/tablecmds.c.

import type { Assumption } from '../model/assumption.ts';
import type { RelationName } from '../model/names.ts';
import type { PartitionKey } from '../model/partition.ts';
import { isProvenNotNull } from './column-effects.ts';
import { known, type Facts, type WorkFacts } from './facts.ts';
import type { Bounds } from '../postgres/partition-bounds.ts';
import { verdictOf } from '../postgres/partition-proof.ts';

const none: WorkFacts = { work: [] };

/**
 * The first that proves it of `names` spares the scan: a table, or the partitioned table that it is a part of. `key`: what the bounds are
 * about, where it is known.
 */
export function scanForBounds(names: readonly RelationName[], bounds: Bounds, key: PartitionKey | undefined, facts: Facts): WorkFacts {
  if (bounds === 'none') return none;
  const verdicts = names.map((name) => verdictOf(known(name, facts), bounds));
  if (verdicts.includes('proven')) return none;
  if (!verdicts.includes('unknown')) return { work: ['scan'] };
  const isLikely = bounds === 'unknown' && names.some((name) => isLikelyProof(name, key, facts));
  return { work: isLikely ? [] : ['scan'], assumption: openQuestion(names, facts) };
}

/** Of the table whose rows may have to be read, the last of the names. */
function openQuestion(names: readonly RelationName[], facts: Facts): Assumption | undefined {
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const isShown = known(name, facts)?.complete === true;
  return { kind: isShown ? 'bounds' : 'constraints', table: facts.catalog.qualify(name) };
}

/** Where bounds can't be read, a valid CHECK about the columns of the key, and about nothing else, is taken for their proof: what else would it be for? */
function isLikelyProof(name: RelationName, key: PartitionKey | undefined, facts: Facts): boolean {
  const checks = known(name, facts)?.constraints.flatMap((one) => (one.type === 'check' && one.valid ? [one] : [])) ?? [];
  const isOfKey = (columns: readonly string[]): boolean => key === undefined || key.columns.includes(undefined) || key.columns.every((one) => one && columns.includes(one));
  return checks.some(({ expression: { columns } }) => isOfKey(columns) && columns.every((column) => isProvenNotNull(name, column, facts)));
}
