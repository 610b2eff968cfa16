// ALTER COLUMN … TYPE that costs more than a change of the catalogs.

import { assumptionOf, blocksWhileWorking, onChange, tablesOf, workInWords } from '../../src/rule/index.ts';

export default onChange({
  id: 'rewritten-column-type',
  category: 'locking',
  summary: 'A change of type rewrites the table, rebuilds indexes or checks constraints anew',
  hazard: 'Neither reads nor writes get through until all rows are done',
  remedy:
    'Add a column of the new type, keep it in step with a trigger, fill it in batches, and swap the two in a short transaction',
  severity: 'error',
  since: '0.1.0',
  on: 'alter-column-type',
  when: (_change, { effects }) => effects.some(blocksWhileWorking),
  message: ({ column }, { effects }) => {
    const doubts = effects.map((effect) => assumptionOf(effect)?.kind);
    const ofZone = doubts.includes('time-zone') ? ', if the time zone is UTC' : '';
    const doubt = doubts.includes('column-type') ? ', as far as can be told without its old type' : ofZone;
    return `Changing the type of ${column} ${workInWords(effects)} of ${tablesOf(effects)} under ACCESS EXCLUSIVE${doubt}`;
  },
});
