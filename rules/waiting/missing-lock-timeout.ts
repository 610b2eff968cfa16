// A lock that others wait for is requested, and nothing limits how long the request itself waits.

import { isBlocking, list, overMigration, placeOf, stopsReaders, timeoutInForce, type Effect } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-lock-timeout',
  category: 'waiting',
  summary: 'A lock that conflicts with reads or writes is requested while no lock_timeout is in force',
  hazard: 'While the statement waits behind one long query, every later query waits behind the statement',
  remedy: "SET lock_timeout = '5s' before it, and run the migration again when it gives up",
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const blocking = step.effects.filter(isBlocking);
      if (blocking.length === 0) continue;
      const timeout = timeoutInForce(step.session, 'lock_timeout');
      const waiting = `while this waits for ${lockNames(blocking)}; ${whoWaits(blocking)} behind it`;
      if (timeout === 'none') yield { step, message: `No lock_timeout is in force ${waiting}`, once: 'migration' };
      if (timeout === 'perhaps') yield { step, message: `Whether a lock_timeout is in force is not certain ${waiting}`, help, once: 'perhaps', atMost: 'warning' };
    }
  },
});

const help = "SET lock_timeout = '5s' where nothing decides whether it runs: outside of branches, and without WHERE";

function lockNames(effects: readonly Effect[]): string {
  return list(effects.map((effect) => `${effect.lock} on ${placeOf(effect)}`));
}

function whoWaits(effects: readonly Effect[]): string {
  return effects.some(stopsReaders) ? 'all reads and writes queue' : 'all writes queue';
}
