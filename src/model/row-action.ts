// What a statement, or a part of it, does to the rows of one table.

import type { RelationName } from './names.ts';
import type { Predicate } from './predicate.ts';

/** `plan`: EXPLAIN and PREPARE of a statement that would write, and does not yet · `match`: MERGE that does nothing with what it finds. */
export type DataVerb = 'insert' | 'update' | 'delete' | 'merge' | 'match' | 'copy' | 'lock-rows' | 'plan';

export type Rows =
  /** Those that the text itself lists: VALUES, a SELECT without FROM, COPY. */
  | { readonly kind: 'listed' }
  /** Those of a query: INSERT … SELECT, MERGE. */
  | { readonly kind: 'given'; readonly by: readonly RelationName[] }
  | { readonly kind: 'where'; readonly condition: Predicate }
  | { readonly kind: 'all' };

export interface RowAction {
  readonly verb: DataVerb;
  readonly target: RelationName;
  /** ONLY: the rows of partitions and children are left alone. */
  readonly only: boolean;
  readonly rows: Rows;
  /** Columns that may hold no NULL afterwards: an UPDATE sets them to something else, or a DELETE names them in its WHERE. */
  readonly fills: readonly string[];
  /** Of `plan`. */
  readonly plans?: PlannedAction;
}

/** What would be done; PREPARE looks up the names for it, and EXPLAIN goes on to the tables below them. */
export interface PlannedAction {
  readonly verb: Exclude<DataVerb, 'plan'>;
  readonly isNamesAlone: boolean;
}

/** The queries of WITH, by their names, are no tables. */
export function withoutQueries(action: RowAction, names: readonly string[]): RowAction {
  const { rows } = action;
  if (rows.kind !== 'given') return action;
  return { ...action, rows: { kind: 'given', by: rows.by.filter(({ schema, name }) => schema !== undefined || !names.includes(name)) } };
}
