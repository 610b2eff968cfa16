// How columns, constraints and indexes of a table change.

import type { Catalog, Column, Index, Relation, TableConstraint } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSerial } from '../model/column-type.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { renameColumns } from '../model/predicate.ts';
import { addConstraintTo, columnOf, dropViewsOver, unlinkForeignKeys } from './apply-table.ts';
import { addSequences, dropSequencesOf, followColumn } from './apply-sequence.ts';
import { distinctParts, indexName } from './constraint-names.ts';
import { isSameConstraint, tablesLosing } from './inherited-constraint.ts';
import { inheritedNames, releaseColumn, requireColumns } from './not-null.ts';
import { dropWithParts, followIndexName } from './partition-indexes.ts';
import { passDown } from './pass-down.ts';
import {
  putRelation,
  updateColumn,
  updateConstraint,
  updateRelation,
  updateTree,
  withColumn,
  withoutConstraint,
} from './relation.ts';

export function addColumn(catalog: Catalog, { table, only, column, ifNotExists }: ChangeOf<'add-column'>): Catalog {
  const there = catalog.column(table, column.name);
  if (there !== 'absent' && there !== 'unknown') return catalog;
  if (ifNotExists && there === 'unknown') return updateRelation(catalog, table, (relation) => relation);
  const isEmpty = isLeftEmpty(column) && catalog.isLive(table);
  const { moment } = catalog.parts;
  const added: Column = { ...columnOf(column, catalog), born: moment, emptySince: isEmpty ? moment : undefined };
  const top = updateRelation(catalog, table, (relation) => {
    const constrained = column.constraints.reduce(
      (now, constraint) => addConstraintTo(now, constraint, catalog, true),
      withColumn(relation, added),
    );
    return added.nullable ? constrained : requireColumns(constrained, [column.name], catalog);
  });
  const below = only ? [] : catalog.descendants(table);
  const inherited = { ...added, local: false, identity: added.identity && catalog.isPartitioned(table) };
  const next = below.reduce(
    (now, { name }) => updateRelation(now, name, (child) => (child.columns.has(column.name) ? child : withColumn(child, inherited))),
    top,
  );
  const counted = column.identity || isSerial(column.type) ? addSequences(next, table, [column.name]) : next;
  return passDown(indexAll(counted, catalog, table), table, catalog, only);
}

/** Rows that are there get no value: NULL is what they will hold. */
function isLeftEmpty({ default: value, type, identity, generated, notNull }: ChangeOf<'add-column'>['column']): boolean {
  return (value === undefined || value.isNull) && !isSerial(type) && !identity && generated === undefined && !notNull;
}

export function dropColumn(catalog: Catalog, { table, only, column }: ChangeOf<'drop-column'>): Catalog {
  const losing = only ? [catalog.qualify(table)] : losingColumn(catalog, catalog.qualify(table), column);
  const kept = keepInChildren(catalog, losing, column);
  const unread = losing.reduce((next, name) => dropViewsOver(next, name, column), kept);
  const unreferenced = losing.reduce((next, name) => dropKeysWith(next, name, column), unread);
  const dropped = losing.reduce(
    (next, name) => updateRelation(next, name, (relation) => withoutColumn(relation, column)),
    unreferenced,
  );
  return losing.reduce((next, name) => dropSequencesOf(next, name, column), unlinkTree(dropped, table, unread));
}

/** The table, and those below it that have the column from nowhere else. */
function losingColumn(catalog: Catalog, table: QualifiedName, column: string): QualifiedName[] {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return [table];
  const loses = (name: QualifiedName): boolean => {
    const child = catalog.find(name);
    if (typeof child === 'string' || child.columns.get(column)?.local === true) return false;
    return !child.parents.some((parent) => !isSameName(parent, table) && typeof catalog.column(parent, column) !== 'string');
  };
  return [table, ...relation.children.filter(loses).flatMap((name) => losingColumn(catalog, name, column))];
}

