// A point in time that nobody knows the zone of.

import { onColumnType } from '../../src/rule/index.ts';

export default onColumnType({
  id: 'timestamp-without-time-zone',
  category: 'schema',
  summary: 'A column is of type timestamp without time zone',
  hazard: 'It holds what a clock on the wall showed, and not where the wall was: servers and clients in other zones read another time',
  remedy: 'Use timestamptz: it takes no more space, and stores a point in time',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  when: ({ name }) => name.schema === undefined && name.name === 'timestamp',
  message: ({ name }, table) => `${name} of ${table} is a timestamp without time zone: which point in time it means depends on who reads it`,
});
