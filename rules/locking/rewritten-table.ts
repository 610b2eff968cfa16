// Statements that write a whole table anew, whatever is in it.

import { blocksWhileWorking, onChange, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'rewritten-table',
  category: 'locking',
  summary: 'SET LOGGED, SET TABLESPACE, SET ACCESS METHOD, CLUSTER, VACUUM FULL or REPACK on an existing table',
  hazard: 'The whole table is written anew while neither reads nor writes get through',
  remedy: 'Use a tool that copies the table while it is in use, such as pg_repack, or a maintenance window',
  severity: 'error',
  since: '0.1.0',
  on: ['set-persistence', 'set-tablespace', 'move-all', 'set-access-method', 'cluster', 'vacuum', 'repack'],
  when: (_change, { effects }) => effects.some(blocksWhileWorking),
  help: (_change, { step }) => (step.version < 19 ? undefined : 'REPACK (CONCURRENTLY) in place of CLUSTER and VACUUM FULL, outside a transaction; for the rest, a maintenance window'),
  message: (_change, { effects }) => `This writes all of ${tablesOf(effects)} anew while reads and writes wait`,
});
