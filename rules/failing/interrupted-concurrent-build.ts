// A timeout that can strike while an index is built concurrently, and leaves an invalid one.

import { overMigration, printDuration, timeoutInForce, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'interrupted-concurrent-build',
  category: 'failing',
  summary: 'An index is built CONCURRENTLY while a timeout is in force that can interrupt it',
  hazard: 'The build waits for every older transaction; a timeout that strikes leaves an INVALID index that costs writes and serves no reads',
  remedy: 'SET lock_timeout = 0 and statement_timeout = 0 before it: a concurrent build keeps nobody waiting',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const timeouts = ['lock_timeout', 'statement_timeout'].flatMap((name) => timeoutOf(step, name));
      if (timeouts.length === 0 || !buildsConcurrently(step)) continue;
      yield { step, message: `A ${timeouts.join(' or a ')} can interrupt this build and leave an INVALID index` };
    }
  },
});

function timeoutOf({ session }: Step, name: string): string[] {
  const timeout = timeoutInForce(session, name);
  return typeof timeout === 'number' ? [`${name} of ${printDuration(timeout)}`] : [];
}

/** On a table that somebody may hold. */
function buildsConcurrently({ acts, transaction, refused, session }: Step): boolean {
  const isBuild = acts.some(
    ({ change, effects }) =>
      (change.kind === 'create-index' || change.kind === 'reindex') && change.concurrently && effects.some((effect) => !effect.new),
  );
  return isBuild && refused.length === 0 && !(transaction === 'forbidden' && session.transaction !== undefined);
}
