// What code asks before it does something, as far as a history can answer: is an object there?

import type { ConstraintType } from './constraint.ts';
import type { TableKind } from './relation.ts';

export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** `isExact`: false where more is asked than can be told, so that an object of the kind may not be the one that is meant. */
  | { readonly kind: 'exists'; readonly object: CatalogObject; readonly isExact: boolean }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  /** What was answered before, and kept in a variable. */
  | { readonly kind: 'answered'; readonly question: Condition }
  /** Only the server knows. */
  | { readonly kind: 'unknown' };

/** `path`: where a name without a schema is found. */
export type SchemaPattern = { readonly kind: 'any' } | { readonly kind: 'path' } | { readonly kind: 'named'; readonly name: string };

export interface NamePattern {
  readonly name: string;
  readonly schema: SchemaPattern;
}

/** Without `table`, of any table. */
interface OfTable {
  readonly name: NamePattern;
  readonly table: NamePattern | undefined;
}

export type CatalogObject =
  /** Without `kinds`, anything that stands in pg_class. */
  | { readonly kind: 'relation'; readonly name: NamePattern; readonly kinds: readonly TableKind[] | undefined }
  | ({ readonly kind: 'index' } & OfTable)
  | { readonly kind: 'column'; readonly table: NamePattern; readonly name: string }
  /** Without `name` or `types`, of any. */
  | {
      readonly kind: 'constraint';
      readonly name: NamePattern | undefined;
      readonly table: NamePattern | undefined;
      readonly types: readonly ConstraintType[] | undefined;
    }
  | ({ readonly kind: 'trigger' } & OfTable)
  | ({ readonly kind: 'policy' } & OfTable)
  | { readonly kind: 'type'; readonly name: NamePattern }
  /** Without `type`, of any enum. */
  | { readonly kind: 'enum-value'; readonly type: NamePattern | undefined; readonly value: string }
  /** A migration in the list of those that were run, which Entity Framework's script asks for before each of its statements. */
  | { readonly kind: 'run-migration' };

export type CatalogObjectOf<K extends CatalogObject['kind']> = Extract<CatalogObject, { readonly kind: K }>;
