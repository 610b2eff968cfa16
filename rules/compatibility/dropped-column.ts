// DROP COLUMN of a column that running code may use.

import { isBefore, isSameName, isView, onChange, outcomeOf, printName, type ChangeContext, type ChangeOf, type QualifiedName, type Relation, type Timeline } from '../../src/rule/index.ts';

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
    const now = outcomeOf(context, context.timeline).find(context.before.qualify(change.table));
    const how = typeof now !== 'string' && isView(now) ? 'a view that does not hold them has the name of the table now' : 'the column is dropped and added anew';
    return fateOf(change, context) === 'emptied'
      ? `All values of ${column} are lost: ${how}`
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
    ({ change, before: then, step }) =>
      change.kind === 'rename-column' && change.to === column && isBefore(context.step, step) && isSameName(then.qualify(change.table), name),
  );
  const isFilled = timeline.links.writingsOf(name).some(({ step, action, isInBlock }) => !isInBlock && isBefore(context.step, step) && action.fills.includes(column));
  const isComputed = typeof old !== 'string' && old.generated !== undefined;
  const isRead = relation !== 'unknown' && isView(relation) && readsOthers(relation, name, timeline);
  return isRenamed || isFilled || isComputed || isRead ? 'kept' : 'emptied';
}

/** It reads more than the table itself, under the name that this has by now. */
function readsOthers(view: Relation, table: QualifiedName, { acts }: Timeline): boolean {
  const renames = (acts.get('rename-relation') ?? []).flatMap(({ change, before }) => {
    return change.kind === 'rename-relation' && isSameName(before.qualify(change.relation), table) ? [{ schema: table.schema, name: change.to }] : [];
  });
  return view.reads.some(({ relation }) => !renames.some((name) => isSameName(name, relation)));
}
