// SET NOT NULL on a column that earlier statements added without a value and never filled.

import { isBefore, onChange, printName, type ChangeContext, type ChangeOf, type RowAction } from '../../src/rule/index.ts';

export default onChange({
  id: 'not-null-without-backfill',
  category: 'failing',
  summary: 'SET NOT NULL on a column that the history added without a value and never filled',
  hazard: 'PostgreSQL refuses it as soon as it meets a row from before the column was added',
  remedy: 'Give new rows a default, then fill the old ones: UPDATE … SET column = … WHERE column IS NULL, in batches, in a migration before this one',
  severity: 'error',
  since: '0.1.0',
  on: 'set-not-null',
  when: ({ table, column }, { before }) => before.isLive(table) && before.emptySince(table, column) !== undefined,
  message: (change, context) => {
    const rows = `rows of ${printName(context.before.qualify(change.table))} that are older than ${change.column}`;
    if (!isOfThisMigration(change, context)) return `SET NOT NULL fails if ${rows} still hold NULL; no migration has filled them`;
    return mayBeExchanged(change, context)
      ? `SET NOT NULL fails if ${rows} are left: they hold NULL, and no statement fills them`
      : `SET NOT NULL fails: ${rows} hold NULL, and no statement fills them`;
  },
  atMost: (change, context) => (isOfThisMigration(change, context) && !mayBeExchanged(change, context) ? undefined : 'warning'),
});

/** Between two migrations, something else may have filled the column. */
function isOfThisMigration({ table, column }: ChangeOf<'set-not-null'>, { before }: ChangeContext): boolean {
  return before.emptySince(table, column)?.migration === before.parts.moment.migration;
}

/** Rows were deleted, or brought from elsewhere: of the older ones, none need be left. */
function mayBeExchanged({ table }: ChangeOf<'set-not-null'>, { before, step, timeline }: ChangeContext): boolean {
  const writings = timeline.links.writingsOf(before.qualify(table));
  return writings.some(({ step: other, action }) => exchanges(action) && !isBefore(step, other));
}

function exchanges({ verb, rows }: RowAction): boolean {
  return verb === 'delete' || verb === 'merge' || verb === 'copy' || (verb === 'insert' && rows.kind === 'given');
}
