// SPLIT PARTITION and MERGE PARTITIONS, which PostgreSQL 19 brings.

import { blocksWhileWorking, onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-partition-split',
  category: 'locking',
  summary: 'SPLIT PARTITION or MERGE PARTITIONS of an existing table',
  hazard: 'Neither reads nor writes of the whole partitioned table get through until all rows of the partition are moved',
  remedy: 'Detach the partition CONCURRENTLY, copy its rows to the new ones in batches, and attach those; or wait for a maintenance window',
  severity: 'error',
  since: '0.2.0',
  on: ['split-partition', 'merge-partitions'],
  when: (_change, { effects }) => effects.some(blocksWhileWorking),
  message: ({ kind, table }, { before }) =>
    `${kind === 'split-partition' ? 'Splitting this partition' : 'Merging these partitions'} moves all rows while reads and writes of ${printName(before.qualify(table))} wait`,
});
