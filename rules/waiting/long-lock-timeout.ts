// A lock_timeout that is no help: others would wait as long as the statement does.

import { isBlocking, overMigration, printDuration, timeoutInForce, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'long-lock-timeout',
  category: 'waiting',
  summary: 'The lock_timeout in force is longer than an application can wait',
  hazard: 'Reads and writes queue behind the waiting statement for as long as the timeout allows',
  remedy: 'SET lock_timeout to a few seconds, and run the migration again when it gives up',
  severity: 'warning',
  since: '0.1.0',
  options: { limit: { type: 'duration', default: '30s', description: 'The longest lock_timeout that is accepted' } },
  *check({ steps }, { limit = 30_000 }) {
    let lastSet: Step | undefined;
    for (const step of steps) {
      if (setsLockTimeout(step)) lastSet = step;
      if (!step.effects.some(isBlocking)) continue;
      const timeout = timeoutInForce(step.session, 'lock_timeout');
      if (typeof timeout !== 'number' || timeout <= limit) continue;
      // Where the runner set it, the statement itself.
      const place = lastSet ?? step;
      yield {
        step: place,
        message: `A lock_timeout of ${printDuration(timeout)} lets others queue for more than ${printDuration(limit)}`,
        once: String(place.statement.span.start),
      };
    }
  },
});

function setsLockTimeout({ statement }: Step): boolean {
  return statement.kind === 'setting' && statement.assignments.some(({ name }) => name === 'lock_timeout');
}
