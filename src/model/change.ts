// Everything that a statement can do to a schema, in our own words. ALTER TABLE a, b, c is three changes.

import type { Span } from '../text/span.ts';
import type { AttachmentChange } from './changes/attachment-changes.ts';
import type { ColumnChange } from './changes/column-changes.ts';
import type { IndexChange } from './changes/index-changes.ts';
import type { ObjectChange } from './changes/object-changes.ts';
import type { TableChange } from './changes/table-changes.ts';
import type { RelationName } from './names.ts';

interface ChangeBase {
  readonly span: Span;
  /** ALTER TABLE IF EXISTS, DROP TRIGGER IF EXISTS … ON: where there is no such relation, nothing happens. */
  readonly onlyIf?: RelationName;
}

export type Change = ChangeBase & (TableChange | ColumnChange | IndexChange | AttachmentChange | ObjectChange);

export type ChangeKind = Change['kind'];

export type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>;
