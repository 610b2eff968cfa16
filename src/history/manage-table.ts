// What is known of a table behind the call that hands it over to an extension.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Management } from '../model/management.ts';
import { updateRelation } from './relation.ts';

export function manageTable(catalog: Catalog, { table, management }: ChangeOf<'manage-table'>): Catalog {
  return updateRelation(catalog, table, (relation) => ({ ...relation, management: managementBehind(relation.management, management) }));
}

function managementBehind(before: Management | undefined, said: ChangeOf<'manage-table'>['management']): Management | undefined {
  if (said === 'none') return undefined;
  if (said.kind !== 'further-column') return said;
  const known = before?.kind === 'hypertable' ? before.columns : 'unknown';
  return { kind: 'hypertable', columns: known === 'unknown' || said.column === undefined ? 'unknown' : [...known, said.column] };
}
