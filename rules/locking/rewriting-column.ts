// ADD COLUMN whose values PostgreSQL must compute for each row, though no default says so.

import { isSerial, onChange, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'rewriting-column',
  category: 'locking',
  summary:
    'A serial, identity or stored generated column, or one of a domain that checks its values, is added to an existing table',
  hazard: 'The whole table is rewritten while neither reads nor writes get through',
  remedy: 'Add a plain column, fill it in batches, and only then give it its sequence, identity or constraint',
  severity: 'error',
  since: '0.1.0',
  on: ['add-column', 'set-expression'],
  when: (change, context) =>
    context.effects.some((effect) => !effect.new && effect.work.includes('rewrite')) && causeOf(change, context) !== undefined,
  message: (change, context) => {
    const table = printName(context.before.qualify(change.table));
    const column = change.kind === 'add-column' ? `Adding ${change.column.name}` : `Changing the expression of ${change.column}`;
    return `${column} rewrites all rows of ${table}, because ${causeOf(change, context)}`;
  },
});

function causeOf(change: ChangeOf<'add-column' | 'set-expression'>, { before }: ChangeContext): string | undefined {
  if (change.kind === 'set-expression') return 'its values are stored';
  const { type, identity, generated, default: value } = change.column;
  if (isSerial(type)) return `${type.name.name} takes a number from a sequence for each row`;
  if (identity) return 'an identity takes a number from a sequence for each row';
  if (generated === 'stored') return 'its values are stored';
  const domain = before.type(type.name);
  if (domain?.kind !== 'domain') return undefined;
  if (domain.constrained) return `the domain ${printName(type.name)} checks each value`;
  return value === undefined ? `the default of the domain ${printName(type.name)} is volatile` : undefined;
}
