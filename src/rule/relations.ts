// What kind of thing a name stands for.

import type { Catalog } from '../model/catalog.ts';
import type { Management } from '../model/management.ts';
import type { RelationName } from '../model/names.ts';

/** A table, partitioned or not; what history does not show is taken for one. */
export function isTable(name: RelationName, catalog: Catalog): boolean {
  const relation = catalog.find(name);
  if (relation === 'unknown') return !catalog.isIndexName(catalog.qualify(name));
  return relation !== 'absent' && (relation.kind === 'table' || relation.kind === 'partitioned-table');
}

/** The extension's word for a table that it looks after; undefined for all others, and for those that history does not show. */
export function managementOf(name: RelationName, catalog: Catalog): Management | undefined {
  const relation = catalog.find(name);
  return typeof relation === 'string' ? undefined : relation.management;
}
