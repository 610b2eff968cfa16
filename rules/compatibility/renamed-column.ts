// RENAME COLUMN of a column that running code may use.

import { isBefore, isSameName, onChange, outcomeOf, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'renamed-column',
  category: 'compatibility',
  summary: 'A column of an existing table is renamed',
  hazard: 'Code runs with the old name until it is deployed anew, and fails as long as that takes',
  remedy: 'Add a column of the new name, write both, move the reads, and drop the old one in the end',
  severity: 'warning',
  since: '0.1.0',
  on: 'rename-column',
  when: (change, context) => {
    const { table, column } = change;
    const { before, timeline } = context;
    if (isOwnName(change, context) || !before.isLive(table) || before.column(table, column) === 'absent' || before.isNewColumn(table, column)) return false;
    const name = before.qualify(table);
    const outcome = outcomeOf(context, timeline);
    return outcome.find(name) !== 'absent' && typeof outcome.column(name, column) === 'string';
  },
  message: ({ table, column, to }, { before }) =>
    `Running code that still uses ${printName(before.qualify(table))}.${column} fails until it is deployed with the name ${to}`,
});

/** A name that the migration itself has given it, or it takes the place of a column that went before: code knows that one. */
function isOwnName({ table, column, to }: ChangeOf<'rename-column'>, { before, step, timeline }: ChangeContext): boolean {
  const name = before.qualify(table);
  const renames = timeline.acts.get('rename-column') ?? [];
  return renames.some(({ change, before: then, step: other }) => {
    if (change.kind !== 'rename-column' || (change.to !== column && change.column !== to)) return false;
    return isBefore(other, step) && isSameName(then.qualify(change.table), name);
  });
}
