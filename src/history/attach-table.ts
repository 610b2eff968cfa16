// How tables come to be partitions and children of others, and stop being so.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Column, Relation } from '../model/relation.ts';
import { takeTriggers } from './apply-trigger.ts';
import { withOwnIndexes } from './partition-indexes.ts';
import { addChild, updateRelation } from './relation.ts';

export function attach(
  catalog: Catalog,
  parent: RelationName,
  child: RelationName,
  link: (child: Relation, parent: QualifiedName) => Relation,
): Catalog {
  const [above, below] = [catalog.qualify(parent), catalog.qualify(child)];
  if (isSameName(above, below) || catalog.descendants(child).some(({ name }) => isSameName(name, above))) return catalog;
  const linked = updateRelation(catalog, child, (relation) => link(relation, above));
  const found = linked.find(below);
  const bound = typeof found === 'string' ? undefined : found.partitionOf?.bound;
  return updateRelation(linked, parent, (relation) => addChild(relation, below, bound));
}

export function detach(catalog: Catalog, parent: RelationName, child: RelationName): Catalog {
  const [above, below] = [catalog.qualify(parent), catalog.qualify(child)];
  const freed = updateRelation(takeTriggers(catalog, below), child, (relation) => ({
    ...(relation.partitionOf === undefined ? relation : withOwnIndexes(relation)),
    partitionOf: undefined,
    parents: relation.parents.filter((name) => !isSameName(name, above)),
    columns: relation.columns.changed((column) => freedColumn(column, relation)),
    constraints: relation.constraints.changed((one) => (one.local ? one : { ...one, local: true })),
  }));
  return updateRelation(freed, parent, (relation) => ({
    ...relation,
    children: relation.children.without(below),
    defaultPartitions: relation.defaultPartitions.without(below),
  }));
}

/** The identity was that of the partitioned table. */
function freedColumn(column: Column, { partitionOf }: Relation): Column {
  return { ...column, local: true, identity: column.identity && partitionOf === undefined };
}
