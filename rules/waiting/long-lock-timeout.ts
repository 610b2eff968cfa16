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
    for (const step of steps) {
      if (!step.effects.some(isBlocking)) continue;
      const timeout = timeoutInForce(step.session, 'lock_timeout');
      if (typeof timeout !== 'number' || timeout <= limit) continue;
      const place = whereItWasSet(steps, step);
      yield {
        step: place,
        message: `A lock_timeout of ${printDuration(timeout)} lets others queue for more than ${printDuration(limit)}`,
        once: String(place.statement.span.start),
      };
    }
  },
});

/** The last statement before it that set lock_timeout; the statement itself where the runner did. */
function whereItWasSet(steps: readonly Step[], waiting: Step): Step {
  const earlier = steps.slice(0, steps.indexOf(waiting));
  const sets = ({ statement }: Step): boolean =>
    statement.kind === 'setting' && statement.assignments.some(({ name }) => name === 'lock_timeout');
  return earlier.findLast(sets) ?? waiting;
}
