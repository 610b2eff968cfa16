// What happens when partitions are made, attached and detached.

import { isAlike, type Relation, type TableConstraint } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Effect, Work } from '../model/effect.ts';
import { isSameName, type RelationName } from '../model/names.ts';
import type { PartitionBound } from '../model/partition.ts';
import {
  defaultPartition,
  holdsRows,
  known,
  lock,
  lockAlone,
  lockTree,
  referencedTables,
  treeOf,
  type Facts,
  type WorkFacts,
} from './facts.ts';
import { boundsOf, outsideOf, type Bounds } from './partition-bounds.ts';
import { scanForBounds } from './partition-scan.ts';

/** From 15 on, tables that reference the parent are locked. */
export function attachPartition({ table, partition, bound }: ChangeOf<'attach-partition'>, facts: Facts): Effect[] {
  const relation = known(partition, facts);
  const parent = known(table, facts);
  const keys = attachKeys(parent, relation, facts);
  const check: readonly Work[] = keys.some(({ work }) => work.length > 0) ? ['foreign-key-check'] : [];
  const build: readonly Work[] = lacksIndex(parent, relation) ? ['index-build'] : [];
  return [
    ...lock(table, 'SHARE UPDATE EXCLUSIVE', facts),
    ...lockScanned(partition, boundsOf(parent, bound, facts), facts, [...check, ...build]),
    ...(bound.kind === 'default' ? [] : lockDefaultPartition(table, bound, facts)),
    ...keys,
    ...referencingPartitioned(table, facts).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** A foreign key that the partition has already becomes the parent's, unchecked; before 15 not one to a partitioned table. */
function attachKeys(parent: Relation | undefined, partition: Relation | undefined, facts: Facts): Effect[] {
  return (parent?.constraints.values() ?? []).flatMap((key) => {
    if (key.type !== 'foreign-key') return [];
    const isMerged = facts.version >= 15 || !facts.catalog.isPartitioned(key.references);
    if (!isMerged || !partition?.constraints.some((own) => own.type === 'foreign-key' && isSameKey(own, key))) {
      return lockTree(key.references, 'SHARE ROW EXCLUSIVE', facts, { work: ['foreign-key-check'] });
    }
    return lockTree(key.references, 'ACCESS EXCLUSIVE', facts);
  });
}

type ForeignKey = Extract<TableConstraint, { readonly type: 'foreign-key' }>;

export function isSameKey(left: ForeignKey, right: ForeignKey): boolean {
  return isSameName(left.references, right.references) && String(left.columns) === String(right.columns);
}

/** It, or each of its own partitions, is read for rows that belong to the new one. */
function lockDefaultPartition(parent: RelationName, bound: PartitionBound, facts: Facts): Effect[] {
  const bounds = outsideOf(known(parent, facts), bound);
  return defaultPartition(parent, facts).flatMap((name) => lockScanned(name, bounds, facts));
}

function lockScanned(name: RelationName, bounds: Bounds, facts: Facts, also: readonly Work[] = []): Effect[] {
  return treeOf(name, facts).flatMap((part) => {
    const { work, assumption } = scanForBounds([name, part], bounds, facts);
    const all: WorkFacts = holdsRows(part, facts) ? { work: [...work, ...also], assumption } : { work: [] };
    return lock(part, 'ACCESS EXCLUSIVE', facts, all);
  });
}

/** An index of the parent that the partition has none like is built there. */
function lacksIndex(parent: Relation | undefined, partition: Relation | undefined): boolean {
  const own = partition?.indexes ?? [];
  return parent?.indexes.some((index) => !own.some((other) => isAlike(other, index))) ?? false;
}

/** Rows that refer to the partition are looked for. CONCURRENTLY takes ACCESS EXCLUSIVE on the partition as well, in the end. */
export function detachPartition({ table, partition, mode }: ChangeOf<'detach-partition'>, facts: Facts): Effect[] {
  const parent = known(table, facts);
  const referenced = referencedTables(parent).filter((name) => facts.version >= 15 || !facts.catalog.isPartitioned(name));
  const keys = referenced.flatMap((name) => lockTree(name, 'SHARE ROW EXCLUSIVE', facts));
  const own = lockTree(partition, 'ACCESS EXCLUSIVE', facts);
  if (mode !== 'plain') return [...lock(table, 'SHARE UPDATE EXCLUSIVE', facts), ...own, ...keys];
  return [
    ...[table, ...defaultPartition(table, facts)].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
    ...own,
    ...rootsReferencing(parent, facts)
      .flatMap((name) => lockAlone(name, 'ACCESS EXCLUSIVE', facts, { work: ['scan'] })),
    ...keys,
    ...(facts.version >= 15 ? lockReferringToItself(parent, facts) : []),
  ];
}

/** The default partition is scanned for rows that now belong elsewhere. Foreign keys of the parent, and to it, are made here too. */
export function newPartition(parent: RelationName, bound: PartitionBound, facts: Facts): Effect[] {
  return [
    ...lock(parent, 'ACCESS EXCLUSIVE', facts),
    ...(bound.kind === 'default' ? [] : lockDefaultPartition(parent, bound, facts)),
    ...referencedTables(known(parent, facts)).flatMap((name) => lockTree(name, 'SHARE ROW EXCLUSIVE', facts)),
    ...lockReferringToItself(known(parent, facts), facts),
    ...referencingPartitioned(parent, facts).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** Where a partitioned table refers to itself, its partitions refer to each other. */
function lockReferringToItself(parent: Relation | undefined, facts: Facts): Effect[] {
  const refers = parent?.constraints.some((one) => one.type === 'foreign-key' && isSameName(one.references, parent.name)) ?? false;
  return parent && refers ? facts.catalog.descendants(parent.name).flatMap(({ name }) => lock(name, 'SHARE ROW EXCLUSIVE', facts)) : [];
}

/** Tables with a foreign key to a partitioned table are locked from 15 on when it gets a partition. */
function referencingPartitioned(parent: RelationName, facts: Facts): readonly RelationName[] {
  return facts.version >= 15 ? rootsReferencing(known(parent, facts), facts) : [];
}

/** Without partitions, whose keys are those of their tables. */
function rootsReferencing(parent: Relation | undefined, facts: Facts): readonly RelationName[] {
  return (parent?.referencedBy.values() ?? []).filter((name) => known(name, facts)?.partitionOf === undefined);
}