/** Children that keep the column have it on their own from now on. */
function keepInChildren(catalog: Catalog, losing: readonly QualifiedName[], column: string): Catalog {
  const children = losing.flatMap((name) => {
    const relation = catalog.find(name);
    return typeof relation === 'string' ? [] : relation.children;
  });
  const keeping = children.filter((child) => !losing.some((name) => isSameName(name, child)));
  return keeping.reduce(
    (next, name) => updateRelation(next, name, (relation) => updateColumn(relation, column, (one) => ({ ...one, local: true }))),
    catalog,
  );
}

/** CASCADE: keys that need the column, in other tables. */
function dropKeysWith(catalog: Catalog, table: QualifiedName, column: string): Catalog {
  return dropKeysTo(catalog, table, (columns) => columns.includes(column));
}

function withoutColumn(relation: Relation, column: string): Relation {
  const columns = new Map(relation.columns);
  columns.delete(column);
  const constraints = relation.constraints.filter(
    (one) => !(one.type === 'check' ? one.expression.columns : one.columns).includes(column) && !refersToItself(one, relation, column),
  );
  const keys = relation.constraints.filter((one) => !constraints.includes(one)).map(({ name }) => name);
  const indexes = relation.indexes.filter((index) => !namesColumn(index, column) && !keys.includes(index.name));
  return { ...relation, columns, constraints, indexes };
}

function refersToItself(one: TableConstraint, { name }: Relation, column: string): boolean {
  return one.type === 'foreign-key' && isSameName(one.references, name) && one.referencedColumns.includes(column);
}

/** Foreign keys and indexes of the table, and of those below it, that `before` had and the catalog has no more. */
function unlinkTree(catalog: Catalog, table: RelationName, before: Catalog): Catalog {
  const relation = before.find(table);
  const own = relation === 'absent' || relation === 'unknown' ? [] : [relation];
  return [...own, ...before.descendants(table)].reduce((next, one) => forgetIndexes(unlinkForeignKeys(next, one), one), catalog);
}

function forgetIndexes(catalog: Catalog, before: Relation): Catalog {
  const now = catalog.find(before.name);
  const kept = now === 'absent' || now === 'unknown' ? [] : now.indexes.map(({ name }) => name);
  const gone = before.indexes.filter(({ name }) => !kept.includes(name));
  if (gone.length === 0) return catalog;
  const indexes = gone.reduce((map, { name }) => map.with(printName({ ...before.name, name }), 'absent'), catalog.parts.indexes);
  return catalog.with({ indexes });
}

function namesColumn(index: Index, column: string): boolean {
  const isStored = [...index.columns, ...index.included].includes(column);
  return isStored || [...index.expressions, index.predicate].some((one) => one?.columns.includes(column));
}

export function renameColumn(catalog: Catalog, { table, column, to }: ChangeOf<'rename-column'>): Catalog {
  const rename = (name: string): string => (name === column ? to : name);
  const renamed = updateTree(catalog, table, false, (relation) => ({
    ...relation,
    partitionBy: relation.partitionBy && {
      ...relation.partitionBy,
      columns: relation.partitionBy.columns.map((one) => one && rename(one)),
    },
    columns: new Map([...relation.columns.values()].map((one) => [rename(one.name), { ...one, name: rename(one.name) }])),
    constraints: relation.constraints.map((one) =>
      one.type === 'check'
        ? { ...one, expression: renameIn(one.expression, rename), predicate: renameColumns(one.predicate, rename) }
        : { ...one, columns: one.columns.map(rename) },
    ),
    indexes: relation.indexes.map((index) => ({
      ...index,
      columns: index.columns.map(rename),
      included: index.included.map(rename),
      expressions: index.expressions.map((one) => renameIn(one, rename)),
      predicate: index.predicate && renameIn(index.predicate, rename),
    })),
  }));
  const tables = [catalog.qualify(table), ...catalog.descendants(table).map(({ name }) => name)];
  const followed = followColumn(renamed, catalog.qualify(table), column, to);
  return tables.reduce((next, name) => renameInViewsOf(renameInKeysOf(next, name, rename), name, rename), followed);
}

