// CONCURRENTLY for an index of a partitioned table, which PostgreSQL has not learned yet.

import { onChange, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'concurrent-index-on-partitioned-table',
  category: 'failing',
  summary: 'An index of a partitioned table is created or dropped CONCURRENTLY',
  hazard: 'PostgreSQL refuses it on every version up to 18',
  remedy:
    'Create the index ON ONLY the table, build one on each partition with CREATE INDEX CONCURRENTLY, and attach them with ' +
    'ALTER INDEX … ATTACH PARTITION',
  severity: 'error',
  since: '0.1.0',
  on: ['create-index', 'drop-index'],
  when: (change, context) => change.concurrently && isOfPartitioned(change, context),
  message: (change, { before }) =>
    change.kind === 'create-index'
      ? `PostgreSQL can't build an index CONCURRENTLY on ${printName(before.qualify(change.table))}, which is partitioned`
      : `PostgreSQL can't drop ${printName(before.qualifyIndex(change.index))} CONCURRENTLY: its table is partitioned`,
  help: ({ kind }) =>
    kind === 'drop-index' ? 'Drop it without CONCURRENTLY, with a short lock_timeout: nothing is read or written for it' : undefined,
});

function isOfPartitioned(change: ChangeOf<'create-index' | 'drop-index'>, { before }: ChangeContext): boolean {
  if (change.kind === 'create-index') return before.isPartitioned(change.table);
  const table = before.tableOfIndex(change.index);
  return typeof table !== 'string' && before.isPartitioned(table);
}
