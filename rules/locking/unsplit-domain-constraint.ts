// A constraint on a domain that columns of tables in use have.

import { blocksWhileWorking, onChange, printName, tablesOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'unsplit-domain-constraint',
  category: 'locking',
  summary: 'A constraint is added to a domain that existing tables use, without NOT VALID',
  hazard: 'Every table with a column of the domain is read while writes to it wait, all in one transaction',
  remedy:
    'Add it NOT VALID, which holds for new values at once; or put a CHECK on each table, which can be validated while writes go on',
  severity: 'error',
  since: '0.1.0',
  on: 'add-domain-constraint',
  when: (_change, { effects }) => effects.some(blocksWhileWorking),
  message: ({ domain }, { effects }) =>
    `This constraint on ${printName(domain)} reads all rows of ${tablesOf(effects)} while writes wait`,
});
