// What happens when tables as a whole are made, dropped, attached and detached.

import type { ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Effect } from '../model/effect.ts';
import { isSameName, type RelationName } from '../model/names.ts';
import { defaultPartition, known, lock, lockTree, referencedTables, type Facts } from './facts.ts';

export function createTable(change: ChangeOf<'create-table'>, facts: Facts): Effect[] {
  const { table, ifNotExists, inherits, partitionOf } = change;
  if (ifNotExists && known(table, facts)) return [];
  return [
    ...inherits.flatMap((parent) => lock(parent, 'SHARE UPDATE EXCLUSIVE', facts)),
    ...(partitionOf ? newPartition(partitionOf.parent, partitionOf.isDefault, facts) : []),
    ...foreignKeysOf(change).flatMap((references) => lock(references, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

function foreignKeysOf({ table, columns, constraints }: ChangeOf<'create-table'>): RelationName[] {
  const all: Constraint[] = [...constraints, ...columns.flatMap((column) => column.constraints)];
  const references = all.flatMap((constraint) => (constraint.type === 'foreign-key' ? [constraint.references] : []));
  return references.filter((name) => !isSameName(name, table));
}

/** The default partition is scanned for rows that now belong elsewhere; the parent's foreign keys are made for the partition too. */
function newPartition(parent: RelationName, isDefault: boolean, facts: Facts): Effect[] {
  return [
    ...lock(parent, 'ACCESS EXCLUSIVE', facts),
    ...(isDefault ? [] : defaultPartition(parent, facts).flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts, { work: ['scan'] }))),
    ...referencedTables(known(parent, facts)).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

export function dropTable({ table, ifExists, cascade }: ChangeOf<'drop-table'>, facts: Facts): Effect[] {
  if (facts.catalog.isAbsent(table, ifExists)) return [];
  const relation = known(table, facts);
  const parent = relation?.partitionOf?.parent;
  const referenced = parent ? [] : referencedTables(relation);
  const referencing = cascade ? relation?.referencedBy ?? [] : [];
  const siblings = parent ? defaultPartition(parent, facts).filter((name) => relation && !isSameName(name, relation.name)) : [];
  return [
    ...lockTree(table, 'ACCESS EXCLUSIVE', facts),
    ...[...(parent ? [parent] : []), ...siblings, ...referenced, ...referencing].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
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

/** The partition's rows are read unless a valid CHECK may show that they fit. From 15 on, tables that reference the parent are locked. */
export function attachPartition({ table, partition, isDefault }: ChangeOf<'attach-partition'>, facts: Facts): Effect[] {
  const relation = known(partition, facts);
  const mayBeProven = relation === undefined || !relation.complete || relation.constraints.some(({ type, valid }) => type === 'check' && valid);
  const parent = known(table, facts);
  const hasKeys = referencedTables(parent).length > 0;
  return [
    ...lock(table, 'SHARE UPDATE EXCLUSIVE', facts),
    ...lock(partition, 'ACCESS EXCLUSIVE', facts, {
      work: hasKeys ? ['scan', 'foreign-key-check'] : ['scan'],
      certainty: mayBeProven ? 'assumed' : 'known',
    }),
    ...(isDefault ? [] : defaultPartition(table, facts).flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts, { work: ['scan'] }))),
    ...referencedTables(parent).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
    ...(facts.version >= 15 ? parent?.referencedBy ?? [] : []).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts)),
  ];
}

export function detachPartition({ table, partition, mode }: ChangeOf<'detach-partition'>, facts: Facts): Effect[] {
  const parent = known(table, facts);
  const referenced = referencedTables(parent).flatMap((name) => lock(name, 'SHARE ROW EXCLUSIVE', facts));
  if (mode !== 'plain') return [...lock(table, 'SHARE UPDATE EXCLUSIVE', facts), ...referenced];
  const others = [...defaultPartition(table, facts), ...(parent?.referencedBy ?? [])];
  return [
    ...[table, partition, ...others].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts)),
    ...referenced,
  ];
}
