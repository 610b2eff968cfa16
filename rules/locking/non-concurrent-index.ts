// CREATE INDEX on a table in use.

import { blocksWhileWorking, leavingIn, managementOf, onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'non-concurrent-index',
  category: 'locking',
  summary: 'An index is built on an existing table without CONCURRENTLY',
  hazard: 'Every write to the table waits until the build ends',
  remedy: 'Build it with CREATE INDEX CONCURRENTLY, outside a transaction',
  severity: 'error',
  since: '0.1.0',
  on: 'create-index',
  when: (index, { effects }) => !index.concurrently && effects.some(blocksWhileWorking),
  message: ({ table }, { before }) => `Building this index blocks writes to ${printName(before.qualify(table))} until it is done`,
  help: ({ table, index }, { before, step }) => {
    const management = managementOf(table, before);
    if (management?.kind === 'hypertable' || management?.kind === 'continuous-aggregate') return index.unique ? uniqueOfPieces : `${ofPieces}${leavingIn(step)}`;
    return before.isPartitioned(table) ? onPartitions : `Build it with CREATE INDEX CONCURRENTLY, outside a transaction${leavingIn(step)}`;
  },
});

const ofPieces = 'TimescaleDB refuses CONCURRENTLY here: build it WITH (timescaledb.transaction_per_chunk), outside a transaction';
const uniqueOfPieces = 'TimescaleDB refuses CONCURRENTLY here, and can build a unique index in one transaction only: do it in a maintenance window';

const onPartitions =
  'PostgreSQL refuses CONCURRENTLY on a partitioned table: create the index ON ONLY the table, build one on each partition ' +
  'with CREATE INDEX CONCURRENTLY, and attach them with ALTER INDEX … ATTACH PARTITION';
