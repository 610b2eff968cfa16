// ATTACH PARTITION, or a new partition beside a default one, where PostgreSQL must read rows to see where they belong.

import { blocksWhileWorking, onChange, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'unproven-partition',
  category: 'locking',
  summary: 'A partition is attached or made where no CHECK proves which rows belong to it',
  hazard: 'All rows of the partition, or of the default partition, are read while neither reads nor writes get through',
  remedy:
    'First add a CHECK that implies the bounds (for the default partition, one that excludes them) NOT VALID, VALIDATE it in a later ' +
    'transaction, and then attach',
  severity: 'error',
  since: '0.1.0',
  on: ['attach-partition', 'create-table'],
  when: (_change, { effects }) => effects.some((effect) => blocksWhileWorking(effect) && effect.work.includes('scan')),
  message: (change, { effects }) => {
    const what = change.kind === 'attach-partition' ? 'Attaching this partition' : 'Making this partition';
    return `${what} reads all rows of ${tablesOf(effects)} while reads and writes wait`;
  },
});
