// Everything that a statement can do to a schema, in our own words. ALTER TABLE a, b, c is three changes.

import type { Span } from '../text/span.ts';
import type { ColumnChange } from './changes/column-changes.ts';
import type { IndexChange } from './changes/index-changes.ts';
import type { ObjectChange } from './changes/object-changes.ts';
import type { TableChange } from './changes/table-changes.ts';

export type Change = { readonly span: Span } & (TableChange | ColumnChange | IndexChange | ObjectChange);

export type ChangeKind = Change['kind'];

export type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>;
