// What happens when tables as a whole are made, dropped, emptied and maintained.

import type { Relation, TableConstraint } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Effect, Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import { isSameName, type QualifiedName, type RelationName } from '../model/names.ts';
import { newPartition } from './partition-effects.ts';
import {
  defaultPartition,
  known,
  lock,
  lockAlone,
  lockPartitions,
  lockTree,
  lockUnlessOnly,
  treeOf,
  type Facts,
} from './facts.ts';
import { dropKeysOf, lockSide, tablesReferring } from './foreign-key-effects.ts';

export function createTable(change: ChangeOf<'create-table'>, facts: Facts): Effect[] {
  const { table, ifNotExists, inherits, partitionOf } = change;
  if (ifNotExists && known(table, facts)) return [];
  return [
    ...inherits.flatMap((parent) => lock(parent, 'SHARE UPDATE EXCLUSIVE', facts)),
    ...(partitionOf ? newPartition(partitionOf.parent, partitionOf.bound, facts) : []),
    ...foreignKeysOf(change).flatMap((references) => lockSide(references, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

function foreignKeysOf({ table, columns, constraints }: ChangeOf<'create-table'>): RelationName[] {
  const all: Constraint[] = [...constraints, ...columns.flatMap((column) => column.constraints)];
  const references = all.flatMap((constraint) => (constraint.type === 'foreign-key' ? [constraint.references] : []));
  return references.filter((name) => !isSameName(name, table));
}

export function dropTable({ table, ifExists }: Pick<ChangeOf<'drop-table'>, 'table' | 'ifExists'>, facts: Facts): Effect[] {
  if (facts.catalog.isAbsent(table, ifExists)) return [];
  const relation = known(table, facts);
  const parent = relation?.partitionOf?.parent;
  const siblings = parent ? defaultPartition(parent, facts).filter((name) => relation && !isSameName(name, relation.name)) : [];
  return [
    ...lockTree(table, 'ACCESS EXCLUSIVE', facts),
    ...[...(parent ? [parent] : []), ...siblings].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
    ...treeOf(table, facts).flatMap((name) => dropKeysOf(withOwnKeys(known(name, facts)), facts)),
  ];
}

/** Without the keys that it has as a part of a partitioned table: those are the table's. */
function withOwnKeys(relation: Relation | undefined): Relation | undefined {
  const isOfParent = (key: TableConstraint): boolean => key.type === 'foreign-key' && !key.local;
  return relation?.partitionOf ? { ...relation, constraints: relation.constraints.filter((one) => !isOfParent(one)) } : relation;
}

/** A view stands for all tables and views that it reads, in subqueries too. Source: LockViewRecurse() in src/backend/commands/lockcmds.c. */
export function lockTable({ table, only, mode }: ChangeOf<'lock-table'>, facts: Facts): Effect[] {
  const found: RelationName[] = [];
  const pending = known(table, facts)?.kind === 'view' ? [table] : [];
  for (const view of pending) {
    const isNew = (name: RelationName): boolean => !found.some((other) => isSameName(other, facts.catalog.qualify(name)));
    if (!isNew(view)) continue;
    found.push(facts.catalog.qualify(view));
    const read = known(view, facts)?.reads.map(({ relation }) => relation) ?? [];
    pending.push(...read.filter((name) => isLockedWithView(name, facts)));
  }
  return found.length === 0 ? lockUnlessOnly(table, only, mode, facts) : found.flatMap((name) => lockTree(name, mode, facts));
}

function isLockedWithView(name: RelationName, facts: Facts): boolean {
  return ['table', 'partitioned-table', 'view'].includes(known(name, facts)?.kind ?? 'table');
}

/** CASCADE empties what refers to it, or to a table that it is a partition of; not what inherits from that. Source: heap_truncate_find_FKs() in src/backend/catalog/heap.c. */
export function truncate({ table, only, cascade }: ChangeOf<'truncate'>, facts: Facts): Effect[] {
  const found: RelationName[] = [];
  const visit = (name: RelationName, below: boolean): void => {
    if (found.some((other) => isSameName(other, facts.catalog.qualify(name)))) return;
    found.push(facts.catalog.qualify(name));
    if (below) for (const child of facts.catalog.descendants(name)) visit(child.name, false);
    if (cascade) for (const other of tablesReferringTo(name, facts)) visit(other, facts.catalog.isPartitioned(other));
  };
  visit(table, !only);
  return found.flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts));
}

/** A key to a partitioned table is one to each of its partitions. */
function tablesReferringTo(name: RelationName, facts: Facts): readonly QualifiedName[] {
  return [known(name, facts), ...facts.catalog.partitionedAbove(name)].flatMap((one) => tablesReferring(one, facts));
}

export function vacuum({ table, full }: ChangeOf<'vacuum'>, facts: Facts): Effect[] {
  if (table === undefined) return maintainAll(full, facts);
  return full ? maintain(table, 'ACCESS EXCLUSIVE', facts, ['rewrite']) : maintain(table, 'SHARE UPDATE EXCLUSIVE', facts);
}

export function analyze({ table }: ChangeOf<'analyze'>, facts: Facts): Effect[] {
  return table ? maintain(table, 'SHARE UPDATE EXCLUSIVE', facts) : maintainAll(false, facts);
}

/** Without a name, all that there is, one after the other. */
function maintainAll(full: boolean, facts: Facts): Effect[] {
  const found = facts.catalog.relationsIn(undefined).filter(({ kind, persistence }) => maintained.has(kind) && persistence !== 'temporary');
  return found.flatMap(({ name }) => lockAlone(name, full ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE', facts, { work: full ? ['rewrite'] : [] }));
}

const maintained: ReadonlySet<Relation['kind']> = new Set(['table', 'materialized-view', 'partitioned-table']);

/** VACUUM and ANALYZE see to partitions, and from 18 on to tables that inherit; views they skip with a warning. */
export function maintain(table: RelationName, mode: LockMode, facts: Facts, work: readonly Work[] = []): Effect[] {
  if (known(table, facts)?.kind === 'view') return [];
  return (facts.version >= 18 ? lockUnlessOnly : lockPartitions)(table, false, mode, facts, { work });
}
