// What statements do that only versions have which no server was asked about: as their documentation says, and assumed.

import type { Assumption } from '../model/assumption.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { assumedIf, defaultPartition, known, lock, lockPartitions, lockTree, type Facts } from './facts.ts';
import { referencedTables } from './foreign-key-effects.ts';

const documentation: Assumption = { kind: 'documentation', version: 19 };

/**
 * CONCURRENTLY copies the table under SHARE UPDATE EXCLUSIVE, and takes ACCESS EXCLUSIVE to swap the copy in.
 * Source: the page of REPACK in the documentation of 19.
 */
export function repack({ table, concurrently }: ChangeOf<'repack'>, facts: Facts): Effect[] {
  if (table === undefined) return [];
  return asDocumented(lockPartitions(table, false, 'ACCESS EXCLUSIVE', facts, { work: concurrently ? [] : ['rewrite'] }));
}

export function splitPartition({ table, partition }: ChangeOf<'split-partition'>, facts: Facts): Effect[] {
  return moveRows(table, [partition], facts);
}

export function mergePartitions({ table, partitions }: ChangeOf<'merge-partitions'>, facts: Facts): Effect[] {
  return moveRows(table, partitions, facts);
}

/** All rows are written into new tables, behind ACCESS EXCLUSIVE on the partitioned one. Source: the page of ALTER TABLE of 19. */
function moveRows(table: RelationName, partitions: readonly RelationName[], facts: Facts): Effect[] {
  return asDocumented([
    ...[table, ...defaultPartition(table, facts)].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
    ...partitions.flatMap((name) => lockTree(name, 'ACCESS EXCLUSIVE', facts, { work: ['rewrite'] })),
    ...referencedTables(known(table, facts)).flatMap((name) => lockTree(name, 'SHARE ROW EXCLUSIVE', facts)),
  ]);
}

function asDocumented(effects: readonly Effect[]): Effect[] {
  return effects.map((effect) => assumedIf(documentation, effect));
}
