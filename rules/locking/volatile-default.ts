// ADD COLUMN with a default that PostgreSQL must compute for each row.

import { assumptionOf, onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'volatile-default',
  category: 'locking',
  summary: 'A column is added with a default that is computed for each row',
  hazard: 'The whole table is rewritten while neither reads nor writes get through',
  remedy: 'Add the column without a default, set the default in a second statement, and fill existing rows in batches',
  severity: 'error',
  since: '0.1.0',
  on: 'add-column',
  when: (_change, { effects }) => effects.some((effect) => !effect.new && effect.because === 'volatile-default'),
  message: ({ table, column }, { before, effects }) => {
    const assumed = effects.some((effect) => assumptionOf(effect)?.kind === 'volatility');
    const calls = column.default?.calls.map((call) => `${printName(call.name)}()`) ?? [];
    const reason = assumed
      ? `if ${calls.join(' or ')} is volatile, as functions are unless declared otherwise`
      : 'because its default is volatile';
    return `Adding ${column.name} rewrites all rows of ${printName(before.qualify(table))}, ${reason}`;
  },
});
