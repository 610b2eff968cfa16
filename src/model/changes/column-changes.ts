// What ALTER TABLE can do to a column, and to a constraint.

import type { ColumnDefinition } from '../column.ts';
import type { ColumnType } from '../column-type.ts';
import type { Constraint } from '../constraint.ts';
import type { Expression } from '../expression.ts';
import type { RelationName } from '../names.ts';

interface OfColumn {
  readonly table: RelationName;
  /** ALTER TABLE ONLY: partitions and children are left alone. */
  readonly only: boolean;
  readonly column: string;
}

export type ColumnChange =
  | {
      readonly kind: 'add-column';
      readonly table: RelationName;
      readonly only: boolean;
      readonly ifNotExists: boolean;
      readonly column: ColumnDefinition;
    }
  | ({ readonly kind: 'drop-column'; readonly ifExists: boolean; readonly cascade: boolean } & OfColumn)
  | ({ readonly kind: 'rename-column'; readonly to: string } & OfColumn)
  | ({
      readonly kind: 'alter-column-type';
      readonly type: ColumnType;
      readonly using: Expression | undefined;
      /** USING c::type, with the new type itself: a value that is too long is cut, and not refused. */
      readonly explicit: boolean;
      /** USING c::a::b, or USING c alone: the types that the value takes on its way. Undefined: it is computed in another way. */
      readonly casts: readonly ColumnType[] | undefined;
      readonly collation: string | undefined;
    } & OfColumn)
  | ({ readonly kind: 'set-default'; readonly default: Expression } & OfColumn)
  | ({ readonly kind: 'drop-default' } & OfColumn)
  | ({ readonly kind: 'set-not-null' } & OfColumn)
  | ({ readonly kind: 'drop-not-null' } & OfColumn)
  | ({ readonly kind: 'set-expression'; readonly expression: Expression } & OfColumn)
  | ({ readonly kind: 'drop-expression'; readonly ifExists: boolean } & OfColumn)
  | ({ readonly kind: 'add-identity' } & OfColumn)
  | ({
      readonly kind: 'alter-identity';
      /** SET GENERATED: it is not the sequence alone that changes. */
      readonly generation: boolean;
    } & OfColumn)
  | ({ readonly kind: 'drop-identity'; readonly ifExists: boolean } & OfColumn)
  | ({ readonly kind: 'set-column-statistics' } & OfColumn)
  | ({ readonly kind: 'set-column-storage'; readonly storage: string } & OfColumn)
  | ({ readonly kind: 'set-column-compression' } & OfColumn)
  | ({ readonly kind: 'set-column-options' } & OfColumn)
  | { readonly kind: 'add-constraint'; readonly table: RelationName; readonly only: boolean; readonly constraint: Constraint }
  | { readonly kind: 'validate-constraint'; readonly table: RelationName; readonly constraint: string }
  | {
      readonly kind: 'drop-constraint';
      readonly table: RelationName;
      readonly only: boolean;
      readonly constraint: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'alter-constraint';
      readonly table: RelationName;
      readonly only: boolean;
      readonly constraint: string;
      /** What is undefined stays as it is. */
      readonly enforced: boolean | undefined;
      readonly deferral: { readonly deferrable: boolean; readonly deferred: boolean } | undefined;
      readonly noInherit: boolean | undefined;
    }
  | { readonly kind: 'rename-constraint'; readonly table: RelationName; readonly constraint: string; readonly to: string };
