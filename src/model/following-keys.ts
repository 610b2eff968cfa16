// Foreign keys that make rows of other tables follow: CASCADE, SET NULL and SET DEFAULT.

import type { Catalog } from './catalog.ts';
import { isSameName, type QualifiedName, type RelationName } from './names.ts';

export type KeyChange = 'delete' | 'update';

/** What happens to the rows of a table that point to rows which are deleted or changed. `columns`: those that are changed with them. */
export interface FollowingRows {
  readonly table: QualifiedName;
  readonly verb: KeyChange;
  readonly columns: readonly string[];
}

/** `changed`: columns that get other values; `all` where nobody knows which. */
export function followingRows(catalog: Catalog, name: RelationName, change: KeyChange, changed: readonly string[] | 'all'): FollowingRows[] {
  const referenced = catalog.find(name);
  if (typeof referenced === 'string') return [];
  const isTouched = (column: string): boolean => changed === 'all' || changed.includes(column);
  return [...referenced.referencedBy.values(), referenced.name].flatMap((table) => {
    const referencing = catalog.find(table);
    if (typeof referencing === 'string') return [];
    return referencing.constraints.flatMap((key): FollowingRows[] => {
      if (key.type !== 'foreign-key' || !key.enforced || !isSameName(key.references, referenced.name)) return [];
      const action = change === 'delete' ? key.onDelete : key.onUpdate;
      if (action === undefined || (change === 'update' && !key.referencedColumns.some(isTouched))) return [];
      return [{ table: referencing.name, verb: action.kind === 'cascade' ? change : 'update', columns: key.columns }];
    });
  });
}
