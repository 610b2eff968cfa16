// Keys, indexes and foreign keys that PostgreSQL can't make, whatever rows there are.

import { onRefusal } from '../../src/rule/index.ts';

export default onRefusal({
  id: 'impossible-key',
  category: 'failing',
  summary: 'A key, an index or a foreign key that its columns, their types or its table do not allow',
  hazard: 'PostgreSQL refuses it on every database with this history, and the migration fails',
  remedy: 'Make what the key needs in an earlier statement, or make another key',
  severity: 'error',
  since: '0.1.0',
});
