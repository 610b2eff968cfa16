// One transaction keeps others out of a table while it waits for the next one.

import {
  isBlocking,
  isSameName,
  isTable,
  locksHeld,
  overMigration,
  printName,
  stopsReaders,
  transactionOf,
  type Catalog,
  type Effect,
  type HeldLock,
  type RelationName,
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
  for (const held of locksHeld(step).filter(({ relation }) => isTable(relation, step.before))) {
    const next = step.effects.find((effect) => isAnother(effect, step) && (held.mode === 'ACCESS EXCLUSIVE' || stopsReaders(effect)));
    if (next) return { held, next };
  }
  return undefined;
}

/** A table, partitions and parents taken as one, that the transaction has not locked yet. */
function isAnother(effect: Effect, { before, session }: Step): boolean {
  if (!isBlocking(effect) || !isTable(effect.relation, before)) return false;
  const root = rootOf(effect.relation, before);
  return session.locks.every(({ relation }) => !isSameName(rootOf(relation, before), root));
}

function rootOf(name: RelationName, catalog: Catalog): RelationName {
  const relation = catalog.find(name);
  const parent = relation === 'absent' || relation === 'unknown' ? undefined : relation.partitionOf?.parent;
  return parent ? rootOf(parent, catalog) : name;
}
