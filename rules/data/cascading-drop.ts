// DROP … CASCADE that takes more along than it names.

import { dependents, listSome, overMigration, takenAlong, type Act } from '../../src/rule/index.ts';

export default overMigration({
  id: 'cascading-drop',
  category: 'data',
  summary: 'DROP … CASCADE takes along what it does not name',
  hazard: 'Views, columns, foreign keys and whatever else depends on the object are gone with it, and nothing asks',
  remedy: 'Drop what depends on it by name, and leave CASCADE out: PostgreSQL then refuses where something was forgotten',
  severity: 'warning',
  since: '0.1.0',
  *check(timeline) {
    for (const step of timeline.steps) {
      const cascading = step.acts.filter(isCascading);
      const taken = cascading.flatMap((act) => takenAlong({ step, ...act }, timeline));
      const unknown = cascading.flatMap(dependents);
      if (taken.length > 0) yield { step, message: `CASCADE also drops ${listSome(taken)}` };
      else if (unknown.length > 0) {
        const message = `CASCADE also drops whatever depends on ${listSome(unknown)}; the history does not show what that is`;
        yield { step, message, atMost: 'info' };
      }
    }
  },
});

/** Of a schema, another rule speaks. */
function isCascading({ change }: Act): boolean {
  return 'cascade' in change && change.cascade && change.kind !== 'drop-schema' && change.kind !== 'truncate';
}
