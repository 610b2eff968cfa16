// REFRESH MATERIALIZED VIEW without CONCURRENTLY.

import { blocksWhileWorking, onChange, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-refresh',
  category: 'locking',
  summary: 'REFRESH MATERIALIZED VIEW of an existing view without CONCURRENTLY',
  hazard: 'Nobody can read the view until it is computed anew',
  remedy: 'REFRESH MATERIALIZED VIEW CONCURRENTLY; the view needs a unique index for that',
  severity: 'error',
  since: '0.1.0',
  on: 'refresh',
  when: ({ concurrently }, { effects }) => !concurrently && effects.some(blocksWhileWorking),
  message: (_change, { effects }) => `Refreshing ${tablesOf(effects)} blocks everybody who reads it until it is computed anew`,
});
