// Which relations a backend has locked, from pg_locks.

import { strongerOf, type LockMode } from '../model/lock.ts';
import type { Connection } from './connection.ts';
import { lockMode } from './observation.ts';

/** The strongest mode by the oid of the relation. */
export type Locks = ReadonlyMap<number, LockMode>;

export async function ownLocks(connection: Connection): Promise<Locks> {
  const held = "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted";
  return strongestOf(await connection.rows<LockRow>(held));
}

/** Of another backend, and those that it waits for too. */
export async function locksOf(observer: Connection, pid: number): Promise<Locks> {
  const asked = "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = $1";
  return strongestOf(await observer.rows<LockRow>(asked, [pid]));
}

interface LockRow {
  readonly relation: number;
  readonly mode: string;
}

function strongestOf(rows: readonly LockRow[]): Locks {
  const strongest = new Map<number, LockMode>();
  for (const { relation, mode: name } of rows) {
    const mode = lockMode(name);
    if (mode !== undefined) strongest.set(relation, strongerOf(mode, strongest.get(relation) ?? mode));
  }
  return strongest;
}

/** What the second has beyond the first. */
export function locksTaken(before: Locks, after: Locks): Locks {
  return new Map([...after].filter(([oid, mode]) => before.get(oid) !== mode));
}
