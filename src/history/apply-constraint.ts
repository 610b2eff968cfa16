// How constraints come, change and go.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { RelationName } from '../model/names.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import type { PostgresVersion } from '../model/version.ts';
import { addConstraintTo } from './add-constraint-to.ts';
import { requireBelow } from './apply-not-null.ts';
import { indexAll, renameWithIndex } from './apply-index.ts';
import { unlinkTree } from './foreign-keys.ts';
import { ownInChildren, tablesLosing } from './inherited-constraint.ts';
import { releaseTree } from './not-null.ts';
import { dropWithParts } from './partition-indexes.ts';
import { passDown } from './pass-down.ts';
import { updateConstraint, updateRelation, withoutConstraint } from './relation.ts';

/** The columns of a primary key are NOT NULL in all that is below the table; an index that it uses loses its name. */
export function addConstraint(catalog: Catalog, { table, only, constraint }: ChangeOf<'add-constraint'>, version: PostgresVersion): Catalog {
  const next = updateRelation(catalog, table, (relation) => {
    const added = addConstraintTo(relation, constraint, catalog, false, version);
    return only ? invalidateShells(added, relation) : added;
  });
  const added = passDown(indexAll(next, catalog, table), table, catalog, only, version);
  return 'usingIndex' in constraint && constraint.usingIndex !== undefined ? unlinkTree(added, table, catalog) : added;
}

/** What is made for a partitioned table alone waits for its parts. */
function invalidateShells(relation: Relation, before: Relation): Relation {
  if (relation.kind !== 'partitioned-table' || relation.children.length === 0) return relation;
  return { ...relation, indexes: relation.indexes.since(before.indexes).reduce((all, one) => all.with({ ...one, valid: false }), relation.indexes) };
}

export function validateConstraint(catalog: Catalog, { table, constraint }: ChangeOf<'validate-constraint'>): Catalog {
  const found = constraintOf(catalog, table, constraint);
  if (found?.type === 'not-null') return requireBelow(catalog, table, false, found.columns);
  if (found === undefined) return catalog;
  return changeInTree(catalog, table, found, (one) => ({ ...one, valid: one.enforced }));
}

/** A constraint, and those that tables below have for its sake. Tables that inherit have no part in a foreign key. */
function changeInTree(catalog: Catalog, table: RelationName, found: TableConstraint, change: (one: TableConstraint) => TableConstraint): Catalog {
  const changed = updateRelation(catalog, table, (relation) => updateConstraint(relation, found.name, change));
  const isOwn = found.type === 'foreign-key' && !catalog.isPartitioned(table);
  const below = isOwn ? [] : catalog.descendants(table);
  return below.reduce((next, relation) => {
    const part = partOf(relation, found);
    return part ? updateRelation(next, relation.name, (one) => updateConstraint(one, part.name, change)) : next;
  }, changed);
}

/** What a table below has for the sake of a constraint above: of two that say the same, the one that is called so, if any. */
function partOf(relation: Relation, found: TableConstraint): TableConstraint | undefined {
  const same = relation.constraints.filter((own) => (found.type === 'check' || !own.local) && isSameConstraint(own, found));
  return same.get(found.name) ?? same.values()[0];
}

function constraintOf(catalog: Catalog, table: RelationName, constraint: string): TableConstraint | undefined {
  const relation = catalog.find(table);
  return typeof relation === 'string' ? undefined : relation.constraints.get(constraint);
}

/** With a key goes its index. */
export function dropConstraint(catalog: Catalog, { table, only, constraint }: ChangeOf<'drop-constraint'>, version: PostgresVersion): Catalog {
  const found = constraintOf(catalog, table, constraint);
  if (found?.type === 'not-null') return releaseTree(catalog, catalog.qualify(table), only, found, version);
  if (found !== undefined && found.type !== 'check' && found.type !== 'foreign-key') {
    return dropWithParts(catalog, catalog.qualify(table), constraint);
  }
  return unlinkTree(dropFromTree(catalog, table, only, found ?? constraint, version), table, catalog);
}

/** Children keep a constraint that they have on their own, or from another parent. Partitions never keep a foreign key. */
function dropFromTree(catalog: Catalog, table: RelationName, only: boolean, found: TableConstraint | string, version: PostgresVersion): Catalog {
  const dropped = updateRelation(catalog, table, (relation) => withoutConstraint(relation, typeof found === 'string' ? found : found.name));
  if (typeof found === 'string') return dropped;
  if (only && found.type === 'check') return ownInChildren(dropped, catalog.qualify(table), found, version);
  const [, ...below] = tablesLosing(catalog, catalog.qualify(table), found);
  return below.reduce((next, child) => updateRelation(next, child, (relation) => withoutPart(relation, found)), dropped);
}

function withoutPart(relation: Relation, found: TableConstraint): Relation {
  const part = partOf(relation, found);
  return part && !part.local ? withoutConstraint(relation, part.name) : relation;
}

/** Foreign keys of partitions follow. */
export function alterConstraint(catalog: Catalog, { table, constraint, enforced, deferral, noInherit }: ChangeOf<'alter-constraint'>, version: PostgresVersion): Catalog {
  const found = constraintOf(catalog, table, constraint);
  if (found === undefined) return catalog;
  if (found.type === 'not-null') return noInherit === undefined || noInherit === found.noInherit ? catalog : alterInheritance(catalog, table, { ...found, noInherit }, version);
  return changeInTree(catalog, table, found, (one) => {
    const checked = enforced === undefined || enforced === one.enforced ? one : { ...one, enforced, valid: enforced };
    return checked.type === 'foreign-key' ? { ...checked, ...deferral } : checked;
  });
}

function alterInheritance(catalog: Catalog, table: RelationName, constraint: Extract<TableConstraint, { readonly type: 'not-null' }>, version: PostgresVersion): Catalog {
  const altered = updateRelation(catalog, table, (relation) => updateConstraint(relation, constraint.name, () => constraint));
  return constraint.noInherit ? ownInChildren(altered, catalog.qualify(table), constraint, version) : requireBelow(altered, table, false, constraint.columns);
}

/** CHECK and NOT NULL of children are called as those of the table. */
export function renameConstraint(catalog: Catalog, { table, constraint, to }: ChangeOf<'rename-constraint'>): Catalog {
  const found = constraintOf(catalog, table, constraint);
  const isOfTree = (found?.type === 'check' || found?.type === 'not-null') && !found.noInherit;
  const tables = [catalog.qualify(table), ...(isOfTree ? catalog.descendants(table).map(({ name }) => name) : [])];
  return tables.reduce((next, name) => renameWithIndex(next, name, constraint, to), catalog);
}
