// JSON kept as the text that it came in.

import { onColumnType } from '../../src/rule/index.ts';

export default onColumnType({
  id: 'json-column',
  category: 'schema',
  summary: 'A column is of type json',
  hazard: 'The text is parsed anew for each access; it has no equality, so that DISTINCT, GROUP BY and UNION fail on it, and no GIN index',
  remedy: 'Use jsonb',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  when: ({ name }) => name.schema === undefined && name.name === 'json',
  message: ({ name }, table) => `${name} of ${table} is json, which has no equality: DISTINCT, GROUP BY and UNION fail on it`,
});
