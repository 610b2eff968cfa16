// EXCLUDE on a table in use.

import { blocksWhileWorking, onChange, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-exclusion-constraint',
  category: 'locking',
  summary: 'An exclusion constraint is added to an existing table',
  hazard: 'Its index is built and all rows are compared while neither reads nor writes get through',
  remedy:
    'There is no way to add one online: make a new table with it, copy the rows, and swap the two; or do it in a maintenance window',
  severity: 'error',
  since: '0.1.0',
  on: 'add-constraint',
  when: ({ constraint }, { effects }) => constraint.type === 'exclusion' && effects.some(blocksWhileWorking),
  message: ({ constraint }, { effects }) =>
    `Adding ${constraint.name ?? 'this exclusion constraint'} builds its index while reads and writes of ${tablesOf(effects)} wait`,
});
