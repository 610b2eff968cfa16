// What follows the new name of a column.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { KeyAction } from '../model/constraint.ts';
import type { AttachedNeeds } from '../model/dependencies/needs.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import type { OrderedMap } from '../model/ordered-map.ts';
import { renameColumns } from '../model/predicate.ts';
import type { Index, Relation, TableConstraint } from '../model/relation.ts';
import { followColumn } from './apply-sequence.ts';
import { changeOf } from './apply-statistics.ts';
import { followColumnName } from './dependencies/follow.ts';
import { namesColumn } from './drop-column.ts';
import { updateRelation, updateTree } from './relation.ts';

export function renameColumn(catalog: Catalog, { table, column, to }: ChangeOf<'rename-column'>): Catalog {
  const rename = (name: string): string => (name === column ? to : name);
  const renamed = updateTree(catalog, table, false, (relation) => ({
    ...relation,
    partitionBy: relation.partitionBy && {
      ...relation.partitionBy,
      columns: relation.partitionBy.columns.map((one) => one && rename(one)),
      reads: relation.partitionBy.reads.map(rename),
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
