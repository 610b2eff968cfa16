// LOCK TABLE on a table in use.

import { isBlocking, list, onChange, printName, stopsReaders } from '../../src/rule/index.ts';

export default onChange({
  id: 'explicit-table-lock',
  category: 'waiting',
  summary: 'LOCK TABLE keeps others out of an existing table',
  hazard: 'They wait until the transaction ends, whatever else it does',
  remedy: 'Leave the lock to the statements that need it, or take one that does not conflict with writes',
  severity: 'warning',
  since: '0.1.0',
  on: 'lock-table',
  when: (_change, { effects }) => effects.some(isBlocking),
  message: ({ mode }, { effects }) => {
    const blocking = effects.filter(isBlocking);
    const who = blocking.some(stopsReaders) ? 'reads and writes of' : 'writes to';
    return `This blocks ${who} ${list(blocking.map(({ relation }) => printName(relation)))} (${mode}) until the transaction ends`;
  },
});
