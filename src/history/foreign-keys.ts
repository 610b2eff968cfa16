// Foreign keys: each table knows whom it refers to, and who refers to it.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { updateRelation } from './relation.ts';

export function linkForeignKey(catalog: Catalog, table: QualifiedName, constraint: TableConstraint): Catalog {
  if (constraint.type !== 'foreign-key' || isSameName(constraint.references, table)) return catalog;
  const found = catalog.find(constraint.references);
  if (typeof found !== 'string' && found.referencedBy.has(table)) return catalog;
  return updateRelation(catalog, constraint.references, (relation) => ({
    ...relation,
    referencedBy: relation.referencedBy.with(table),
  }));
}

/** Takes a table out of those that it does not point to any more. */
function unlinkForeignKeys(catalog: Catalog, before: Relation): Catalog {
  const now = catalog.find(before.name);
  const kept = now === 'absent' || now === 'unknown' ? [] : referencesOf(now);
  const isKept = new Set(kept.map(printName));
  const lost = referencesOf(before).filter((name) => !isKept.has(printName(name)));
  return lost.reduce(
    (next, name) => updateRelation(next, name, (relation) => withoutReferencing(relation, before.name)),
    catalog,
  );
}

function referencesOf({ constraints }: Relation): QualifiedName[] {
  return constraints.flatMap((constraint) => (constraint.type === 'foreign-key' ? [constraint.references] : []));
}

function withoutReferencing(relation: Relation, table: QualifiedName): Relation {
  return { ...relation, referencedBy: relation.referencedBy.without(table) };
}

/** Foreign keys and indexes of the table, and of those below it, that `before` had and the catalog has no more. */
export function unlinkTree(catalog: Catalog, table: RelationName, before: Catalog): Catalog {
  const relation = before.find(table);
  const own = relation === 'absent' || relation === 'unknown' ? [] : [relation];
  return [...own, ...before.descendants(table)].reduce((next, one) => forgetIndexes(unlinkForeignKeys(next, one), one), catalog);
}

function forgetIndexes(catalog: Catalog, before: Relation): Catalog {
  const now = catalog.find(before.name);
  const isKept = (name: string): boolean => typeof now !== 'string' && now.indexes.has(name);
  const gone = before.indexes.filter(({ name }) => !isKept(name)).values();
  if (gone.length === 0) return catalog;
  const indexes = gone.reduce((map, { name }) => map.with(printName({ ...before.name, name }), 'absent'), catalog.parts.indexes);
  return catalog.with({ indexes });
}
