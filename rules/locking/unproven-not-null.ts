// SET NOT NULL where PostgreSQL must read all rows to believe it.

import { blocksWhileWorking, onChange, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'unproven-not-null',
  category: 'locking',
  summary: 'SET NOT NULL on an existing table without a validated CHECK that proves it',
  hazard: 'All rows are read while neither reads nor writes get through',
  remedy:
    'First fill the rows that hold NULL, then add CHECK (column IS NOT NULL) NOT VALID and, in a transaction of its own, VALIDATE it; ' +
    'SET NOT NULL then needs no scan, and the CHECK can go',
  severity: 'error',
  since: '0.1.0',
  on: 'set-not-null',
  when: (change, context) => context.effects.some(blocksWhileWorking) && !isRefused(change, context),
  message: ({ table, column }, { before }) =>
    `SET NOT NULL reads all rows of ${printName(before.qualify(table))} under ACCESS EXCLUSIVE, because nothing proves that ${column} holds no NULL`,
});

/** The migration itself has added the column and leaves it empty: that it fails is said by another rule. */
function isRefused({ table, column }: ChangeOf<'set-not-null'>, { before }: ChangeContext): boolean {
  return before.emptySince(table, column)?.migration === before.parts.moment.migration;
}