function renameIn<E extends { readonly columns: readonly string[]; readonly provesNotNull: readonly string[] }>(
  expression: E,
  rename: (name: string) => string,
): E {
  return { ...expression, columns: expression.columns.map(rename), provesNotNull: expression.provesNotNull.map(rename) };
}

/** Foreign keys of other tables that point to the column. */
function renameInKeysOf(catalog: Catalog, table: QualifiedName, rename: (name: string) => string): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  return relation.referencedBy.reduce(
    (next, other) =>
      updateRelation(next, other, (referencing) => ({
        ...referencing,
        constraints: referencing.constraints.map((one) =>
          one.type === 'foreign-key' && isSameName(one.references, table)
            ? { ...one, referencedColumns: one.referencedColumns.map(rename) }
            : one,
        ),
      })),
    catalog,
  );
}

/** Views keep what they read under its new name, and their own columns under the old one. */
function renameInViewsOf(catalog: Catalog, table: QualifiedName, rename: (name: string) => string): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  return relation.readBy.reduce(
    (next, view) =>
      updateRelation(next, view, (reader) => ({
        ...reader,
        reads: reader.reads.map((read) =>
          isSameName(read.relation, table) ? { ...read, columns: read.columns.map(rename) } : read,
        ),
      })),
    catalog,
  );
}

export function changeColumn(
  catalog: Catalog,
  { table, only, column }: { readonly table: ChangeOf<'set-default'>['table']; readonly only: boolean; readonly column: string },
  change: (column: Column) => Column,
): Catalog {
  return updateTree(catalog, table, only, (relation) => updateColumn(relation, column, change));
}

export function setNotNull(catalog: Catalog, { table, only, column }: ChangeOf<'set-not-null'>): Catalog {
  const filled = changeColumn(catalog, { table, only, column }, (found) => ({ ...found, emptySince: undefined }));
  return requireBelow(filled, table, only, [column]);
}

/** The columns of a primary key are NOT NULL in all that is below the table. */
export function addConstraint(catalog: Catalog, { table, only, constraint }: ChangeOf<'add-constraint'>): Catalog {
  const next = updateRelation(catalog, table, (relation) => {
    const added = addConstraintTo(relation, constraint, catalog, false);
    return only ? invalidateShells(added, relation) : added;
  });
  return passDown(indexAll(next, catalog, table), table, catalog, only);
}

/** What is made for a partitioned table alone waits for its parts. */
function invalidateShells(relation: Relation, before: Relation): Relation {
  if (relation.kind !== 'partitioned-table' || relation.children.length === 0) return relation;
  return { ...relation, indexes: relation.indexes.map((one) => (before.indexes.includes(one) ? one : { ...one, valid: false })) };
}

export function validateConstraint(catalog: Catalog, { table, constraint }: ChangeOf<'validate-constraint'>): Catalog {
  const found = constraintOf(catalog, table, constraint);
  if (found?.type === 'not-null') return requireBelow(catalog, table, false, found.columns);
  return updateTree(catalog, table, false, (relation) =>
    updateConstraint(relation, constraint, (one) => ({ ...one, valid: one.enforced })),
  );
}

/** The foreign keys, of other tables and its own, that point to such columns of a table. */
function dropKeysTo(catalog: Catalog, table: QualifiedName, isLost: (columns: readonly string[]) => boolean): Catalog {
  const relation = catalog.find(table);
  if (typeof relation === 'string') return catalog;
  const isGone = (one: TableConstraint): boolean =>
    one.type === 'foreign-key' && isSameName(one.references, table) && isLost(one.referencedColumns);
  return [...relation.referencedBy, table].reduce((next, name) => {
    const before = next.find(name);
    if (typeof before === 'string' || !before.constraints.some(isGone)) return next;
    const without = updateRelation(next, name, (other) => ({ ...other, constraints: other.constraints.filter((one) => !isGone(one)) }));
    return unlinkForeignKeys(without, before);
  }, catalog);
}

/** A partition takes along the foreign keys that point to the partitioned table. */
export function dropKeysAbove(catalog: Catalog, partition: RelationName): Catalog {
  return catalog.partitionedAbove(partition).reduce((next, { name }) => dropKeysTo(next, name, () => true), catalog);
}

