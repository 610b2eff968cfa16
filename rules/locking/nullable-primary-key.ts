// PRIMARY KEY USING INDEX on columns that may hold NULL.

import { blocksWhileWorking, onChange, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'nullable-primary-key',
  category: 'locking',
  summary: 'PRIMARY KEY USING INDEX on a column that nothing proves to be NOT NULL',
  hazard: 'All rows are read while neither reads nor writes get through, though the index is there already',
  remedy: 'First prove it: add CHECK (column IS NOT NULL) NOT VALID, VALIDATE it in a later transaction, and SET NOT NULL',
  severity: 'error',
  since: '0.1.0',
  on: 'add-constraint',
  when: ({ constraint }, { effects }) =>
    constraint.type === 'primary-key' && constraint.usingIndex !== undefined && effects.some(blocksWhileWorking),
  message: (_change, { effects }) =>
    `Making this index the primary key reads all rows of ${tablesOf(effects)} to see that none is NULL`,
});
