// What a statement can do to everything that is not a table or an index: views, types, functions, schemas and the rest.

import type { FunctionSignature } from '../catalog-objects.ts';
import type { ColumnDefinition } from '../column.ts';
import type { ColumnType } from '../column-type.ts';
import type { Constraint } from '../constraint.ts';
import type { Clause } from '../dependencies/mentions.ts';
import type { Expression } from '../expression.ts';
import type { FunctionBody } from '../function-body.ts';
import type { QualifiedName, RelationName } from '../names.ts';
import type { Persistence } from './table-changes.ts';
import type { Query } from '../query.ts';
import type { RowAction } from '../row-action.ts';
import type { Assignment } from '../statement.ts';
import type { Storage } from '../storage.ts';

export type Volatility = 'immutable' | 'stable' | 'volatile';

/** BEFORE or AFTER another value; without, the last. */
export interface EnumPlace {
  readonly side: 'before' | 'after';
  readonly value: string;
}

/** DROP CONSTRAINT or DROP NOT NULL. */
export type DroppedConstraint = { readonly kind: 'named'; readonly name: string } | { readonly kind: 'not-null' };

/**
 * Whose connections start with a setting, from the weakest word to the strongest; `role` is the one that runs the migration, and
 * `each-run` are the migrations that their tool runs again and again.
 */
export const defaultOwners = ['everyone', 'database', 'role', 'role-in-database', 'each-run'] as const;

export type DefaultOwner = (typeof defaultOwners)[number];

interface OfComposite {
  readonly type: RelationName;
  /** Tables of the type change with it. */
  readonly cascade: boolean;
}

export interface ColumnName {
  readonly table: RelationName;
  readonly column: string;
}

interface OfFunction {
  readonly function: RelationName;
  /** Undefined where the name stands alone. */
  readonly argumentTypes: readonly string[] | undefined;
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
      /** False: WITH NO DATA, it can't be read before it is refreshed. */
      readonly withData: boolean;
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
  | { readonly kind: 'create-schema'; readonly schema: string; readonly ifNotExists: boolean }
  | { readonly kind: 'drop-schema'; readonly schema: string; readonly ifExists: boolean; readonly cascade: boolean }
  | { readonly kind: 'rename-schema'; readonly schema: string; readonly to: string }
  | { readonly kind: 'create-enum'; readonly type: RelationName; readonly values: readonly string[] }
  | { readonly kind: 'add-enum-value'; readonly type: RelationName; readonly value: string; readonly place: EnumPlace | undefined; readonly ifNotExists: boolean }
  | { readonly kind: 'rename-enum-value'; readonly type: RelationName; readonly value: string; readonly to: string }
  /** A range, or a base type. `isShell`: its name alone, another CREATE TYPE says what it is. */
  | { readonly kind: 'create-type'; readonly type: RelationName; readonly isShell: boolean }
  | { readonly kind: 'alter-type'; readonly type: RelationName }
  | { readonly kind: 'create-composite'; readonly type: RelationName; readonly attributes: readonly ColumnDefinition[] }
  | ({ readonly kind: 'add-attribute'; readonly attribute: ColumnDefinition } & OfComposite)
  | ({ readonly kind: 'drop-attribute'; readonly attribute: string; readonly ifExists: boolean } & OfComposite)
  | ({
      readonly kind: 'alter-attribute';
      readonly attribute: string;
      readonly to: ColumnType;
      readonly collation: string | undefined;
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
  | { readonly kind: 'drop-domain-constraint'; readonly domain: RelationName; readonly constraint: DroppedConstraint }
  | { readonly kind: 'rename-domain-constraint'; readonly domain: RelationName; readonly constraint: string; readonly to: string }
  /** Undefined: DROP DEFAULT. */
  | { readonly kind: 'set-domain-default'; readonly domain: RelationName; readonly default: Expression | undefined }
  | { readonly kind: 'drop-type'; readonly type: RelationName; readonly ifExists: boolean; readonly cascade: boolean }
  | {
      readonly kind: 'create-function';
      readonly replace: boolean;
      readonly function: RelationName;
      readonly signature: FunctionSignature;
      /** Of what goes in, as written: `app.status[]`. */
      readonly argumentTypes: readonly string[];
      /** Of what goes in, and of what comes out. */
      readonly types: readonly RelationName[];
      readonly volatility: Volatility;
      /** RETURNS trigger: nobody calls it but a trigger. */
      readonly forTriggers: boolean;
      /** The one expression that PostgreSQL puts in place of a call, for a SQL function that is `SELECT expression`. */
      readonly inlined: Expression | undefined;
      /** LANGUAGE sql: PostgreSQL may put the body in place of a call, which is as volatile as that then. */
      readonly mayBeInlined: boolean;
      /** What the body of a SQL function does to rows. */
      readonly writes: readonly RowAction[];
      readonly body: FunctionBody;
      /** SECURITY DEFINER: it runs with the rights of its owner. */
      readonly definer: boolean;
      /** Its names mean the same for whoever calls it: SET search_path, or a body that is read when it is made. */
      readonly bindsNames: boolean;
      /** What its arguments' defaults name, and a body that is read when it is made: BEGIN ATOMIC. A string is read when it is called. */
      readonly clause: Omit<Clause, 'own'>;
    }
  | ({
      readonly kind: 'alter-function';
      /** Undefined: it stays as it is. */
      readonly volatility: Volatility | undefined;
      readonly definer: boolean | undefined;
      readonly bindsNames: boolean;
    } & OfFunction)
  | ({ readonly kind: 'drop-function'; readonly ifExists: boolean; readonly cascade: boolean } & OfFunction)
  /** RENAME TO and SET SCHEMA. */
  | ({ readonly kind: 'move-function'; readonly to: Partial<QualifiedName> } & OfFunction)
  | {
      readonly kind: 'create-sequence';
      readonly sequence: RelationName;
      readonly ifNotExists: boolean;
      readonly persistence: Persistence;
      readonly ownedBy: ColumnName | undefined;
    }
  /** ALTER SEQUENCE with anything but OWNED BY: RESTART, AS, INCREMENT, …. `persistence`: SET LOGGED, SET UNLOGGED. */
  | { readonly kind: 'alter-sequence'; readonly sequence: RelationName; readonly ifExists: boolean; readonly persistence: Persistence | undefined }
  /** ALTER SEQUENCE … OWNED BY; undefined is NONE. */
  | { readonly kind: 'own-sequence'; readonly sequence: RelationName; readonly ifExists: boolean; readonly ownedBy: ColumnName | undefined }
  | { readonly kind: 'drop-sequence'; readonly sequence: RelationName; readonly ifExists: boolean; readonly cascade: boolean }
  | { readonly kind: 'drop-database'; readonly database: string }
  /** Any other object: an extension, a collation, an operator. */
  | { readonly kind: 'drop-object'; readonly object: string; readonly cascade: boolean }
  /** ALTER ROLE … SET, ALTER DATABASE … SET: from the next connection on. Undefined: RESET ALL. */
  | { readonly kind: 'set-connection-default'; readonly owner: DefaultOwner; readonly assignment: Assignment | undefined }
  /** CREATE CAST, CREATE OPERATOR CLASS: types can do what they could not. */
  | { readonly kind: 'extend-types' }
  | { readonly kind: 'create-extension'; readonly extension: string }
  /** IMPORT FOREIGN SCHEMA: the tables of another server, into a schema of this one. */
  | { readonly kind: 'import-schema'; readonly schema: string }
  /** A change of the catalogs that locks no table: roles, extensions, operators, publications, sequences and the like. */
  | { readonly kind: 'catalog-only' };
