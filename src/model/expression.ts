// What the rest of the tool needs to know of a SQL expression: what it calls, which columns it names, what it proves.

import type { ColumnType } from './column-type.ts';
import type { Mentions } from './dependencies/mentions.ts';
import type { RelationName } from './names.ts';

export interface FunctionCall {
  readonly name: RelationName;
  readonly argumentCount: number;
}

export interface CastChain {
  /** A column, or a type that is evident. */
  readonly from: { readonly column: string } | { readonly type: ColumnType };
  /** From the inside to the outside. */
  readonly through: readonly ColumnType[];
}

export interface Expression {
  /** Calls that may run, after PostgreSQL has folded what is constant (`CASE WHEN true …`, `coalesce(1, …)`). */
  readonly calls: readonly FunctionCall[];
  /** Columns it names, without their tables, each once. */
  readonly columns: readonly string[];
  /** It is the literal NULL, cast or not. */
  readonly isNull: boolean;
  /** Columns that can't be NULL where the expression is true, as PostgreSQL's SET NOT NULL can see. */
  readonly provesNotNull: readonly string[];
  /** The expression is a column and nothing else. */
  readonly isColumn: boolean;
  /** The type that it evidently has; `string`: it is in quotes, and takes the type of where it stands. */
  readonly gives: ColumnType | 'string' | undefined;
  /** What stands in the quotes of a string, where it is nothing else. */
  readonly text?: string;
  /** Of a cast, and of casts in it. */
  readonly cast?: CastChain;
  /** What it can't be without, whether it runs or not. */
  readonly mentions: Mentions;
}
