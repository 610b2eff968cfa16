// A column that PostgreSQL fills with spaces.

import { onColumnType } from '../../src/rule/index.ts';

export default onColumnType({
  id: 'char-column',
  category: 'schema',
  summary: 'A column is of type char(n)',
  hazard: 'Values are filled up with spaces, which come back with them, and count in some comparisons and not in others',
  remedy: 'Use text, with a CHECK on the length where there is one',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  when: ({ name }) => name.schema === undefined && name.name === 'bpchar',
  message: ({ name }, table) => `${name} of ${table} is char(n): PostgreSQL fills it up with spaces, and saves no space by that`,
});
