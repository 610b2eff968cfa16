// How columns of a table come, change and go.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Column, Index, Relation, TableConstraint } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { KeyAction } from '../model/constraint.ts';
import { isSerial } from '../model/column-type.ts';
import type { AttachedNeeds } from '../model/dependencies/needs.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { OrderedMap } from '../model/ordered-map.ts';
import { renameColumns } from '../model/predicate.ts';
import type { PostgresVersion } from '../model/version.ts';
import { addConstraintTo } from './add-constraint-to.ts';
import { indexAll } from './apply-index.ts';
import { addSequences, dropSequencesOf, followColumn } from './apply-sequence.ts';
import { changeOf, dropWithColumn } from './apply-statistics.ts';
import { followColumnName } from './dependencies/follow.ts';
import { columnOf } from './stored-column.ts';
import { unlinkTree } from './foreign-keys.ts';
import { MOST_COLUMNS } from './most-columns.ts';
import { inheritedNames, isNotNullOf, notNullOf, releaseColumn, releaseTree, requireColumns } from './not-null.ts';
import { passDown } from './pass-down.ts';
import { putRelation, updateColumn, updateRelation, updateTree, withColumn } from './relation.ts';

export function addColumn(catalog: Catalog, { table, only, column, ifNotExists }: ChangeOf<'add-column'>, version: PostgresVersion): Catalog {
  const there = catalog.column(table, column.name);
  if (there !== 'absent' && there !== 'unknown') return catalog;
  if (ifNotExists && there === 'unknown') return updateRelation(catalog, table, (relation) => relation);
  if (isFull(catalog.find(table))) return catalog;
  const isEmpty = isLeftEmpty(column) && catalog.isLive(table);
  const { moment } = catalog.parts;
  const added: Column = { ...columnOf(column, catalog), born: moment, emptySince: isEmpty ? moment : undefined };
  const top = updateRelation(catalog, table, (relation) => {
    const constrained = column.constraints.reduce(
      (now, constraint) => addConstraintTo(now, constraint, catalog, true, version),
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
  const counted = column.identity || isSerial(column.type) ? addSequences(next, table, [column.name], version) : next;
  return passDown(indexAll(counted, catalog, table), table, catalog, only, version);
}

/** Rows that are there get no value: NULL is what they will hold. */
function isLeftEmpty({ default: value, type, identity, generated, notNull }: ChangeOf<'add-column'>['column']): boolean {
  return (value === undefined || value.isNull) && !isSerial(type) && !identity && generated === undefined && !notNull;
}

function isFull(table: Lookup<Relation>): boolean {
  return typeof table !== 'string' && table.columns.size >= MOST_COLUMNS;
}

export function dropColumn(catalog: Catalog, { table, only, column }: ChangeOf<'drop-column'>, version: PostgresVersion): Catalog {
  const losing = only ? [catalog.qualify(table)] : losingColumn(catalog, catalog.qualify(table), column);
  const kept = only ? ownInChildren(catalog, table, column) : catalog;
  const dropped = losing.reduce((next, name) => updateRelation(next, name, (relation) => withoutColumn(relation, column)), kept);
  const unlinked = losing.reduce((next, name) => dropWithColumn(dropSequencesOf(next, name, column), name, column), unlinkTree(dropped, table, kept));
  return version < 15 ? losing.reduce((next, name) => dropGenerated(next, name, column, version), unlinked) : unlinked;
}

/** The table, and those below it that have the column from nowhere else: from no parent that keeps it. */
function losingColumn(catalog: Catalog, table: QualifiedName, column: string): QualifiedName[] {
  const losing = [table];
  const gone = new Set([printName(table)]);
  const keepsIt = (parent: QualifiedName): boolean => !gone.has(printName(parent)) && typeof catalog.column(parent, column) !== 'string';
  for (const name of losing) {
    const relation = catalog.find(name);
    if (typeof relation === 'string') continue;
    for (const below of relation.children.values()) {
      const child = catalog.find(below);
      if (gone.has(printName(below)) || typeof child === 'string' || child.columns.get(column)?.local === true || child.parents.some(keepsIt)) continue;
      gone.add(printName(below));
      losing.push(below);
    }
  }
  return losing;
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
  return generated.reduce(
    (next, { name: column }) => dropColumn(next, { kind: 'drop-column', span: { start: 0, end: 0 }, table, column, only: true, ifExists: true, cascade: false }, version),
    catalog,
  );
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

export function renameColumn(catalog: Catalog, { table, column, to }: ChangeOf<'rename-column'>): Catalog {
  const rename = (name: string): string => (name === column ? to : name);
  const renamed = updateTree(catalog, table, false, (relation) => ({
    ...relation,
    partitionBy: relation.partitionBy && {
      ...relation.partitionBy,
      columns: relation.partitionBy.columns.map((one) => one && rename(one)),
    },
    columns: withColumnRenamed(relation.columns, column, to).changed((one) => (one.reads.includes(column) ? { ...one, reads: one.reads.map(rename) } : one)),
    gives: relation.gives === 'unknown' ? relation.gives : relation.gives.map(rename),
    constraints: relation.constraints.changed((one) => (namesIn(one).includes(column) ? renameInConstraint(one, rename) : one)),
    indexes: relation.indexes.changed((index) => (namesColumn(index, column) ? renameInIndex(index, rename) : index)),
    triggers: renameInAttached(relation.triggers, column, rename),
    policies: renameInAttached(relation.policies, column, rename),
    rules: renameInAttached(relation.rules, column, rename),
  }));
  const tables = [catalog.qualify(table), ...catalog.descendants(table).map(({ name }) => name)];
  const followed = tables.reduce((next, name) => followColumn(next, name, column, to), renamed);
  return tables.reduce((next, name) => followColumnName(renameInStatistics(renameInKeysOf(next, name, rename), name, rename), name, column, to), followed);
}

function renameInStatistics(catalog: Catalog, table: QualifiedName, rename: (name: string) => string): Catalog {
  return changeOf(catalog, table, (one) => ({
    ...one,
    columns: one.columns.map(rename),
    expressions: one.expressions.map((expression) => renameInExpression(expression, rename)),
  }));
}

function renameInAttached<A extends AttachedNeeds>(all: OrderedMap<A> | 'unknown', column: string, rename: (name: string) => string): OrderedMap<A> | 'unknown' {
  if (all === 'unknown') return all;
  return all.changed((one) => (one.columns.includes(column) ? { ...one, columns: one.columns.map(rename), surely: one.surely.map(rename) } : one));
}

function withColumnRenamed(columns: Relation['columns'], from: string, to: string): Relation['columns'] {
  const column = columns.get(from);
  return column ? columns.renamed(from, to, { ...column, name: to }) : columns;
}

function namesIn(one: TableConstraint): readonly string[] {
  return one.type === 'check' ? one.expression.columns : one.columns;
}

function renameInConstraint(one: TableConstraint, rename: (name: string) => string): TableConstraint {
  if (one.type === 'foreign-key') {
    return { ...one, columns: one.columns.map(rename), onDelete: renameInAction(one.onDelete, rename), onUpdate: renameInAction(one.onUpdate, rename) };
  }
  if (one.type !== 'check') return { ...one, columns: one.columns.map(rename) };
  return { ...one, expression: renameInExpression(one.expression, rename), predicate: renameColumns(one.predicate, rename) };
}

function renameInAction(action: KeyAction | undefined, rename: (name: string) => string): KeyAction | undefined {
  return action && 'columns' in action ? { ...action, columns: action.columns.map(rename) } : action;
}

function renameInIndex(index: Index, rename: (name: string) => string): Index {
  return {
    ...index,
    columns: index.columns.map(rename),
    included: index.included.map(rename),
    expressions: index.expressions.map((one) => renameInExpression(one, rename)),
    predicate: index.predicate && renameInExpression(index.predicate, rename),
  };
}

function renameInExpression<E extends { readonly columns: readonly string[]; readonly provesNotNull: readonly string[] }>(
  expression: E,
  rename: (name: string) => string,
): E {
  return { ...expression, columns: expression.columns.map(rename), provesNotNull: expression.provesNotNull.map(rename) };
}

/** Foreign keys that point to the column, those of its own table too. */
function renameInKeysOf(catalog: Catalog, table: QualifiedName, rename: (name: string) => string): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  return [...relation.referencedBy, relation.name].reduce(
    (next, other) =>
      updateRelation(next, other, (referencing) => ({
        ...referencing,
        constraints: referencing.constraints.changed((one) =>
          one.type === 'foreign-key' && isSameName(one.references, table)
            ? { ...one, referencedColumns: one.referencedColumns.map(rename) }
            : one,
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
  return constraint ? releaseTree(catalog, relation.name, only, constraint) : catalog;
}

/** Rows were written: columns that were added empty may hold values now. */
export function fillColumns(catalog: Catalog, table: ChangeOf<'truncate'>['table'], columns: readonly string[] | 'all'): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const isEmpty = (column: Column): boolean => column.emptySince !== undefined;
  const named = columns !== 'all' ? columns : relation.columns.some(isEmpty) ? relation.columns.keys() : [];
  const filled = named.reduce((all, name) => {
    const column = all.get(name);
    return column && isEmpty(column) ? all.with(name, { ...column, emptySince: undefined }) : all;
  }, relation.columns);
  return filled === relation.columns ? catalog : putRelation(catalog, { ...relation, columns: filled });
}
