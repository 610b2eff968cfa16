// What ALTER COLUMN … TYPE and SET EXPRESSION drop and make again. For a partitioned table, they make it in the whole tree: partitions get their
// parts from it, under new names. Source: ATPostAlterTypeCleanup() in src/backend/commands/tablecmds.c.

import type { Catalog } from '../model/catalog.ts';
import { foreignKeysOf, isSameKey, type ForeignKey } from '../model/foreign-key.ts';
import { isSameName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { namesColumn } from './drop-column.ts';
import { notNullOf } from './not-null.ts';
import { remakeIndexes } from './partition-indexes.ts';
import { takeOverKeys } from './pass-down.ts';
import { updateRelation } from './relation.ts';

/** Indexes and foreign keys that name the column, and its NOT NULL. */
export function makeAgain(catalog: Catalog, table: RelationName, column: string, version: PostgresVersion): Catalog {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return catalog;
  const own = remakeKeys(catalog, relation, ({ columns }) => columns.includes(column), version);
  const keyed = [relation, ...catalog.descendants(relation.name)].reduce((next, one) => remakeKeysTo(next, one, column, version), own);
  const required = version >= 18 ? remakeNotNull(keyed, relation, column) : keyed;
  return remakeIndexes(required, relation.name, (index) => namesColumn(index, column));
}

/** What tables below have from above alone comes back under the name that it has there. */
function remakeNotNull(catalog: Catalog, relation: Relation, column: string): Catalog {
  const above = notNullOf(relation, column);
  if (above === undefined || above.noInherit) return catalog;
  return catalog.descendants(relation.name).reduce((next, { name }) => updateRelation(next, name, (child) => {
    const own = notNullOf(child, column);
    if (own === undefined || own.local || own.name === above.name) return child;
    return { ...child, constraints: child.constraints.replaced(own.name, { ...own, name: above.name }) };
  }), catalog);
}

function remakeKeysTo(catalog: Catalog, { name, referencedBy }: Relation, column: string, version: PostgresVersion): Catalog {
  return referencedBy.values().reduce((next, other) => {
    const referring = next.find(other);
    const isMeant = (key: ForeignKey): boolean => key.local && isSameName(key.references, name) && key.referencedColumns.includes(column);
    return typeof referring === 'string' ? next : remakeKeys(next, referring, isMeant, version);
  }, catalog);
}

function remakeKeys(catalog: Catalog, relation: Relation, isMeant: (key: ForeignKey) => boolean, version: PostgresVersion): Catalog {
  const keys = relation.kind === 'partitioned-table' ? foreignKeysOf(relation).filter(isMeant) : [];
  if (keys.length === 0) return catalog;
  const freed = catalog.descendants(relation.name).reduce((next, { name }) => withoutParts(next, name, keys), catalog);
  return relation.children.values().reduce((next, child) => takeOverKeys(next, child, keys, version), freed);
}

function withoutParts(catalog: Catalog, table: QualifiedName, keys: readonly ForeignKey[]): Catalog {
  return updateRelation(catalog, table, (relation) => ({
    ...relation,
    constraints: relation.constraints.filter((one) => one.type !== 'foreign-key' || one.local || !keys.some((key) => isSameKey(one, key))),
  }));
}
