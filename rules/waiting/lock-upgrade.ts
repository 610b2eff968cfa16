// A stronger lock on a table that the transaction has locked already, in a weaker way.

import { overMigration, printName, transactionOf, type HeldLock, type Step, type Timeline } from '../../src/rule/index.ts';

export default overMigration({
  id: 'lock-upgrade',
  category: 'waiting',
  summary: 'A transaction asks for ACCESS EXCLUSIVE on a table whose rows it has written, or that it has locked against writers',
  hazard: 'Whoever reads the table and waits for the first lock deadlocks with the second: PostgreSQL cancels one of the two',
  remedy: 'Take the strongest lock first, or give the two statements transactions of their own',
  severity: 'warning',
  since: '0.1.0',
  isNet: true,
  *check(timeline) {
    for (const step of timeline.steps) {
      const held = upgraded(step, timeline);
      if (held === undefined) continue;
      const message = `${printName(held.relation)} is held in ${held.mode} by then, and this asks for ACCESS EXCLUSIVE`;
      yield { step, message, once: String(transactionOf(step)) };
    }
  },
});

function upgraded(step: Step, timeline: Timeline): HeldLock | undefined {
  const { session, effects, before } = step;
  const wanted = effects.filter(({ lock, relation }) => lock === 'ACCESS EXCLUSIVE' && before.isLive(relation));
  return wanted.flatMap(({ relation }) => {
    const locks = session.locks.on(relation);
    return locks.some(({ mode }) => mode === 'ACCESS EXCLUSIVE') ? [] : locks.filter((held) => makesOthersWait(held, timeline));
  })[0];
}

/** Rows that were written, not only added: those who want them wait with a lock on the table in their hands. */
function makesOthersWait({ mode, since }: HeldLock, { links }: Timeline): boolean {
  if (mode === 'SHARE' || mode === 'SHARE ROW EXCLUSIVE' || mode === 'EXCLUSIVE') return true;
  const taker = links.at(since)?.statement;
  return taker?.kind === 'data' && taker.actions.some(({ verb }) => verb === 'update' || verb === 'delete' || verb === 'merge');
}
