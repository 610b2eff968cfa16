// What happens when tables as a whole are made, dropped, attached and detached.

import { isAlike, type Relation, type TableConstraint } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Effect, Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import { isSameName, type RelationName } from '../model/names.ts';
import { isProvenNotNull } from './column-effects.ts';
import { dropViewsOver } from './object-effects.ts';
import {
  defaultPartition,
  dropKeysOf,
  known,
  lock,
  lockAlone,
  lockPartitions,
  lockTree,
  lockUnlessOnly,
  referencedTables,
  treeOf,
  type Facts,
  type WorkFacts,
} from './facts.ts';

export function createTable(change: ChangeOf<'create-table'>, facts: Facts): Effect[] {
  const { table, ifNotExists, inherits, partitionOf } = change;
  if (ifNotExists && known(table, facts)) return [];
  return [
    ...inherits.flatMap((parent) => lock(parent, 'SHARE UPDATE EXCLUSIVE', facts)),
    ...(partitionOf ? newPartition(partitionOf.parent, partitionOf.isDefault, facts) : []),
    ...foreignKeysOf(change).flatMap((references) => lockTree(references, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

function foreignKeysOf({ table, columns, constraints }: ChangeOf<'create-table'>): RelationName[] {
  const all: Constraint[] = [...constraints, ...columns.flatMap((column) => column.constraints)];
  const references = all.flatMap((constraint) => (constraint.type === 'foreign-key' ? [constraint.references] : []));
  return references.filter((name) => !isSameName(name, table));
}

/** The default partition is scanned for rows that now belong elsewhere. Foreign keys of the parent, and to it, are made here too. */
function newPartition(parent: RelationName, isDefault: boolean, facts: Facts): Effect[] {
  return [
    ...lock(parent, 'ACCESS EXCLUSIVE', facts),
    ...(isDefault ? [] : lockDefaultPartition(parent, facts)),
    ...referencedTables(known(parent, facts)).flatMap((name) => lockTree(name, 'SHARE ROW EXCLUSIVE', facts)),
    ...referencingPartitioned(parent, facts).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** Tables with a foreign key to a partitioned table are locked from 15 on when it gets a partition. */
function referencingPartitioned(parent: RelationName, facts: Facts): readonly RelationName[] {
  return facts.version >= 15 ? (known(parent, facts)?.referencedBy ?? []) : [];
}

export function dropTable({ table, ifExists, cascade }: ChangeOf<'drop-table'>, facts: Facts): Effect[] {
  if (facts.catalog.isAbsent(table, ifExists)) return [];
  const relation = known(table, facts);
  const parent = relation?.partitionOf?.parent;
  const referencing = cascade ? (relation?.referencedBy ?? []) : [];
  const siblings = parent ? defaultPartition(parent, facts).filter((name) => relation && !isSameName(name, relation.name)) : [];
  return [
    ...lockTree(table, 'ACCESS EXCLUSIVE', facts),
    ...[...(parent ? [parent] : []), ...siblings].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
    ...(parent ? [] : dropKeysOf(relation, facts)),
    ...referencing.flatMap((name) => lockTree(name, 'ACCESS EXCLUSIVE', facts)),
    ...(cascade ? treeOf(table, facts).flatMap((name) => dropViewsOver(name, facts)) : []),
  ];
}

export function truncate({ table, only, cascade }: ChangeOf<'truncate'>, facts: Facts): Effect[] {
  const found: RelationName[] = [];
  const visit = (name: RelationName, below: boolean): void => {
    if (found.some((other) => isSameName(other, facts.catalog.qualify(name)))) return;
    found.push(facts.catalog.qualify(name));
    if (below) for (const child of facts.catalog.descendants(name)) visit(child.name, false);
    if (cascade) for (const other of known(name, facts)?.referencedBy ?? []) visit(other, true);
  };
  visit(table, !only);
  return found.flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts));
}

/** From 15 on, tables that reference the parent are locked. */
export function attachPartition({ table, partition, isDefault }: ChangeOf<'attach-partition'>, facts: Facts): Effect[] {
  const relation = known(partition, facts);
  const parent = known(table, facts);
  const keys = attachKeys(parent, relation, facts);
  const check: readonly Work[] = keys.some(({ work }) => work.length > 0) ? ['foreign-key-check'] : [];
  const build: readonly Work[] = lacksIndex(parent, relation) ? ['index-build'] : [];
  const { work: scan, certainty = 'known' } = scanForBounds(partition, parent, facts);
  return [
    ...lock(table, 'SHARE UPDATE EXCLUSIVE', facts),
    ...lockTree(partition, 'ACCESS EXCLUSIVE', facts, { work: [...scan, ...check, ...build], certainty }),
    ...(isDefault ? [] : lockDefaultPartition(table, facts)),
    ...keys,
    ...referencingPartitioned(table, facts).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

/** A foreign key that the partition has already becomes the parent's, unchecked; before 15 not one to a partitioned table. */
function attachKeys(parent: Relation | undefined, partition: Relation | undefined, facts: Facts): Effect[] {
  return (parent?.constraints ?? []).flatMap((key) => {
    if (key.type !== 'foreign-key') return [];
    const isMerged = facts.version >= 15 || !facts.catalog.isPartitioned(key.references);
    if (!isMerged || !partition?.constraints.some((own) => own.type === 'foreign-key' && isSameKey(own, key))) {
      return lockTree(key.references, 'SHARE ROW EXCLUSIVE', facts, { work: ['foreign-key-check'] });
    }
    return lockTree(key.references, 'ACCESS EXCLUSIVE', facts);
  });
}

type ForeignKey = Extract<TableConstraint, { readonly type: 'foreign-key' }>;

function isSameKey(left: ForeignKey, right: ForeignKey): boolean {
  return isSameName(left.references, right.references) && String(left.columns) === String(right.columns);
}

function lockDefaultPartition(parent: RelationName, facts: Facts): Effect[] {
  const scan = (name: RelationName): WorkFacts => scanForBounds(name, known(parent, facts), facts);
  return defaultPartition(parent, facts).flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts, scan(name)));
}

/**
 * A valid CHECK of its own, about columns that can't be NULL, is taken for the proof that its rows lie inside the bounds, or outside
 * those of a new neighbour: nothing else is a likely reason for it. Whether it is one, the text of the bounds does not show here.
 */
function scanForBounds(partition: RelationName, parent: Relation | undefined, facts: Facts): WorkFacts {
  const relation = known(partition, facts);
  const inherited = new Set(parent?.constraints.map(({ name }) => name));
  const checks = relation?.constraints.filter(({ type, valid, name }) => type === 'check' && valid && !inherited.has(name)) ?? [];
  const cannotBeNull = (column: string): boolean => isProvenNotNull(partition, column, facts);
  const isProof = checks.some((one) => one.type === 'check' && one.expression.columns.every(cannotBeNull));
  return { work: isProof ? [] : ['scan'], certainty: checks.length > 0 || relation?.complete !== true ? 'assumed' : 'known' };
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
  const isRoot = (name: RelationName): boolean => known(name, facts)?.partitionOf === undefined;
  if (mode !== 'plain') return [...lock(table, 'SHARE UPDATE EXCLUSIVE', facts), ...own, ...keys];
  return [
    ...[table, ...defaultPartition(table, facts)].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
    ...own,
    ...(parent?.referencedBy ?? [])
      .filter(isRoot)
      .flatMap((name) => lockAlone(name, 'ACCESS EXCLUSIVE', facts, { work: ['scan'] })),
    ...keys,
  ];
}

export function vacuum({ table, full }: ChangeOf<'vacuum'>, facts: Facts): Effect[] {
  if (table === undefined) return [];
  return full ? maintain(table, 'ACCESS EXCLUSIVE', facts, ['rewrite']) : maintain(table, 'SHARE UPDATE EXCLUSIVE', facts);
}

/** VACUUM and ANALYZE see to partitions, and from 18 on to tables that inherit. */
export function maintain(table: RelationName, mode: LockMode, facts: Facts, work: readonly Work[] = []): Effect[] {
  return (facts.version >= 18 ? lockUnlessOnly : lockPartitions)(table, false, mode, facts, { work });
}
