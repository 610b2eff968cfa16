// Locks that nothing can spare: taken alone, for a moment, and given up where others hold theirs.

import { foreignKeysOf } from '../../model/foreign-key.ts';
import type { Question } from '../../model/plan.ts';
import { list } from '../../text/list.ts';
import { quoted } from '../hand.ts';
import { inTransaction, writtenAlone, type Planner } from './planner.ts';
import { asRegclass, otherTarget, targetOf, type Target } from './target.ts';

/** LOCK TABLE. */
export const explicitLock: Planner = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'lock-table') return undefined;
  return {
    title: 'Leave the lock to the statements that need it',
    instead: writtenAlone(ailment),
    decisions: [],
    questions: [],
    steps: [
      inTransaction('Where two migrations must not run at once, take a lock that only migrations take', ["SELECT pg_advisory_xact_lock(hashtext('migrations'))"], {
        notes: ['It stands where LOCK TABLE stood, and ends with the transaction; most tools take one of their own already.', 'Where rows must not change between two statements, lock the rows: SELECT … FOR UPDATE.'],
      }),
    ],
    differs: [],
  };
};

/** A foreign key goes, by itself or with what it belongs to. */
export const referencedLock: Planner = (ailment) => {
  const { act } = ailment;
  const change = act?.change;
  if (act === undefined || (change?.kind !== 'drop-table' && change?.kind !== 'drop-column' && change?.kind !== 'drop-constraint')) return undefined;
  const target = targetOf(change.table, act.before);
  const keys = foreignKeysOf(target.relation).filter((key) => (change.kind === 'drop-table' ? true : change.kind === 'drop-column' ? key.columns.includes(change.column) : key.name === change.constraint));
  if (keys.length === 0) return undefined;
  const written = writtenAlone(ailment);
  const apart = keys.map((key) => {
    const to = otherTarget(key.references, act.before);
    return inTransaction(`Drop ${quoted(key.name)} alone`, [change.kind === 'drop-constraint' ? written : `ALTER TABLE ${target.sql} DROP CONSTRAINT ${quoted(key.name)}`], {
      notes: [`It needs ACCESS EXCLUSIVE on ${target.sql} and ${to.sql} for a moment. Where it ends with a lock_timeout, try again when nothing long is running.`],
    });
  });
  const others = [...new Map(keys.map((key) => otherTarget(key.references, act.before)).map((to) => [to.sql, to])).values()];
  return {
    title: `Drop the foreign ${keys.length > 1 ? 'keys' : 'key'} when ${list(others.map(({ sql }) => sql))} ${others.length > 1 ? 'are' : 'is'} quiet${change.kind === 'drop-constraint' ? '' : ', and the rest then'}`,
    instead: written,
    decisions: [],
    questions: [longQuestion([target, ...others])],
    steps: [...apart, ...(change.kind === 'drop-constraint' ? [] : [inTransaction('Drop the rest', [written], { notes: [`It locks ${target.sql} alone.`] })])],
    differs: [],
  };
};

/** Others than who asks, for more than a second. */
function longQuestion(targets: readonly Target[]): Question {
  return {
    kind: 'look',
    shows: `transactions that hold ${list(targets.map(({ sql }) => sql))} for more than a second: wait until there are none`,
    sql: `SELECT DISTINCT pid, now() - xact_start AS since, query FROM pg_locks JOIN pg_stat_activity USING (pid)\n  WHERE relation IN (${targets.map(asRegclass).join(', ')}) AND pid <> pg_backend_pid() AND xact_start < now() - interval '1 second'`,
  };
}
