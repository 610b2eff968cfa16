// Partitions and children that don't fit to their parent, whatever rows there are.

import { onRefusal } from '../../src/rule/index.ts';

export default onRefusal({
  id: 'impossible-partition',
  category: 'failing',
  summary: 'A partition or a child is made, attached or detached in a way that its parent does not allow',
  hazard: 'PostgreSQL refuses it on every database with this history, and the migration fails',
  remedy: 'Make the columns and the bounds of the two fit first',
  severity: 'error',
  since: '0.1.0',
});
