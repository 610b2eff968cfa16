// The net under all other rules: whatever blocks a table in use while rows are worked on, and no rule has a word for.

import { blocksWhileWorking, overMigration, stopsReaders, tablesOf, workInWords } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unexplained-blocking-work',
  category: 'locking',
  summary: 'A statement works through the rows of an existing table under a lock that blocks reads or writes',
  hazard: 'Reads or writes of the table wait until the work is done',
  remedy: 'Do the work in steps that hold no such lock, or while nobody uses the table',
  severity: 'error',
  since: '0.1.0',
  isNet: true,
  *check({ steps }) {
    for (const step of steps) {
      const blocking = step.effects.filter(blocksWhileWorking);
      if (blocking.length === 0) continue;
      const who = blocking.some(stopsReaders) ? 'reads and writes wait' : 'writes wait';
      yield { step, message: `This ${workInWords(blocking)} of ${tablesOf(blocking)} while ${who}` };
    }
  },
});
