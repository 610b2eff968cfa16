// Amounts that change with a setting.

import { onColumnType } from '../../src/rule/index.ts';

export default onColumnType({
  id: 'money-column',
  category: 'schema',
  summary: 'A column is of type money',
  hazard: 'How many digits it keeps, and which currency it prints, depends on lc_monetary of the server that reads it',
  remedy: 'Use numeric, with the currency in a column of its own',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  when: ({ name }) => name.schema === undefined && name.name === 'money',
  message: ({ name }, table) => `${name} of ${table} is money: which currency and how many digits it means depends on lc_monetary`,
});
