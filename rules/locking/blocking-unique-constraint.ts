// UNIQUE or PRIMARY KEY whose index is built under the lock of ALTER TABLE.

import { blocksWhileWorking, leavingIn, managementOf, onChange, tablesOf, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'blocking-unique-constraint',
  category: 'locking',
  summary: 'A UNIQUE or PRIMARY KEY constraint is added to an existing table without USING INDEX',
  hazard: 'Its index is built while neither reads nor writes get through',
  remedy: 'CREATE UNIQUE INDEX CONCURRENTLY first, outside a transaction, then ADD CONSTRAINT … USING INDEX',
  severity: 'error',
  since: '0.1.0',
  on: ['add-constraint', 'add-column'],
  when: (change, { effects }) =>
    keyOf(change) !== undefined && effects.some((effect) => blocksWhileWorking(effect) && effect.work.includes('index-build')),
  message: (change, { effects }) => `Adding ${keyOf(change)} builds an index while reads and writes of ${tablesOf(effects)} wait`,
  help: ({ table }, { before, step }) =>
    managementOf(table, before)?.kind === 'hypertable'
      ? onHypertable
      : before.isPartitioned(table)
        ? onPartitions
        : `CREATE UNIQUE INDEX CONCURRENTLY first, outside a transaction${leavingIn(step)}, then ADD CONSTRAINT … USING INDEX`,
});

const onHypertable = 'TimescaleDB refuses CONCURRENTLY and USING INDEX here: add it in a maintenance window';

const onPartitions =
  'ALTER TABLE ONLY … ADD CONSTRAINT first, which builds nothing; then give each partition its own, USING INDEX of an index built ' +
  'CONCURRENTLY, and attach the indexes with ALTER INDEX … ATTACH PARTITION';

function keyOf(change: ChangeOf<'add-constraint' | 'add-column'>): string | undefined {
  const constraints = change.kind === 'add-constraint' ? [change.constraint] : change.column.constraints;
  const key = constraints.find(({ type }) => type === 'unique' || type === 'primary-key');
  return key && (key.name ?? (key.type === 'unique' ? 'this UNIQUE constraint' : 'this primary key'));
}
