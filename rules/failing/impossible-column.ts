// Columns that PostgreSQL can't make or change as asked, whatever rows there are.

import { onRefusal } from '../../src/rule/index.ts';

export default onRefusal({
  id: 'impossible-column',
  category: 'failing',
  summary: 'A column is made or changed in a way that its type, its default or its table does not allow',
  hazard: 'PostgreSQL refuses it on every database with this history, and the migration fails',
  remedy: 'Change first what stands in the way, or say with USING how the values are converted',
  severity: 'error',
  since: '0.1.0',
});
