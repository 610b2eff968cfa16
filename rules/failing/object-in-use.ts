// What PostgreSQL refuses to drop, or to change, because something depends on it.

import { listSome, overMigration, refusedIn } from '../../src/rule/index.ts';

export default overMigration({
  id: 'object-in-use',
  category: 'failing',
  summary: 'A statement drops something, or changes the type of a column, while a view, a foreign key, a trigger or the like depends on it',
  hazard: 'PostgreSQL refuses the statement, and the migration fails on every database',
  remedy: 'Drop what depends on it first, and make it again behind the change, in the same transaction',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      for (const { span, what, dependents, code } of refusedIn(step)) {
        const depend = dependents.length === 1 ? 'depends' : 'depend';
        yield { step, span, message: `PostgreSQL refuses to ${what}: ${listSome(dependents)} ${depend} on it (${code})` };
      }
    }
  },
});
