// REINDEX without CONCURRENTLY.

import { blocksWhileWorking, leavingIn, onChange, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-reindex',
  category: 'locking',
  summary: 'REINDEX of an existing table or index without CONCURRENTLY',
  hazard: 'Writes wait until the rebuild ends, and so do reads that the planner would look up in the index',
  remedy: 'REINDEX … CONCURRENTLY, outside a transaction',
  severity: 'error',
  since: '0.1.0',
  on: 'reindex',
  when: ({ concurrently }, { effects }) => !concurrently && effects.some(blocksWhileWorking),
  message: (_change, { effects }) =>
    `This rebuild blocks writes, and reads that use the index, until it is done: ${tablesOf(effects)}`,
  help: (_change, { step }) => `REINDEX … CONCURRENTLY, outside a transaction${leavingIn(step)}`,
});
