// One transaction keeps others out of a table while it waits for the next one.

import {
  isBlocking,
  isOfHiddenTable,
  isTable,
  overMigration,
  printName,
  stopsReaders,
  transactionOf,
  type Effect,
  type HeldLock,
  type Step,
} from '../../src/rule/index.ts';

export default overMigration({
  id: 'several-tables-locked',
  category: 'waiting',
  summary: 'A transaction waits for a lock on one table while it keeps another one locked',
  hazard: 'Whoever needs the first table waits as long as the second one is busy, and an application that takes them the other way round deadlocks',
  remedy: 'Change each table in a transaction of its own',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const pair = lockedTogether(step);
      if (pair === undefined) continue;
      const { held, next } = pair;
      yield {
        step,
        message: `${printName(held.relation)} stays locked (${held.mode}) while this waits for ${next.lock} on ${printName(next.relation)}`,
        once: String(transactionOf(step)),
        held: [held.relation],
      };
    }
  },
});

/** Two foreign keys that are added at once stop nobody who reads: one of the two tables must be closed to readers. */
function lockedTogether(step: Step): { readonly held: HeldLock; readonly next: Effect } | undefined {
  const others = step.effects.filter((effect) => isAnother(effect, step));
  if (others.length === 0) return undefined;
  for (const held of step.session.locks.strong()) {
    if (held.isIndex || !isTable(held.relation, step.before)) continue;
    const next = others.find((effect) => held.mode === 'ACCESS EXCLUSIVE' || stopsReaders(effect));
    if (next) return { held, next };
  }
  return undefined;
}

/** A table, partitions and parents taken as one, that the transaction has not locked yet. */
function isAnother(effect: Effect, { before, session }: Step): boolean {
  const { relation } = effect;
  if (!isBlocking(effect) || isOfHiddenTable(effect) || !isTable(relation, before)) return false;
  return session.locks.on(relation).length === 0 && !session.locks.isTreeLocked(before.rootOf(relation));
}
