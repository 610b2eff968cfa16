// A name in a statement that PostgreSQL looks up before it runs it: what it means has to be there.

import type { Span } from '../text/span.ts';
import type { RelationName } from './names.ts';

/** What belongs to a table, and is named with it. */
export type PartKind = 'constraint' | 'trigger' | 'policy' | 'rule' | 'index';

/** `before`: when the statement begins · `behind`: when what it says of the table is done, as a CHECK of CREATE TABLE reads it. */
export type LookedUp = 'before' | 'behind';

export type Mentioned =
  /** Anything that stands in pg_class. */
  | { readonly kind: 'relation'; readonly name: RelationName }
  | { readonly kind: 'index'; readonly name: RelationName }
  /** One of them has to have it. `isField`: named behind its table, where a function of the row is found as well. */
  | { readonly kind: 'column'; readonly column: string; readonly of: readonly RelationName[]; readonly isField: boolean; readonly at: LookedUp }
  | { readonly kind: 'parent'; readonly table: RelationName; readonly parent: RelationName }
  | { readonly kind: 'partition'; readonly table: RelationName; readonly partition: RelationName }
  | { readonly kind: 'part'; readonly part: PartKind; readonly table: RelationName; readonly name: string }
  | { readonly kind: 'type'; readonly name: RelationName }
  | { readonly kind: 'domain-constraint'; readonly domain: RelationName; readonly name: string }
  | { readonly kind: 'enum-value'; readonly type: RelationName; readonly value: string }
  | { readonly kind: 'attribute'; readonly type: RelationName; readonly name: string }
  /** Undefined: the name stands alone. */
  | { readonly kind: 'function'; readonly name: RelationName; readonly argumentTypes: readonly string[] | undefined }
  | { readonly kind: 'schema'; readonly name: string }
  /** Where something new is made: the schema that it names, or one of the search path. */
  | { readonly kind: 'place'; readonly name: RelationName }
  | { readonly kind: 'statistics'; readonly name: RelationName }
  | { readonly kind: 'publication'; readonly name: string }
  | { readonly kind: 'published-table'; readonly publication: string; readonly table: RelationName };

export type Mention = Mentioned & { readonly span: Span };
