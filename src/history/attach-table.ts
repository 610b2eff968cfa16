// How tables come to be partitions and children of others, and stop being so.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Column, Relation, TableConstraint } from '../model/relation.ts';
import { takeTriggers } from './apply-trigger.ts';
import { passesOn } from './inherited-constraint.ts';
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

/** What no other parent has, it has by itself from now on. */
export function detach(catalog: Catalog, parent: RelationName, child: RelationName): Catalog {
  const [above, below] = [catalog.qualify(parent), catalog.qualify(child)];
  const freed = updateRelation(takeTriggers(catalog, below), child, (relation) => {
    const parents = relation.parents.filter((name) => !isSameName(name, above));
    const others = parents.map((name) => catalog.find(name)).filter((other) => typeof other !== 'string');
    const isFreed = (column: Column): boolean => !column.local && !others.some(({ columns }) => columns.has(column.name));
    const isOwn = (one: TableConstraint): boolean => !one.local && !others.some((other) => passesOn(other, one));
    return {
      ...(relation.partitionOf === undefined ? relation : withOwnIndexes(relation)),
      partitionOf: undefined,
      parents,
      columns: relation.columns.changed((column) => (isFreed(column) ? { ...column, local: true } : column)),
      constraints: relation.constraints.changed((one) => (isOwn(one) ? { ...one, local: true } : one)),
    };
  });
  return updateRelation(freed, parent, (relation) => ({
    ...relation,
    children: relation.children.without(below),
    defaultPartitions: relation.defaultPartitions.without(below),
  }));
}