function constraintOf(catalog: Catalog, table: RelationName, constraint: string): TableConstraint | undefined {
  const relation = catalog.find(table);
  return typeof relation === 'string' ? undefined : relation.constraints.find(({ name }) => name === constraint);
}

/** Children call the constraint as the table does. */
function requireBelow(catalog: Catalog, table: RelationName, only: boolean, columns: readonly string[]): Catalog {
  const top = updateRelation(catalog, table, (relation) => requireColumns(relation, columns, catalog));
  const relation = top.find(table);
  const names = typeof relation === 'string' ? undefined : inheritedNames(relation);
  const below = only ? [] : top.descendants(table);
  return below.reduce((next, { name }) => updateRelation(next, name, (child) => requireColumns(child, columns, next, names)), top);
}

export function dropNotNull(catalog: Catalog, { table, only, column }: ChangeOf<'drop-not-null'>): Catalog {
  return updateTree(catalog, table, only, (relation) => releaseColumn(relation, column));
}

/** With a key goes its index, and with CASCADE what refers to it. */
export function dropConstraint(catalog: Catalog, { table, constraint, cascade }: ChangeOf<'drop-constraint'>): Catalog {
  const found = constraintOf(catalog, table, constraint);
  if (found?.type === 'not-null') {
    return found.columns.reduce((next, column) => updateTree(next, table, false, (relation) => releaseColumn(relation, column)), catalog);
  }
  if (found !== undefined && found.type !== 'check' && found.type !== 'foreign-key') {
    const name = catalog.qualify(table);
    const freed = cascade ? dropKeysTo(catalog, name, (columns) => String(columns) === String(found.columns)) : catalog;
    return dropWithParts(freed, name, constraint);
  }
  return unlinkTree(dropFromTree(catalog, table, constraint, found), table, catalog);
}

/** Children keep a constraint that they have on their own, or from another parent. */
function dropFromTree(catalog: Catalog, table: RelationName, name: string, found: TableConstraint | undefined): Catalog {
  const isAlone = found?.type === 'check' && found.noInherit;
  const dropped = updateTree(catalog, table, found !== undefined, (relation) => withoutConstraint(relation, name));
  if (found === undefined || isAlone) return dropped;
  const [, ...below] = tablesLosing(catalog, catalog.qualify(table), found);
  const isLost = (own: TableConstraint): boolean => !own.local && isSameConstraint(own, found);
  return below.reduce(
    (next, child) => updateRelation(next, child, (relation) => ({ ...relation, constraints: relation.constraints.filter((own) => !isLost(own)) })),
    dropped,
  );
}

export function alterConstraint(catalog: Catalog, { table, constraint, enforced, deferred }: ChangeOf<'alter-constraint'>): Catalog {
  return updateRelation(catalog, table, (relation) =>
    updateConstraint(relation, constraint, (one) => {
      const checked = enforced === undefined ? one : { ...one, enforced, valid: enforced };
      return checked.type === 'foreign-key' && deferred !== undefined ? { ...checked, deferred } : checked;
    }),
  );
}

/** A name that is taken stops IF NOT EXISTS, whatever table the index is on. */
export function createIndex(catalog: Catalog, { table, only, ifNotExists, index }: ChangeOf<'create-index'>): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent') return catalog;
  const schema = relation === 'unknown' ? catalog.qualify(table).schema : relation.name.schema;
  if (ifNotExists && index.name !== undefined && isTaken(catalog, { schema, name: index.name })) {
    return updateRelation(catalog, table, (found) => found);
  }
  const added = updateRelation(catalog, table, (found) => {
    const parts = distinctParts(index.parts);
    const { unique, method, plain, columns, included, expressions, predicate } = index;
    const valid = !only || found.kind !== 'partitioned-table' || found.children.length === 0;
    const name = index.name ?? indexName(parts, found, catalog);
    const made = { name, unique, method, plain, valid, parts, columns, included, expressions, predicate, partOf: undefined };
    return { ...found, indexes: [...found.indexes, made] };
  });
  return passDown(indexAll(added, catalog, table), table, catalog, only);
}

