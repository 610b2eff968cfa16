// What happens when partitions are made, attached and detached.

import { keyOf, partAlike, wantedOnAttach, wantedOnCreate } from '../model/alike-indexes.ts';
import type { Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Effect, Work } from '../model/effect.ts';
import { foreignKeysOf, type ForeignKey } from '../model/foreign-key.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { PartitionBound } from '../model/partition.ts';
import { defaultPartition, holdsRows, known, lock, lockTree, treeOf, type Facts, type WorkFacts } from './facts.ts';
import { lockSide, ownKey, referencedTables, tablesReferring } from './foreign-key-effects.ts';
import { boundsOf, outsideOf, type Bounds } from '../postgres/partition-bounds.ts';
import { scanForBounds } from './partition-scan.ts';

/** From 15 on, tables that reference the parent are locked. */
export function attachPartition({ table, partition, bound }: ChangeOf<'attach-partition'>, facts: Facts): Effect[] {
  const relation = known(partition, facts);
  const parent = known(table, facts);
  const keys = attachKeys(parent, relation, facts);
  const check: readonly Work[] = keys.some(({ work }) => work.length > 0) ? ['foreign-key-check'] : [];
  const build: readonly Work[] = lacksIndex(parent, relation, facts) ? ['index-build'] : [];
  return [
    ...lock(table, 'SHARE UPDATE EXCLUSIVE', facts),
    ...lockScanned(partition, boundsOf(parent, bound, facts.catalog), facts, [...check, ...build]),
    ...(bound.kind === 'default' ? [] : lockDefaultPartition(table, bound, facts)),
    ...keys,
    ...referringToPartitioned(table, facts).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** A foreign key that the partition has already becomes the parent's, checked where it is not valid; before 15 not one to a partitioned table. */
function attachKeys(parent: Relation | undefined, partition: Relation | undefined, facts: Facts): Effect[] {
  return foreignKeysOf(parent).flatMap((key) => {
    const isMerged = facts.version >= 15 || !facts.catalog.isPartitioned(key.references);
    const own = isMerged ? ownKey(partition, key, facts) : undefined;
    const isChecked = own ? key.valid && !own.valid : key.enforced;
    return lockSide(key.references, own ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE', facts, { work: isChecked ? ['foreign-key-check'] : [], isIdle: partition !== undefined && facts.catalog.isEmpty(partition.name) });
  });
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

/** An index of the parent that the partition has none like is built there. Before 17, any constraint was as good as another. */
function lacksIndex(parent: Relation | undefined, partition: Relation | undefined, { version }: Facts): boolean {
  const wanted = version >= 17 ? wantedOnAttach : wantedOnCreate;
  const taken = new Set<string>();
  return (parent?.indexes.values() ?? []).some((index) => {
    const part = parent && partition && partAlike(partition, index, wanted(keyOf(parent, index.name)?.type), taken);
    if (part) taken.add(part.name);
    return part === undefined;
  });
}

/**
 * Rows that refer to the partition are looked for in all of the tables that may hold such. CONCURRENTLY takes ACCESS EXCLUSIVE on the
 * partition as well, in the end.
 */
export function detachPartition({ table, partition, mode }: ChangeOf<'detach-partition'>, facts: Facts): Effect[] {
  const parent = known(table, facts);
  const referring = referringToAny(parent, facts);
  const isReferredByItself = parent !== undefined && referring.some((name) => isSameName(name, parent.name));
  const modeOfParent = mode === 'plain' || (isReferredByItself && facts.version >= 15) ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE';
  const effects = [
    ...lock(table, modeOfParent, facts),
    ...(mode === 'plain' ? defaultPartition(table, facts).flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)) : []),
    ...lockTree(partition, 'ACCESS EXCLUSIVE', facts),
    ...referring.flatMap((name) => (parent && isSameName(name, parent.name) ? [] : lock(name, 'ACCESS EXCLUSIVE', facts))),
    ...keysMadeAnew(parent, known(partition, facts), facts),
    ...(facts.version >= 15 ? lockReferringToItself(parent, facts) : []),
  ];
  const read = new Set(referring.flatMap((name) => (isInItself(name, parent) ? [] : treeOf(name, facts))).map(printName));
  const isRead = ({ relation }: Effect): boolean => read.has(printName(relation)) && !facts.catalog.isPartitioned(relation);
  return effects.map((effect) => (isRead(effect) ? { ...effect, work: ['scan'] } : effect));
}

/** Where a row refers to rows of its own partition alone, none of the others are read: the key has the column that decides on both sides. */
function isInItself(name: QualifiedName, parent: Relation | undefined): boolean {
  const keys = foreignKeysOf(parent).filter(({ references }) => parent && isSameName(references, parent.name));
  const decides = (column: string | undefined): boolean => parent?.partitionBy?.columns.includes(column) === true;
  const isOwn = ({ columns, referencedColumns }: ForeignKey): boolean => columns.some((column, index) => column === referencedColumns[index] && decides(column));
  return parent !== undefined && isSameName(name, parent.name) && keys.every(isOwn);
}

/** The partition gets the foreign keys of the parent for its own. Before 15, those of its own to a partitioned table are taken for such. */
function keysMadeAnew(parent: Relation | undefined, partition: Relation | undefined, facts: Facts): Effect[] {
  const { catalog, version } = facts;
  if (version >= 15) return referencedTables(parent).flatMap((name) => lockSide(name, 'SHARE ROW EXCLUSIVE', facts));
  const own = foreignKeysOf(partition).flatMap(({ local, references }) => (local && catalog.isPartitioned(references) ? [references] : []));
  return [
    ...referencedTables(parent).flatMap((name) => (catalog.isPartitioned(name) ? [] : lockSide(name, 'SHARE ROW EXCLUSIVE', facts))),
    ...own.flatMap((name) => catalog.descendants(name)).flatMap(({ name }) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** The default partition is scanned for rows that now belong elsewhere. Foreign keys of the parent, and to it, are made here too. */
export function newPartition(parent: RelationName, bound: PartitionBound, facts: Facts): Effect[] {
  return [
    ...lock(parent, 'ACCESS EXCLUSIVE', facts),
    ...(bound.kind === 'default' ? [] : lockDefaultPartition(parent, bound, facts)),
    ...referencedTables(known(parent, facts)).flatMap((name) => lockSide(name, 'SHARE ROW EXCLUSIVE', facts)),
    ...lockReferringToItself(known(parent, facts), facts),
    ...referringToPartitioned(parent, facts).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** Where a partitioned table refers to itself, its partitions refer to each other. */
function lockReferringToItself(parent: Relation | undefined, facts: Facts): Effect[] {
  const refers = foreignKeysOf(parent).some(({ references }) => parent && isSameName(references, parent.name));
  return parent && refers ? facts.catalog.descendants(parent.name).flatMap(({ name }) => lock(name, 'SHARE ROW EXCLUSIVE', facts)) : [];
}

/** Tables with a foreign key to a partitioned table are locked from 15 on when it gets a partition. */
function referringToPartitioned(parent: RelationName, facts: Facts): readonly QualifiedName[] {
  return facts.version >= 15 ? referringToAny(known(parent, facts), facts) : [];
}

/** To a partitioned table, or to one that it is a part of. */
function referringToAny(parent: Relation | undefined, facts: Facts): readonly QualifiedName[] {
  const above = parent ? facts.catalog.partitionedAbove(parent.name) : [];
  return [parent, ...above].flatMap((one) => tablesReferring(one, facts));
}
