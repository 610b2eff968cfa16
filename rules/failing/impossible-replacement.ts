// CREATE OR REPLACE of what has to keep its form: columns of a view, names and types of a function.

import { onRefusal } from '../../src/rule/index.ts';

export default onRefusal({
  id: 'impossible-replacement',
  category: 'failing',
  summary: 'CREATE OR REPLACE changes what a view or a function has to keep',
  hazard: 'PostgreSQL refuses it on every database with this history, and the migration fails',
  remedy: 'Drop it and make it anew, in one transaction with all that depends on it',
  severity: 'error',
  since: '0.1.0',
});
