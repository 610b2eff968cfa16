// ADD COLUMN whose values PostgreSQL must compute for each row, though no default says so.

import { onChange, printName, type Effect, type RewriteCause } from '../../src/rule/index.ts';

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
  when: (_change, { effects }) => reasonOf(effects) !== undefined,
  message: (change, { before, effects }) => {
    const table = printName(before.qualify(change.table));
    const column = change.kind === 'add-column' ? `Adding ${change.column.name}` : `Changing the expression of ${change.column}`;
    return `${column} rewrites all rows of ${table}, because ${reasonOf(effects)}`;
  },
});

const reasons: Readonly<Record<RewriteCause, string | undefined>> = {
  'volatile-default': undefined,
  serial: 'a serial takes a number from a sequence for each row',
  identity: 'an identity takes a number from a sequence for each row',
  'stored-values': 'its values are computed and stored for each row',
  'checking-domain': 'its domain checks the value of each row',
  'domain-default': 'the default of its domain is volatile',
};

function reasonOf(effects: readonly Effect[]): string | undefined {
  const because = effects.find((effect) => !effect.new && effect.because)?.because;
  return because && reasons[because];
}
