// How columns go, with all that is nothing without them.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { QualifiedName, RelationName } from '../model/names.ts';
import type { Index, Relation, TableConstraint } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { dropSequencesOf } from './apply-sequence.ts';
import { dropWithColumn } from './apply-statistics.ts';
import { unlinkTree } from './foreign-keys.ts';
import { losingBelow } from './losing-below.ts';
import { updateColumn, updateRelation } from './relation.ts';

export function dropColumn(catalog: Catalog, { table, only, column }: ChangeOf<'drop-column'>, version: PostgresVersion): Catalog {
  const [, ...below] = only ? [] : losingColumn(catalog, catalog.qualify(table), column);
  const kept = only ? ownInChildren(catalog, table, column) : catalog;
  return loseColumn(kept, [catalog.qualify(table), ...below], column, version);
}

/** `losing`: a table, and those below it that lose it too. */
export function loseColumn(catalog: Catalog, losing: readonly [QualifiedName, ...QualifiedName[]], column: string, version: PostgresVersion): Catalog {
  const dropped = losing.reduce((next, name) => updateRelation(next, name, (relation) => withoutColumn(relation, column)), catalog);
  const unlinked = losing.reduce((next, name) => dropWithColumn(dropSequencesOf(next, name, column), name, column), unlinkTree(dropped, losing[0], catalog));
  return version < 15 ? losing.reduce((next, name) => dropGenerated(next, name, column, version), unlinked) : unlinked;
}

/** The table, and those below it that have the column from nowhere else. */
function losingColumn(catalog: Catalog, table: QualifiedName, column: string): QualifiedName[] {
  return losingBelow(catalog, table, {
    isInherited: ({ columns }) => columns.get(column)?.local !== true,
    isPassedOn: ({ columns }) => columns.has(column),
  });
}

/** ONLY: children have the column on their own from now on. */
function ownInChildren(catalog: Catalog, table: RelationName, column: string): Catalog {
  const relation = catalog.find(table);
  const children = typeof relation === 'string' ? [] : relation.children.values();
  return children.reduce(
    (next, name) => updateRelation(next, name, (child) => updateColumn(child, column, (one) => ({ ...one, local: true }))),
    catalog,
  );
}

/** Before 15, what is generated from a column goes with it. */
function dropGenerated(catalog: Catalog, table: QualifiedName, from: string, version: PostgresVersion): Catalog {
  const relation = catalog.find(table);
  const generated = typeof relation === 'string' ? [] : relation.columns.values().filter(({ reads }) => reads.includes(from));
  return generated.reduce((next, { name: column }) => loseColumn(next, [table], column, version), catalog);
}

function withoutColumn(relation: Relation, column: string): Relation {
  const indexes = relation.indexes.filter((index) => !namesColumn(index, column));
  const hasLostIndex = ({ name }: TableConstraint): boolean => relation.indexes.has(name) && !indexes.has(name);
  const isLost = (one: TableConstraint): boolean =>
    one.type === 'check' ? one.expression.columns.includes(column) : one.columns.includes(column) || hasLostIndex(one);
  const gives = relation.gives === 'unknown' ? relation.gives : relation.gives.filter((name) => name !== column);
  return { ...relation, columns: relation.columns.without(column), gives, constraints: relation.constraints.filter((one) => !isLost(one)), indexes };
}

export function namesColumn(index: Index, column: string): boolean {
  const isStored = [...index.columns, ...index.included].includes(column);
  return isStored || [...index.expressions, index.predicate].some((one) => one?.columns.includes(column));
}
