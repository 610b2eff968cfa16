// What a query reads and what it gives, as far as its text shows: of views, and of tables that queries make.

import type { ColumnType } from './column-type.ts';
import type { Mentions } from './dependencies/mentions.ts';
import type { RelationName } from './names.ts';

/** A table or view that a query names, without those of its WITH. */
export interface QuerySource {
  readonly relation: RelationName;
  /** Columns that it may read there: a name without a table counts for every source that is in sight. */
  readonly columns: readonly string[];
  /** Those of them that it reads there, if there are such columns. */
  readonly surely: readonly string[];
  /** `*`: all that there are by now. `perhaps`: or the row as a whole. */
  readonly all: 'no' | 'perhaps' | 'surely';
}

export type QueryColumn =
  /** A column as it is, of one of these; where none has such a column, `row` is the table whose whole row is meant. */
  | { readonly kind: 'column'; readonly name: string; readonly column: string; readonly from: readonly RelationName[]; readonly row?: RelationName }
  /** `*`: all columns of one source. */
  | { readonly kind: 'all'; readonly from: RelationName }
  /** `mayBe`: the type may be that of one of these columns. */
  | {
      readonly kind: 'computed';
      readonly name: string;
      readonly type: ColumnType | undefined;
      readonly mayBe: readonly Extract<QueryColumn, { readonly kind: 'column' }>[];
    };

export interface Query {
  readonly sources: readonly QuerySource[];
  /** `unknown` where a part of FROM can't be followed. */
  readonly columns: readonly QueryColumn[] | 'unknown';
  /** The names that stand behind the name of the view or table take the place of the columns' own. */
  readonly names: readonly string[];
  /** The table or view whose rows are those of the query, so that PostgreSQL can write to a view over it. */
  readonly base: RelationName | undefined;
  /** EXECUTE: the prepared statement whose columns it gives. */
  readonly executes?: string;
  readonly mentions: Mentions;
}
