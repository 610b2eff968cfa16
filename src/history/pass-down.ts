// What tables below a table take over of its constraints.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { foreignKeysOf, isSameKey, type ForeignKey } from '../model/foreign-key.ts';
import type { QualifiedName, RelationName } from '../model/names.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import type { PostgresVersion } from '../model/version.ts';
import { constraintName } from './constraint-names.ts';
import { linkForeignKey } from './foreign-keys.ts';
import { coverPartitions } from './partition-indexes.ts';
import { isNotNullOf, makeWay, notNullOf, requireColumns } from './not-null.ts';
import { unknownRelation, updateRelation } from './relation.ts';

/** Children get what the table did not have before: the catalog enters it under all its names, and makes the parts of indexes. */
export function passDown(catalog: Catalog, table: RelationName, before: Catalog, only: boolean, version: PostgresVersion): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const old = before.find(table);
  const { constraints, indexes } = typeof old === 'string' ? unknownRelation(relation.name) : old;
  const added = relation.constraints.since(constraints);
  const linked = added.reduce((next, one) => linkForeignKey(next, relation.name, one), catalog);
  if (only || relation.children.length === 0) return linked;
  const passed = added.filter(isPassedOn);
  const below = catalog.descendants(table).reduce((next, { name }) => takeOver(next, name, passed), linked);
  const keyed = relation.children.values().reduce((next, child) => takeOverKeys(next, child, keysPassedOn(relation, added), version), below);
  return coverPartitions(keyed, table, relation.indexes.since(indexes));
}

/** CHECK and NOT NULL of the table above. */
export function takeOver(catalog: Catalog, name: QualifiedName, constraints: readonly TableConstraint[]): Catalog {
  if (constraints.length === 0) return catalog;
  return updateRelation(catalog, name, (relation) => constraints.reduce((next, one) => merge(next, one, catalog), relation));
}

/** A partition gives a key of its own that says the same, and what is below it has that one already; else it gets one, with all below. Before 18, one that is not valid stays beside it. */
export function takeOverKeys(catalog: Catalog, name: QualifiedName, keys: readonly ForeignKey[], version: PostgresVersion): Catalog {
  return keys.reduce((next, key) => takeOverKey(next, name, key, version), catalog);
}

function takeOverKey(catalog: Catalog, name: QualifiedName, key: ForeignKey, version: PostgresVersion): Catalog {
  const partition = catalog.find(name);
  if (typeof partition === 'string') return catalog;
  const own = foreignKeysOf(partition).find((one) => one.local && (one.valid || version >= 18) && isSameKey(one, key));
  if (own) return updateRelation(catalog, name, (relation) => ({ ...relation, constraints: relation.constraints.with({ ...own, local: false, valid: own.valid || key.valid }) }));
  const isTaken = partition.constraints.has(key.name);
  const made = { ...key, local: false, name: isTaken ? constraintName({ ...key, temporal: false, name: undefined }, partition, catalog, version) : key.name };
  const added = linkForeignKey(updateRelation(catalog, name, (relation) => ({ ...relation, constraints: relation.constraints.with(made) })), name, made);
  return partition.children.values().reduce((next, child) => takeOverKey(next, child, made, version), added);
}

/** CHECK and NOT NULL are those of all children; indexes and foreign keys go their own way. */
export function isPassedOn(constraint: TableConstraint): boolean {
  return (constraint.type === 'check' || constraint.type === 'not-null') && !constraint.noInherit;
}

/** Foreign keys are those of all partitions. */
export function keysPassedOn({ kind }: Relation, constraints: readonly TableConstraint[]): readonly ForeignKey[] {
  return kind === 'partitioned-table' ? constraints.filter((one) => one.type === 'foreign-key') : [];
}

/** NOT VALID, it is so in what is below as well, where a column was not NOT NULL before. */
function unproven(required: Relation, before: Relation, { columns }: TableConstraint & { readonly type: 'not-null' }): Relation {
  const added = columns.filter((column) => notNullOf(before, column) === undefined);
  const constraints = required.constraints.changed((one) => (added.some((column) => isNotNullOf(one, column)) ? { ...one, valid: false } : one));
  return { ...required, columns: before.columns, constraints };
}

function merge(relation: Relation, constraint: TableConstraint, catalog: Catalog): Relation {
  if (constraint.type === 'not-null') {
    const required = requireColumns(relation, constraint.columns, catalog, new Map(constraint.columns.map((column) => [column, constraint.name])));
    return constraint.valid ? required : unproven(required, relation, constraint);
  }
  const own = relation.constraints.find((one) => isSameConstraint(one, constraint));
  if (own === undefined) {
    const free = makeWay(relation, constraint.name, catalog);
    return { ...free, constraints: free.constraints.with({ ...constraint, local: false }) };
  }
  if (!relation.partitionOf || !own.local) return relation;
  return { ...relation, constraints: relation.constraints.with({ ...own, local: false }) };
}
