// What a statement can do to an index.

import type { Expression } from '../expression.ts';
import type { RelationName } from '../names.ts';

export interface IndexDefinition {
  /** Without a name PostgreSQL makes one up. */
  readonly name: string | undefined;
  readonly unique: boolean;
  readonly method: string;
  /** No key has an order, a collation or an operator class of its own. */
  readonly plain: boolean;
  /** DESC or NULLS FIRST: no key of a table is sorted so. */
  readonly reordered: boolean;
  /** The key columns that name an operator class. */
  readonly ownClass: readonly string[];
  readonly nullsNotDistinct: boolean;
  /** What it is beyond its columns, in one spelling: expressions, collations, operator classes, its condition; empty for plain columns. */
  readonly form: string;
  /** What its columns are called, INCLUDE and all, as far as names go: the last ones may be `expr`. */
  readonly parts: readonly string[];
  /** The key columns that are plain columns. */
  readonly columns: readonly string[];
  /** INCLUDE: stored with the key. */
  readonly included: readonly string[];
  /** Expressions in the key. */
  readonly expressions: readonly Expression[];
  readonly predicate: Expression | undefined;
  /** Those that are named. */
  readonly operatorClasses: readonly string[];
  /** Undefined where it names none, or where history does not show it. */
  readonly tablespace: string | undefined;
}

export type IndexChange =
  | {
      readonly kind: 'create-index';
      readonly table: RelationName;
      /** ON ONLY: on a partitioned table, an index without those of its partitions. */
      readonly only: boolean;
      readonly concurrently: boolean;
      readonly ifNotExists: boolean;
      /** WITH (timescaledb.transaction_per_chunk): each piece of a hypertable in a transaction of its own. */
      readonly perChunk: boolean;
      readonly index: IndexDefinition;
    }
  | {
      readonly kind: 'drop-index';
      readonly index: RelationName;
      readonly concurrently: boolean;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'reindex';
      readonly target: 'index' | 'table' | 'schema' | 'database' | 'system';
      readonly relation: RelationName | undefined;
      readonly concurrently: boolean;
    }
  | { readonly kind: 'attach-index-partition'; readonly index: RelationName; readonly partition: RelationName };
