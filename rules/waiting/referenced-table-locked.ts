// A foreign key goes, with its table, its column or alone: the table at its other end is locked as well.

import {
  isBlocking,
  isSameName,
  isTable,
  list,
  onChange,
  printName,
  type ChangeContext,
  type Effect,
  type RelationName,
} from '../../src/rule/index.ts';

export default onChange({
  id: 'referenced-table-locked',
  category: 'waiting',
  summary: 'Dropping a foreign key, or a table or column that has one, locks the table at its other end',
  hazard: 'Reads and writes of a table that the statement does not name queue behind it',
  remedy: 'Do it under a short lock_timeout, in a transaction of its own, when the other table is quiet',
  severity: 'info',
  since: '0.1.0',
  on: ['drop-table', 'drop-constraint', 'drop-column'],
  when: ({ table }, context) => others(table, context).length > 0,
  message: ({ table }, context) => `This waits for ACCESS EXCLUSIVE on ${list(others(table, context))} as well, which it does not name`,
});

/** Other tables in use, without those above and below it in a tree of partitions. */
function others(table: RelationName, { effects, before, step }: ChangeContext): string[] {
  const own = [before.qualify(table), ...before.descendants(table).map(({ name }) => name)];
  const isDropped = (name: RelationName): boolean =>
    step.acts.some(({ change }) => change.kind === 'drop-table' && isSameName(before.qualify(change.table), name));
  const isNamed = (name: RelationName): boolean =>
    own.some((one) => isSameName(one, name)) ||
    isDropped(name) ||
    before.descendants(name).some((below) => isSameName(below.name, before.qualify(table)));
  const isOther = (effect: Effect): boolean => isBlocking(effect) && !isNamed(effect.relation) && isTable(effect.relation, before);
  return effects.filter(isOther).map(({ relation }) => printName(relation));
}