function isTaken({ parts }: Catalog, name: QualifiedName): boolean {
  const found = parts.indexes.get(printName(name)) ?? parts.relations.get(printName(name)) ?? 'absent';
  return found !== 'absent';
}

export function dropIndex(catalog: Catalog, { index }: ChangeOf<'drop-index'>): Catalog {
  const table = catalog.tableOfIndex(index);
  const name = catalog.qualifyIndex(index);
  if (table === 'absent' || table === 'unknown') return catalog.with({ indexes: catalog.parts.indexes.with(printName(name), 'absent') });
  return dropWithParts(catalog, table, name.name);
}

export function renameIndex(catalog: Catalog, index: ChangeOf<'drop-index'>['index'], to: string): Catalog {
  const table = catalog.tableOfIndex(index);
  const old = catalog.qualifyIndex(index);
  if (table === 'absent' || table === 'unknown') return catalog;
  return renameWithIndex(catalog, table, old.name, to);
}

/** A constraint and its index change their names together. */
export function renameWithIndex(catalog: Catalog, table: QualifiedName, from: string, to: string): Catalog {
  const rename = <T extends { readonly name: string }>(one: T): T => (one.name === from ? { ...one, name: to } : one);
  const renamed = updateRelation(catalog, table, (relation) => ({
    ...relation,
    indexes: relation.indexes.map(rename),
    constraints: relation.constraints.map(rename),
    replicaIdentity: renamedIdentity(relation, from, to),
  }));
  const { indexes } = renamed.parts;
  const [old, next] = [printName({ ...table, name: from }), printName({ ...table, name: to })];
  if (indexes.get(old) === undefined) return renamed;
  return followIndexName(renamed.with({ indexes: indexes.with(old, 'absent').with(next, table) }), table, from, to);
}

/** CHECK and NOT NULL of children are called as those of the table. */
export function renameConstraint(catalog: Catalog, { table, constraint, to }: ChangeOf<'rename-constraint'>): Catalog {
  const found = constraintOf(catalog, table, constraint);
  const isOfTree = (found?.type === 'check' || found?.type === 'not-null') && !found.noInherit;
  const tables = [catalog.qualify(table), ...(isOfTree ? catalog.descendants(table).map(({ name }) => name) : [])];
  return tables.reduce((next, name) => renameWithIndex(next, name, constraint, to), catalog);
}

export function renamedIdentity({ replicaIdentity }: Relation, index: string, to: string): Relation['replicaIdentity'] {
  const isIt = replicaIdentity.kind === 'index' && replicaIdentity.index === index;
  return isIt ? { kind: 'index', index: to } : replicaIdentity;
}

/** Enters the indexes of a table under their names. */
function indexAll(catalog: Catalog, before: Catalog, table: ChangeOf<'create-index'>['table']): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const old = before.find(table);
  const known = old === 'absent' || old === 'unknown' ? [] : old.indexes;
  const indexes = relation.indexes.reduce((map, index, place) => {
    if (index === known[place]) return map;
    const key = printName({ schema: relation.name.schema, name: index.name });
    return map.has(key) && map.get(key) !== 'absent' ? map : map.with(key, relation.name);
  }, catalog.parts.indexes);
  return indexes === catalog.parts.indexes ? catalog : catalog.with({ indexes });
}

/** Rows were written: columns that were added empty may hold values now. */
export function fillColumns(catalog: Catalog, table: ChangeOf<'truncate'>['table'], columns: readonly string[] | 'all'): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const isFilled = (column: Column): boolean =>
    column.emptySince !== undefined && (columns === 'all' || columns.includes(column.name));
  if (![...relation.columns.values()].some(isFilled)) return catalog;
  const filled = [...relation.columns].map(
    ([name, column]) => [name, isFilled(column) ? { ...column, emptySince: undefined } : column] as const,
  );
  return putRelation(catalog, { ...relation, columns: new Map(filled) });
}
