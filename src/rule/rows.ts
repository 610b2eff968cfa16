// How much work the rows of a statement are, as far as its text and the catalog say.

import type { Catalog } from '../model/catalog.ts';
import type { RelationName } from '../model/names.ts';
import type { Predicate } from '../model/predicate.ts';
import type { RowAction } from '../model/row-action.ts';

/** May it go through a table in use: are its rows others than those that the text lists, or that a key picks? */
export function goesThroughTable({ verb, target, rows }: RowAction, catalog: Catalog): boolean {
  if (verb === 'plan') return false;
  switch (rows.kind) {
    case 'listed':
      return false;
    case 'given':
      return rows.by.some((source) => catalog.isLive(source));
    case 'where':
      return catalog.isLive(target) && !picksByKey(rows.condition, target, catalog);
    case 'all':
      return catalog.isLive(target);
  }
}

function picksByKey(condition: Predicate, table: RelationName, catalog: Catalog): boolean {
  const pinned = pinnedColumns(condition);
  return keysOf(table, catalog).some((key) => key.length > 0 && key.every((column) => pinned.includes(column)));
}

/** Columns that equal constants wherever the condition is true: `a = 1`, `a IN (1, 2)`. */
function pinnedColumns(condition: Predicate): readonly string[] {
  switch (condition.kind) {
    case 'compare':
      return condition.operator === '=' ? [condition.column] : [];
    case 'and':
      return condition.parts.flatMap(pinnedColumns);
    case 'or': {
      const [first = [], ...others] = condition.parts.map(pinnedColumns);
      return first.filter((column) => others.every((columns) => columns.includes(column)));
    }
    default:
      return [];
  }
}

/** Of a table whose keys history does not show, `id` is taken for one. */
function keysOf(table: RelationName, catalog: Catalog): readonly (readonly string[])[] {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return [['id']];
  const constraints = relation.constraints.flatMap((constraint) =>
    constraint.type === 'unique' || constraint.type === 'primary-key' ? [constraint.columns] : [],
  );
  const indexes = relation.indexes.flatMap(({ unique, columns, expressions, predicate }) =>
    unique && expressions.length === 0 && predicate === undefined ? [columns] : [],
  );
  return relation.complete ? [...constraints, ...indexes] : [['id'], ...constraints, ...indexes];
}
