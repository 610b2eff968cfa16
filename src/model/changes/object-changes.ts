// What a statement can do to everything that is not a table or an index: views, types, functions, schemas and the rest.

import type { ColumnDefinition } from '../column.ts';
import type { ColumnType } from '../column-type.ts';
import type { Constraint } from '../constraint.ts';
import type { Expression } from '../expression.ts';
import type { RelationName } from '../names.ts';
import type { Query } from '../query.ts';
import type { Storage } from '../storage.ts';

export type Volatility = 'immutable' | 'stable' | 'volatile';

interface OfComposite {
  readonly type: RelationName;
  /** Tables of the type change with it. */
  readonly cascade: boolean;
}

export type ObjectChange =
  | {
      readonly kind: 'create-view';
      readonly view: RelationName;
      readonly replace: boolean;
      readonly temporary: boolean;
      readonly query: Query;
    }
  | {
      readonly kind: 'create-materialized-view';
      readonly view: RelationName;
      readonly ifNotExists: boolean;
      readonly storage: Storage;
      readonly query: Query;
    }
  | {
      readonly kind: 'drop-view';
      readonly view: RelationName;
      readonly materialized: boolean;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'refresh'; readonly view: RelationName; readonly concurrently: boolean; readonly withData: boolean }
  | { readonly kind: 'create-schema'; readonly schema: string }
  | { readonly kind: 'drop-schema'; readonly schema: string; readonly cascade: boolean }
  | { readonly kind: 'rename-schema'; readonly schema: string; readonly to: string }
  | { readonly kind: 'create-enum'; readonly type: RelationName; readonly values: readonly string[] }
  | { readonly kind: 'add-enum-value'; readonly type: RelationName; readonly value: string }
  | { readonly kind: 'rename-enum-value'; readonly type: RelationName; readonly value: string; readonly to: string }
  | { readonly kind: 'create-type'; readonly type: RelationName }
  | { readonly kind: 'alter-type'; readonly type: RelationName }
  | { readonly kind: 'create-composite'; readonly type: RelationName; readonly attributes: readonly ColumnDefinition[] }
  | ({ readonly kind: 'add-attribute'; readonly attribute: ColumnDefinition } & OfComposite)
  | ({ readonly kind: 'drop-attribute'; readonly attribute: string } & OfComposite)
  | ({
      readonly kind: 'alter-attribute';
      readonly attribute: string;
      readonly to: ColumnType;
      readonly collate: boolean;
    } & OfComposite)
  | ({ readonly kind: 'rename-attribute'; readonly attribute: string; readonly to: string } & OfComposite)
  | {
      readonly kind: 'create-domain';
      readonly domain: RelationName;
      readonly base: ColumnType;
      readonly default: Expression | undefined;
      readonly constraints: readonly Constraint[];
    }
  | { readonly kind: 'add-domain-constraint'; readonly domain: RelationName; readonly constraint: Constraint }
  | { readonly kind: 'validate-domain-constraint'; readonly domain: RelationName }
  | { readonly kind: 'alter-domain'; readonly domain: RelationName }
  | { readonly kind: 'drop-type'; readonly type: RelationName; readonly cascade: boolean }
  | {
      readonly kind: 'create-function';
      readonly function: RelationName;
      readonly argumentCount: number;
      readonly volatility: Volatility;
      /** RETURNS trigger: nobody calls it but a trigger. */
      readonly forTriggers: boolean;
      /** The one expression that PostgreSQL puts in place of a call, for a SQL function that is `SELECT expression`. */
      readonly inlined: Expression | undefined;
      /** Tables whose rows the body of a SQL function writes. */
      readonly writes: readonly RelationName[];
    }
  | { readonly kind: 'alter-function'; readonly function: RelationName; readonly volatility: Volatility | undefined }
  | {
      readonly kind: 'drop-function';
      readonly function: RelationName;
      /** Undefined: the only one of the name. */
      readonly argumentCount: number | undefined;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'create-sequence'; readonly sequence: RelationName }
  | { readonly kind: 'drop-sequence'; readonly sequence: RelationName; readonly cascade: boolean }
  | { readonly kind: 'drop-database'; readonly database: string }
  /** Any other object: an extension, a collation, an operator. */
  | { readonly kind: 'drop-object'; readonly object: string; readonly cascade: boolean }
  /** A change of the catalogs that locks no table: roles, extensions, operators, publications, sequences and the like. */
  | { readonly kind: 'catalog-only' };
