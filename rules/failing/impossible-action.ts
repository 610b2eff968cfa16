// What the kind or the state of an object does not allow, whatever rows there are.

import { onRefusal } from '../../src/rule/index.ts';

export default onRefusal({
  id: 'impossible-action',
  category: 'failing',
  summary: 'A statement asks a table, view, index or sequence for something that it can’t do',
  hazard: 'PostgreSQL refuses it on every database with this history, and the migration fails',
  remedy: 'Use the statement for this kind of object, or make first what it needs',
  severity: 'error',
  since: '0.1.0',
});
