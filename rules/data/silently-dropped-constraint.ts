// DROP COLUMN that takes along a constraint or an index over several columns.

import { list, onChange, outcomeOf, partsOf, printName, type ChangeContext, type ChangeOf, type TablePart } from '../../src/rule/index.ts';

export default onChange({
  id: 'silently-dropped-constraint',
  category: 'data',
  summary: 'A column is dropped that is part of a constraint or an index over several columns',
  hazard: 'PostgreSQL drops all of it without a word: what was kept apart may be there twice from now on, and queries read the whole table',
  remedy: 'In the same migration, add what the other columns still need; on a large table, build the index CONCURRENTLY before',
  severity: 'warning',
  since: '0.1.0',
  on: 'drop-column',
  when: (change, context) => lostWith(change, context).length > 0,
  message: (change, context) => {
    const table = printName(context.before.qualify(change.table));
    const lost = lostWith(change, context).map(({ name, words, columns }) => `${name} (${words} on ${list(columns)})`);
    return `Dropping ${change.column} of ${table} also drops ${list(lost)}`;
  },
});

/** Parts over this column and others that stay, in whose place nothing has come when the migration ends. */
function lostWith({ table, column }: ChangeOf<'drop-column'>, { before, step, outcome, timeline }: ChangeContext): TablePart[] {
  const name = before.qualify(table);
  const [relation, end] = [before.find(name), outcomeOf({ step: timeline.steps.at(-1) ?? step, outcome }, timeline).find(name)];
  if (typeof relation === 'string' || typeof end === 'string' || !before.isLive(name)) return [];
  const start = timeline.steps[0]?.before.find(name) ?? relation;
  const known = partsOf(typeof start === 'string' ? relation : start);
  const now = partsOf(end);
  return partsOf(relation).filter((part) => {
    const rest = part.columns.filter((other) => other !== column && end.columns.has(other));
    const isLost = part.columns.includes(column) && rest.length > 0;
    const isForColumn = part.use === 'index' && part.columns[0] === column;
    return isLost && !isForColumn && !now.some((other) => isInPlaceOf(other, part, rest, known));
  });
}

/** What is new and about the same columns; a key on fewer columns, or an index that begins in the same way, may be old. */
function isInPlaceOf(other: TablePart, lost: TablePart, rest: readonly string[], known: readonly TablePart[]): boolean {
  const isNew = !known.some(({ name }) => name === other.name);
  if (lost.use === 'index') return (other.use === 'index' || other.use === 'key') && other.columns[0] === rest[0];
  if (other.use !== lost.use) return false;
  return (isNew && rest.some((column) => other.columns.includes(column))) || (lost.use === 'key' && other.columns.every((column) => rest.includes(column)));
}
