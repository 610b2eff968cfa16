// ALTER COLUMN … TYPE to one that can't hold all values of the old.

import { isBefore, lossOf, onChange, printName, printType, type ChangeContext, type ChangeOf, type Conversion, type Loss } from '../../src/rule/index.ts';

type TypeChange = ChangeOf<'alter-column-type'>;

export default onChange({
  id: 'narrowed-type',
  category: 'data',
  summary: 'The type of a column changes to one that can not hold all values of the old type',
  hazard: 'Values are rounded or cut without a word, or the migration fails at the first one that does not fit',
  remedy: 'Look for values that do not fit first, and decide what becomes of them in an UPDATE of its own',
  severity: 'warning',
  since: '0.1.0',
  on: 'alter-column-type',
  when: (change, context) => context.before.isLive(change.table) && !isPrepared(change, context) && loss(change, context) !== undefined,
  message: (change, context) => {
    const { table, column, type } = change;
    const old = context.before.column(table, column);
    const from = typeof old === 'string' ? '' : ` from ${printType(old.type)}`;
    return `Changing ${printName(context.before.qualify(table))}.${column}${from} to ${printType(type)} ${inWords(loss(change, context))}`;
  },
});

function loss(change: TypeChange, { before, timeline }: ChangeContext): Loss | undefined {
  const old = before.column(change.table, change.column);
  if (typeof old === 'string' || before.isNewColumn(change.table, change.column)) return undefined;
  const isCase = /\bcase\b/i.test(timeline.source.slice(change.span));
  return isCase ? undefined : lossOf(old.type, change.type, conversionOf(change), before);
}

function conversionOf({ using, explicit }: TypeChange): Conversion {
  return explicit ? 'cast' : using === undefined || using.isColumn ? 'assigned' : 'computed';
}

/** The migration itself has changed rows of the table: who does that has looked at them. */
function isPrepared({ table }: TypeChange, { before, step, timeline }: ChangeContext): boolean {
  const writings = timeline.links.writingsOf(before.qualify(table));
  return writings.some(({ step: earlier, action, isInBlock }) => !isInBlock && changing.has(action.verb) && isBefore(earlier, step));
}

const changing: ReadonlySet<string> = new Set(['update', 'delete', 'merge']);

function inWords(found: Loss | undefined): string {
  switch (found?.kind) {
    case 'rounds':
      return `rounds ${found.what}`;
    case 'cuts':
      return `cuts off ${found.what}, without a word`;
    default:
      return `fails if ${found?.what}`;
  }
}
