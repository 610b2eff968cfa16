// What two foreign keys have in common: one of a partition that says the same can become the partitioned table's.

import type { ForeignKeyConstraint } from './constraint.ts';
import { isSameName } from './names.ts';
import type { Relation, TableConstraint } from './relation.ts';

export type ForeignKey = Extract<TableConstraint, { readonly type: 'foreign-key' }>;

/** Whether it is valid is no part of what it says, nor its name. */
type Terms = Pick<ForeignKey, 'columns' | 'references' | 'referencedColumns' | 'deferrable' | 'deferred' | 'onDelete' | 'onUpdate'>;

/** In columns, in when and in what it does. Source: tryAttachPartitionForeignKey() in src/backend/commands/tablecmds.c. */
export function isSameKey(left: Terms, right: Terms): boolean {
  return isSameName(left.references, right.references) && termsOf(left) === termsOf(right);
}

function termsOf({ columns, referencedColumns, deferrable, deferred, onDelete, onUpdate }: Terms): string {
  return JSON.stringify([columns, referencedColumns, deferrable, deferred, onDelete, onUpdate]);
}

export function foreignKeysOf(relation: Relation | undefined): readonly ForeignKey[] {
  return relation?.constraints.flatMap((one) => (one.type === 'foreign-key' ? [one] : [])) ?? [];
}

/** What REFERENCES without columns means. `referenced`: the table on the other side, where it is known. */
export function columnsReferenced({ referencedColumns }: Pick<ForeignKeyConstraint, 'referencedColumns'>, referenced: Relation | undefined): readonly string[] {
  if (referencedColumns.length > 0) return referencedColumns;
  return referenced?.constraints.flatMap((one) => (one.type === 'primary-key' ? one.columns : [])) ?? [];
}
