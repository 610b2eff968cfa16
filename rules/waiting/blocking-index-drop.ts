// DROP INDEX of a table in use without CONCURRENTLY.

import { isBlocking, leavingIn, onChange, tablesLocked } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-index-drop',
  category: 'waiting',
  summary: 'DROP INDEX of an existing table without CONCURRENTLY',
  hazard: 'Reads and writes of the table queue behind the statement while it waits for its lock',
  remedy: 'DROP INDEX CONCURRENTLY, outside a transaction',
  severity: 'warning',
  since: '0.1.0',
  on: 'drop-index',
  when: ({ concurrently, index, cascade }, { effects, before }) => {
    const table = before.tableOfIndex(index);
    const isOfPartitions = table !== 'absent' && table !== 'unknown' && before.isPartitioned(table);
    return !concurrently && !cascade && !isOfPartitions && effects.some(isBlocking);
  },
  message: (_change, { effects }) => `Dropping this index waits for ACCESS EXCLUSIVE on ${tablesLocked(effects)}; all reads and writes queue behind it`,
  help: (_change, { step }) => `DROP INDEX CONCURRENTLY, outside a transaction${leavingIn(step)}`,
});
