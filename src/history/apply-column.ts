// How columns, constraints and indexes of a table change.

import type { Catalog, Column, Index, Relation } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSerial } from '../model/column-type.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { renameColumns } from '../model/predicate.ts';
import { addConstraintTo, columnOf, dropViewsOver, linkForeignKey, unlinkForeignKeys, withNotNull } from './apply-table.ts';
import { indexName } from './constraint-names.ts';
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
  const added: Column = { ...columnOf(column), emptySince: isEmpty ? catalog.parts.moment : undefined };
  const next = updateTree(catalog, table, only, (relation) => {
    const withIt = withColumn(relation, added);
    return column.constraints.reduce((now, constraint) => addConstraintTo(now, constraint, catalog, true), withIt);
  });
  return indexAll(linkAll(next, table), catalog, table);
}

/** Rows that are there get no value: NULL is what they will hold. */
function isLeftEmpty({ default: value, type, identity, generated, notNull }: ChangeOf<'add-column'>['column']): boolean {
  return (value === undefined || value.isNull) && !isSerial(type) && !identity && generated === undefined && !notNull;
}

export function dropColumn(catalog: Catalog, { table, only, column }: ChangeOf<'drop-column'>): Catalog {
  const tables = [table, ...(only ? [] : catalog.descendants(table).map(({ name }) => name))];
  const unread = tables.reduce((next, name) => dropViewsOver(next, name, column), catalog);
  const dropped = updateTree(unread, table, only, (relation) => {
    const columns = new Map(relation.columns);
    columns.delete(column);
    return {
      ...relation,
      columns,
      constraints: relation.constraints.filter(
        (one) => !(one.type === 'check' ? one.expression.columns : one.columns).includes(column),
      ),
      indexes: relation.indexes.filter((index) => !namesColumn(index, column)),
    };
  });
  return unlinkTree(dropped, table, unread);
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
  return tables.reduce((next, name) => renameInViewsOf(renameInKeysOf(next, name, rename), name, rename), renamed);
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
  return changeColumn(catalog, { table, only, column }, (found) => ({ ...found, nullable: false, emptySince: undefined }));
}

export function addConstraint(catalog: Catalog, { table, only, constraint }: ChangeOf<'add-constraint'>): Catalog {
  const { type } = constraint;
  const goesDown = type === 'check' ? !constraint.noInherit : type === 'foreign-key' && catalog.isPartitioned(table);
  const next = updateTree(catalog, table, only || !goesDown, (relation) => addConstraintTo(relation, constraint, catalog, false));
  const linked = indexAll(linkAll(next, table), catalog, table);
  return constraint.type === 'primary-key' ? markBelow(linked, table, constraint.columns) : linked;
}

/** The columns of a primary key are NOT NULL in all that is below the table. */
function markBelow(catalog: Catalog, table: RelationName, columns: readonly string[]): Catalog {
  return catalog
    .descendants(table)
    .reduce((next, { name }) => updateRelation(next, name, (relation) => withNotNull(relation, columns)), catalog);
}

export function validateConstraint(catalog: Catalog, { table, constraint }: ChangeOf<'validate-constraint'>): Catalog {
  return updateTree(catalog, table, false, (relation) => {
    const validated = updateConstraint(relation, constraint, (one) => ({ ...one, valid: true }));
    const found = validated.constraints.find(({ name }) => name === constraint);
    if (found?.type !== 'not-null') return validated;
    return found.columns.reduce(
      (next, name) => updateColumn(next, name, (column) => ({ ...column, nullable: false })),
      validated,
    );
  });
}

/** With a key goes its index. */
export function dropConstraint(catalog: Catalog, { table, constraint }: ChangeOf<'drop-constraint'>): Catalog {
  const dropped = updateTree(catalog, table, false, (relation) => {
    const gone = relation.constraints.find(({ name }) => name === constraint);
    const without = withoutConstraint(relation, constraint);
    if (gone?.type === 'not-null') {
      return gone.columns.reduce((next, name) => updateColumn(next, name, (column) => ({ ...column, nullable: true })), without);
    }
    return { ...without, indexes: without.indexes.filter(({ name }) => name !== constraint) };
  });
  return unlinkTree(dropped, table, catalog);
}

export function createIndex(catalog: Catalog, { table, ifNotExists, index }: ChangeOf<'create-index'>): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent') return catalog;
  const added = updateRelation(catalog, table, (found) => {
    const name = index.name ?? indexName(index, found);
    if (ifNotExists && found.indexes.some((other) => other.name === name)) return found;
    const { unique, columns, included, expressions, predicate } = index;
    return { ...found, indexes: [...found.indexes, { name, unique, valid: true, columns, included, expressions, predicate }] };
  });
  return indexAll(added, catalog, table);
}

export function dropIndex(catalog: Catalog, { index }: ChangeOf<'drop-index'>): Catalog {
  const table = catalog.tableOfIndex(index);
  const name = catalog.qualifyIndex(index);
  const gone = catalog.with({ indexes: catalog.parts.indexes.with(printName(name), 'absent') });
  if (table === 'absent' || table === 'unknown') return gone;
  return updateRelation(gone, table, (relation) => ({
    ...relation,
    indexes: relation.indexes.filter((one) => one.name !== name.name),
  }));
}

export function renameIndex(catalog: Catalog, index: ChangeOf<'drop-index'>['index'], to: string): Catalog {
  const table = catalog.tableOfIndex(index);
  const old = catalog.qualifyIndex(index);
  if (table === 'absent' || table === 'unknown') return catalog;
  const renamed = updateRelation(catalog, table, (relation) => ({
    ...relation,
    indexes: relation.indexes.map((one) => (one.name === old.name ? { ...one, name: to } : one)),
    constraints: relation.constraints.map((one) => (one.name === old.name ? { ...one, name: to } : one)),
  }));
  return renamed.with({
    indexes: renamed.parts.indexes.with(printName(old), 'absent').with(printName({ ...old, name: to }), table),
  });
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

/** Enters the foreign keys of a table into the tables that they point to. */
function linkAll(catalog: Catalog, table: ChangeOf<'add-constraint'>['table']): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  return relation.constraints.reduce((next, constraint) => linkForeignKey(next, relation.name, constraint), catalog);
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
