// How partitions are split and merged: the old ones go, and the new ones have their rows.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { RelationName } from '../model/names.ts';
import type { PartitionBound } from '../model/partition.ts';
import { createTable } from './create-table.ts';
import { dropTable } from './drop-table.ts';
import { updateRelation } from './relation.ts';

type NewPartition = ChangeOf<'merge-partitions'>['into'];

export function splitPartition(catalog: Catalog, { partition, into }: ChangeOf<'split-partition'>): Catalog {
  return into.reduce(makePartition, dropTable(catalog, partition));
}

export function mergePartitions(catalog: Catalog, { partitions, into }: ChangeOf<'merge-partitions'>): Catalog {
  const bound = together(partitions.map((name) => boundOf(catalog, name)));
  const partitionOf = into.partitionOf && { ...into.partitionOf, bound };
  return makePartition(partitions.reduce(dropTable, catalog), { ...into, partitionOf });
}

/** It is as old as its rows. What moves them came with 19. */
function makePartition(catalog: Catalog, partition: NewPartition): Catalog {
  return updateRelation(createTable(catalog, partition, 19), partition.table, (relation) => ({ ...relation, born: undefined, written: true }));
}

function boundOf(catalog: Catalog, name: RelationName): PartitionBound | undefined {
  const relation = catalog.find(name);
  return typeof relation === 'string' ? undefined : relation.partitionOf?.bound;
}

/** Of ranges that lie side by side, where the first begins and the last ends is not looked for. */
function together(bounds: readonly (PartitionBound | undefined)[]): PartitionBound {
  if (bounds.some((bound) => bound?.kind === 'default')) return { kind: 'default' };
  const lists = bounds.flatMap((bound) => (bound?.kind === 'list' ? [bound] : []));
  if (lists.length < bounds.length) return { kind: 'range', from: [{ kind: 'computed' }], to: [{ kind: 'computed' }] };
  const values = lists.flatMap((list) => (list.values === 'computed' ? [] : list.values));
  return { kind: 'list', values: lists.some((list) => list.values === 'computed') ? 'computed' : values, withNull: lists.some(({ withNull }) => withNull) };
}
