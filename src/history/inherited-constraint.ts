// Constraints that a table has because those above it have them.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import type { QualifiedName } from '../model/names.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import { losingBelow } from './losing-below.ts';
import { updateRelation } from './relation.ts';

/** The table, and those below it that have its constraint from nowhere else. */
export function tablesLosing(catalog: Catalog, table: QualifiedName, constraint: TableConstraint): QualifiedName[] {
  return losingBelow(catalog, table, {
    isInherited: ({ constraints }) => constraints.some((own) => !own.local && isSameConstraint(own, constraint)),
    isPassedOn: (parent) => passesOn(parent, constraint),
  });
}

export function passesOn({ constraints }: Relation, constraint: TableConstraint): boolean {
  return constraints.some((one) => !('noInherit' in one && one.noInherit) && isSameConstraint(one, constraint));
}

/** ONLY: children keep a constraint that the table loses, on their own from now on. */
export function ownInChildren(catalog: Catalog, table: QualifiedName, constraint: TableConstraint): Catalog {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return catalog;
  const owned = (one: TableConstraint): TableConstraint => (isSameConstraint(one, constraint) ? { ...one, local: true } : one);
  return relation.children.values().reduce((next, name) => updateRelation(next, name, (child) => ({ ...child, constraints: child.constraints.changed(owned) })), catalog);
}
