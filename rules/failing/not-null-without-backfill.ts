// SET NOT NULL on a column that earlier statements added without a value and never filled.

import { onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'not-null-without-backfill',
  category: 'failing',
  summary: 'SET NOT NULL on a column that the history added without a value and never filled',
  hazard: 'PostgreSQL refuses it as soon as it meets a row from before the column was added',
  remedy: 'Fill the column first: UPDATE … SET column = … WHERE column IS NULL, in batches, in a migration before this one',
  severity: 'error',
  since: '0.1.0',
  on: 'set-not-null',
  when: ({ table, column }, { before }) => before.isLive(table) && before.holdsNull(table, column),
  message: ({ table, column }, { before }) =>
    `SET NOT NULL fails: rows of ${printName(before.qualify(table))} that are older than ${column} hold NULL, and no statement fills them`,
});
