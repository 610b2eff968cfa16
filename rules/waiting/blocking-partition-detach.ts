// DETACH PARTITION without CONCURRENTLY.

import { isBlocking, leavingIn, onChange, printName, type Catalog, type RelationName } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-partition-detach',
  category: 'waiting',
  summary: 'DETACH PARTITION of an existing table without CONCURRENTLY',
  hazard: 'Reads and writes of the whole partitioned table queue behind the statement while it waits for its lock',
  remedy: 'DETACH PARTITION … CONCURRENTLY, outside a transaction',
  severity: 'warning',
  since: '0.1.0',
  on: 'detach-partition',
  when: ({ mode, table }, { effects, before }) => mode === 'plain' && effects.some(isBlocking) && !hasDefaultPartition(table, before),
  message: ({ table }, { before }) =>
    `Detaching this partition waits for ACCESS EXCLUSIVE on ${printName(before.qualify(table))}; all reads and writes queue behind it`,
  help: (_change, { step }) => `DETACH PARTITION … CONCURRENTLY, outside a transaction${leavingIn(step)}`,
});

/** PostgreSQL refuses CONCURRENTLY there. */
function hasDefaultPartition(table: RelationName, catalog: Catalog): boolean {
  return catalog.descendants(table).some(({ partitionOf }) => partitionOf?.bound.kind === 'default');
}
