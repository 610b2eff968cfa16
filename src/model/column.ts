// A column as CREATE TABLE or ADD COLUMN defines it.

import type { ColumnType } from './column-type.ts';
import type { Constraint } from './constraint.ts';
import type { Expression } from './expression.ts';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  /** Undefined: that of the type. */
  readonly collation: string | undefined;
  /** `plain`, `external`, `extended`, `main` or `default`. */
  readonly storage?: string;
  readonly default: Expression | undefined;
  readonly notNull: boolean;
  readonly identity: boolean;
  readonly generated: 'stored' | 'virtual' | undefined;
  /** What a generated one is computed by. */
  readonly generatedBy: Expression | undefined;
  /** CHECK, REFERENCES, UNIQUE, PRIMARY KEY, and NOT NULL with a name or NO INHERIT, as if they were written for the table. */
  readonly constraints: readonly Constraint[];
}
