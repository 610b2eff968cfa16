// A constraint as a statement defines it, on a table, a column or a domain.

import type { Expression } from './expression.ts';
import type { RelationName } from './names.ts';
import type { Predicate } from './predicate.ts';

interface ConstraintBase {
  /** Without a name PostgreSQL makes one up. */
  readonly name: string | undefined;
  /** False for NOT VALID: existing rows are not checked. */
  readonly valid: boolean;
  /** False for NOT ENFORCED (18). */
  readonly enforced: boolean;
}

export interface CheckConstraint extends ConstraintBase {
  readonly type: 'check';
  readonly expression: Expression;
  readonly predicate: Predicate;
  /** NO INHERIT: it says nothing of children. */
  readonly noInherit: boolean;
}

/** What becomes of a row when the one that it refers to is deleted or gets another key. `columns`: of SET NULL (…); none for the whole key. */
export type KeyAction =
  | { readonly kind: 'cascade' }
  | { readonly kind: 'set-null' | 'set-default'; readonly columns: readonly string[] };

export interface ForeignKeyConstraint extends ConstraintBase {
  readonly type: 'foreign-key';
  readonly columns: readonly string[];
  readonly references: RelationName;
  readonly referencedColumns: readonly string[];
  readonly deferrable: boolean;
  /** INITIALLY DEFERRED: rows are checked when the transaction ends. */
  readonly deferred: boolean;
  /** PERIOD (18): it holds for a range of time. */
  readonly temporal: boolean;
  /** Undefined where NO ACTION or RESTRICT refuses it. */
  readonly onDelete: KeyAction | undefined;
  readonly onUpdate: KeyAction | undefined;
}

export interface IndexConstraint extends ConstraintBase {
  readonly type: 'unique' | 'primary-key' | 'exclusion';
  readonly columns: readonly string[];
  /** What its key columns are called, expressions of EXCLUDE too. */
  readonly parts: readonly string[];
  readonly expressions: readonly Expression[];
  /** EXCLUDE USING. */
  readonly method: string;
  /** EXCLUDE … WHERE. */
  readonly predicate: Expression | undefined;
  /** INCLUDE: stored with the key. */
  readonly included: readonly string[];
  /** ADD … USING INDEX: the index is there already. */
  readonly usingIndex: string | undefined;
  /** USING INDEX TABLESPACE. */
  readonly tablespace: string | undefined;
  /** WITHOUT OVERLAPS (18): the last column is a range of time. */
  readonly temporal: boolean;
  /** What its index is beyond its columns, as with CREATE INDEX: NULLS NOT DISTINCT, WITHOUT OVERLAPS; of EXCLUDE, all of it. */
  readonly form: string;
  readonly deferrable: boolean;
  /** INITIALLY DEFERRED: rows are checked when the transaction ends. */
  readonly deferred: boolean;
}

export interface NotNullConstraint extends ConstraintBase {
  readonly type: 'not-null';
  readonly columns: readonly string[];
  /** NO INHERIT: children may hold NULL. */
  readonly noInherit: boolean;
}

export type Constraint = CheckConstraint | ForeignKeyConstraint | IndexConstraint | NotNullConstraint;

export type ConstraintType = Constraint['type'];
