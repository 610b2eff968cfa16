// Constraints that a table has because those above it have them.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import type { PostgresVersion } from '../model/version.ts';
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

/**
 * ONLY: children keep a constraint that the table loses, on their own from now on; from 18 on, only where no other parent has it.
 * Source: dropconstraint_internal() in src/backend/commands/tablecmds.c.
 */
export function ownInChildren(catalog: Catalog, table: QualifiedName, constraint: TableConstraint, version: PostgresVersion): Catalog {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return catalog;
  const owned = (one: TableConstraint): TableConstraint => (isSameConstraint(one, constraint) ? { ...one, local: true } : one);
  const isOfOthers = ({ parents }: Relation): boolean => parents.some((name) => {
    const parent = isSameName(name, table) ? 'absent' : catalog.find(name);
    return typeof parent !== 'string' && passesOn(parent, constraint);
  });
  const ownIn = (child: Relation): Relation => (version >= 18 && isOfOthers(child) ? child : { ...child, constraints: child.constraints.changed(owned) });
  return relation.children.values().reduce((next, name) => updateRelation(next, name, ownIn), catalog);
}
