// How columns of a table come and change.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSerial } from '../model/column-type.ts';
import type { PostgresVersion } from '../model/version.ts';
import { addConstraintTo } from './add-constraint-to.ts';
import { indexAll } from './apply-index.ts';
import { addSequences } from './apply-sequence.ts';
import { MOST_COLUMNS } from './most-columns.ts';
import { requireColumns } from './not-null.ts';
import { passDown } from './pass-down.ts';
import { putRelation, updateColumn, updateRelation, updateTree, withColumn } from './relation.ts';
import { columnOf } from './stored-column.ts';

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
  const counted = column.identity || isSerial(column.type) ? addSequences(top, table, [column.name], version) : top;
  const own = counted.column(table, column.name);
  const needs = typeof own === 'string' ? added.needs : own.needs;
  const below = only ? [] : catalog.descendants(table);
  const inherited = { ...added, needs, local: false, identity: added.identity && catalog.isPartitioned(table) };
  const next = below.reduce(
    (now, { name }) => updateRelation(now, name, (child) => (child.columns.has(column.name) ? child : withColumn(child, inherited))),
    counted,
  );
  return passDown(indexAll(next, catalog, table), table, catalog, only, version);
}

/** Rows that are there get no value: NULL is what they will hold. */
function isLeftEmpty({ default: value, type, identity, generated, notNull }: ChangeOf<'add-column'>['column']): boolean {
  return (value === undefined || value.isNull) && !isSerial(type) && !identity && generated === undefined && !notNull;
}

function isFull(table: Lookup<Relation>): boolean {
  return typeof table !== 'string' && table.columns.size >= MOST_COLUMNS;
}

export function changeColumn(
  catalog: Catalog,
  { table, only, column }: { readonly table: ChangeOf<'set-default'>['table']; readonly only: boolean; readonly column: string },
  change: (column: Column) => Column,
): Catalog {
  return updateTree(catalog, table, only, (relation) => updateColumn(relation, column, change));
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
