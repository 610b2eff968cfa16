// What a statement, or a part of it, does to the rows of one table.

import type { RelationName } from './names.ts';

/** `plan`: EXPLAIN and PREPARE of a statement that would write, and does not yet. */
export type DataVerb = 'insert' | 'update' | 'delete' | 'merge' | 'copy' | 'lock-rows' | 'plan';

export interface RowAction {
  readonly verb: DataVerb;
  readonly target: RelationName;
  /** ONLY: the rows of partitions and children are left alone. */
  readonly only: boolean;
  /** It has a WHERE, or names its rows in another way. */
  readonly filtered: boolean;
  /** Columns that may hold no NULL afterwards: an UPDATE sets them to something else, or a DELETE names them in its WHERE. */
  readonly fills: readonly string[];
}
