// A limit that sits in the type.

import { onColumnType } from '../../src/rule/index.ts';

export default onColumnType({
  id: 'limited-varchar',
  category: 'schema',
  summary: 'A column is of type varchar(n)',
  hazard: 'Narrowing the limit rewrites the table, and who exceeds it gets an error that names no column',
  remedy: 'Use text, with a CHECK on the length that can be added NOT VALID and dropped at once',
  severity: 'info',
  preset: 'strict',
  since: '0.1.0',
  when: ({ name, modifiers }) => name.schema === undefined && name.name === 'varchar' && modifiers.length > 0,
  message: ({ name, type }, table) => `${name} of ${table} is limited to ${type.modifiers.join()} characters by its type: a CHECK can be changed without a rewrite`,
});
