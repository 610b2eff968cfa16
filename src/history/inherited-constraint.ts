// Constraints that a table has because those above it have them.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import { updateRelation } from './relation.ts';

/** The table, and those below it that have its constraint from nowhere else. */
export function tablesLosing(catalog: Catalog, table: QualifiedName, constraint: TableConstraint): QualifiedName[] {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return [table];
  const loses = (name: QualifiedName): boolean => {
    const child = catalog.find(name);
    if (typeof child === 'string' || !child.constraints.some((own) => !own.local && isSameConstraint(own, constraint))) return false;
    return !child.parents.some((parent) => !isSameName(parent, table) && passesOn(catalog.find(parent), constraint));
  };
  return [table, ...relation.children.values().filter(loses).flatMap((child) => tablesLosing(catalog, child, constraint))];
}

/** ONLY: children keep a constraint that the table loses, on their own from now on. */
export function ownInChildren(catalog: Catalog, table: QualifiedName, constraint: TableConstraint): Catalog {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return catalog;
  const owned = (one: TableConstraint): TableConstraint => (isSameConstraint(one, constraint) ? { ...one, local: true } : one);
  return relation.children.values().reduce((next, name) => updateRelation(next, name, (child) => ({ ...child, constraints: child.constraints.changed(owned) })), catalog);
}

function passesOn(parent: Lookup<Relation>, constraint: TableConstraint): boolean {
  if (typeof parent === 'string') return false;
  return parent.constraints.some((one) => !('noInherit' in one && one.noInherit) && isSameConstraint(one, constraint));
}
