// What tables below a table take over of its constraints.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import type { QualifiedName, RelationName } from '../model/names.ts';
import { isSameConstraint } from './inherited-constraint.ts';
import { linkForeignKey } from './foreign-keys.ts';
import { coverPartitions } from './partition-indexes.ts';
import { requireColumns } from './not-null.ts';
import { unknownRelation, updateRelation } from './relation.ts';

/** Children get what the table did not have before: the catalog enters it under all its names, and makes the parts of indexes. */
export function passDown(catalog: Catalog, table: RelationName, before: Catalog, only: boolean): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const old = before.find(table);
  const { constraints, indexes } = typeof old === 'string' ? unknownRelation(relation.name) : old;
  const added = relation.constraints.since(constraints);
  const linked = added.reduce((next, one) => linkForeignKey(next, relation.name, one), catalog);
  if (only || relation.children.length === 0) return linked;
  const passed = added.filter((one) => isPassedOn(one, relation));
  const below = catalog.descendants(table).reduce((next, { name }) => takeOver(next, name, passed), linked);
  return coverPartitions(below, table, relation.indexes.since(indexes));
}

export function takeOver(catalog: Catalog, name: QualifiedName, constraints: readonly TableConstraint[]): Catalog {
  if (constraints.length === 0) return catalog;
  const taken = updateRelation(catalog, name, (relation) => constraints.reduce((next, one) => merge(next, one, catalog), relation));
  return constraints.reduce((next, one) => linkForeignKey(next, name, one), taken);
}

/** Foreign keys are those of all partitions, CHECK and NOT NULL of all children; indexes go their own way. */
export function isPassedOn(constraint: TableConstraint, { kind }: Relation): boolean {
  if (constraint.type === 'foreign-key') return kind === 'partitioned-table';
  return (constraint.type === 'check' || constraint.type === 'not-null') && !constraint.noInherit;
}

function merge(relation: Relation, constraint: TableConstraint, catalog: Catalog): Relation {
  if (constraint.type === 'not-null') {
    return constraint.valid
      ? requireColumns(relation, constraint.columns, catalog, new Map(constraint.columns.map((column) => [column, constraint.name])))
      : relation;
  }
  const own = relation.constraints.find((one) => isSameConstraint(one, constraint));
  if (own === undefined) return { ...relation, constraints: relation.constraints.with({ ...constraint, local: false }) };
  if (!relation.partitionOf || !own.local) return relation;
  return { ...relation, constraints: relation.constraints.with({ ...own, local: false }) };
}
