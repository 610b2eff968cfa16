// DROP COLUMN of a column that running code may use.

import { isSameName, onChange, outcomeOf, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'dropped-column',
  category: 'compatibility',
  summary: 'A column of an existing table is dropped',
  hazard: 'Running code that still names the column fails, as does what an ORM builds from the columns that it has read at its start',
  remedy: 'First deploy code that neither reads nor writes it; drop it in a later migration',
  severity: 'warning',
  since: '0.1.0',
  on: 'drop-column',
  when: (change, context) => isUsed(change, context) && fateOf(change, context) !== 'kept',
  message: (change, context) => {
    const column = `${printName(context.before.qualify(change.table))}.${change.column}`;
    return fateOf(change, context) === 'emptied'
      ? `All values of ${column} are lost: the column is dropped and added anew`
      : `Running code that still uses ${column} fails until it is deployed anew, and its values are lost`;
  },
  help: (change, context) =>
    fateOf(change, context) === 'emptied'
      ? 'Change the column as it is; or add the new one under another name, and copy the values before the old one goes'
      : undefined,
});

type DroppedColumn = ChangeOf<'drop-column'>;

function isUsed({ table, column }: DroppedColumn, { before }: ChangeContext): boolean {
  return before.isLive(table) && before.column(table, column) !== 'absent' && !before.isNewColumn(table, column);
}

/** What is under its name when the transaction ends. Where the table itself has another name by then, that says it all. */
function fateOf({ table, column }: DroppedColumn, context: ChangeContext): 'gone' | 'emptied' | 'kept' {
  const { before, timeline } = context;
  const name = before.qualify(table);
  const outcome = outcomeOf(context, timeline);
  const [relation, now, old] = [outcome.find(name), outcome.column(name, column), before.column(name, column)];
  if (relation === 'absent') return 'kept';
  if (typeof now === 'string') return 'gone';
  const renames = timeline.acts.get('rename-column') ?? [];
  const isRenamed = renames.some(
    ({ change, before: then }) => change.kind === 'rename-column' && change.to === column && isSameName(then.qualify(change.table), name),
  );
  const isFilled = timeline.links.writingsOf(name).some(({ action, isInBlock }) => !isInBlock && action.fills.includes(column));
  const isComputed = typeof old !== 'string' && old.generated !== undefined;
  const isView = relation !== 'unknown' && relation.kind === 'view';
  return isRenamed || isFilled || isComputed || isView ? 'kept' : 'emptied';
}
