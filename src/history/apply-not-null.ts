// How NOT NULL of columns comes and goes, in the tables below as well.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { RelationName } from '../model/names.ts';
import type { TableConstraint } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { changeColumn } from './apply-column.ts';
import { inheritedNames, isNotNullOf, notNullOf, releaseColumn, releaseTree, requireColumns } from './not-null.ts';
import { updateRelation, updateTree } from './relation.ts';

/** 18: with ONLY, where there are children, none that inherits later gets it. */
export function setNotNull(catalog: Catalog, { table, only, column }: ChangeOf<'set-not-null'>, version: PostgresVersion): Catalog {
  const filled = changeColumn(catalog, { table, only, column }, (found) => ({ ...found, emptySince: undefined }));
  const required = requireBelow(filled, table, only, [column]);
  const before = catalog.find(table);
  const isAlone = typeof before !== 'string' && before.children.length > 0 && notNullOf(before, column) === undefined;
  const noInherit = version >= 18 && only && isAlone;
  const owned = (one: TableConstraint): TableConstraint => (isNotNullOf(one, column) ? { ...one, local: true, noInherit: one.noInherit || noInherit } : one);
  return updateRelation(required, table, (relation) => ({ ...relation, constraints: relation.constraints.changed(owned) }));
}

/** Children call the constraint as the table does. */
export function requireBelow(catalog: Catalog, table: RelationName, only: boolean, columns: readonly string[]): Catalog {
  const top = updateRelation(catalog, table, (relation) => requireColumns(relation, columns, catalog));
  const relation = top.find(table);
  const names = typeof relation === 'string' ? undefined : inheritedNames(relation);
  const below = only ? [] : top.descendants(table);
  return below.reduce((next, { name }) => updateRelation(next, name, (child) => requireColumns(child, columns, next, names)), top);
}

/** Before 18, it goes in the tables below as well, wherever they have it from. */
export function dropNotNull(catalog: Catalog, { table, only, column }: ChangeOf<'drop-not-null'>, version: PostgresVersion): Catalog {
  const relation = catalog.find(table);
  if (version < 18 || typeof relation === 'string' || !relation.columns.has(column)) {
    return updateTree(catalog, table, only, (one) => releaseColumn(one, column));
  }
  const constraint = notNullOf(relation, column);
  return constraint ? releaseTree(catalog, relation.name, only, constraint, version) : catalog;
}
