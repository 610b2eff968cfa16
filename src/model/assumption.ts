// What an effect hangs on that history does not show.

import type { Extension } from './management.ts';
import type { QualifiedName, RelationName } from './names.ts';
import type { PostgresVersion } from './version.ts';

/** What is known of where the rows of a relation are kept, and how. */
export type StorageTrait = 'tablespace' | 'access-method' | 'persistence';

export type Assumption =
  /** The type that a column had before. */
  | { readonly kind: 'column-type'; readonly table: QualifiedName; readonly column: string }
  /** Whether a function is volatile. */
  | { readonly kind: 'volatility'; readonly function: RelationName }
  /** What a type is: a domain with a constraint, or anything else. */
  | { readonly kind: 'type'; readonly type: RelationName }
  /** The TimeZone of the session, by which values change or stay. */
  | { readonly kind: 'time-zone' }
  /** Whether a table is partitioned. */
  | { readonly kind: 'partitioned'; readonly table: QualifiedName }
  /** The table of an index. */
  | { readonly kind: 'index-table'; readonly index: QualifiedName }
  /** Whether there is a view of the name already. */
  | { readonly kind: 'view'; readonly view: QualifiedName }
  /** The types of columns that a query made. */
  | { readonly kind: 'query'; readonly relation: QualifiedName }
  /** The columns and constraints of a table. */
  | { readonly kind: 'constraints'; readonly table: QualifiedName }
  /** Whether a CHECK implies the bounds of a partition; the text of one or the other can't be followed. */
  | { readonly kind: 'bounds'; readonly table: QualifiedName }
  /** Whether a trigger, a policy or a rule is there. */
  | { readonly kind: 'attachment'; readonly table: QualifiedName; readonly name: string }
  /** Whether something of a relation needs what is dropped. */
  | { readonly kind: 'dependence'; readonly relation: QualifiedName }
  /** Whether a relation is there: code that may not have run makes it, or drops it. */
  | { readonly kind: 'existence'; readonly relation: QualifiedName }
  /** Whether rows of a table refer to those that are deleted or changed. */
  | { readonly kind: 'referencing-rows'; readonly table: QualifiedName }
  /** Whether a block gets to the statement. */
  | { readonly kind: 'branch' }
  /** Whose a relation is. */
  | { readonly kind: 'owner'; readonly relation: QualifiedName }
  /** What a version does that no server could be asked about: its documentation says it. */
  | { readonly kind: 'documentation'; readonly version: PostgresVersion }
  /** What the extension does that looks after a table. */
  | { readonly kind: 'extension'; readonly extension: Extension; readonly table: QualifiedName }
  | { readonly kind: 'storage'; readonly relation: QualifiedName; readonly trait: StorageTrait };
