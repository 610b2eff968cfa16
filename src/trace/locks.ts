// Which relations a backend has locked, from pg_locks.

import { strongerOf, type LockMode } from '../model/lock.ts';
import type { Connection } from './connection.ts';
import { lockMode } from './observation.ts';

/** The strongest mode by the oid of the relation. */
export type Locks = ReadonlyMap<number, LockMode>;

export interface LockRow {
  readonly relation: number;
  readonly mode: string;
}

export async function ownLocks(connection: Connection): Promise<readonly LockRow[]> {
  const held = "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted";
  return connection.rows<LockRow>(held);
}

/** Of another backend, and those that it waits for too. */
export async function locksOf(observer: Connection, pid: number): Promise<Locks> {
  const asked = "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = $1";
  return strongestOf(await observer.rows<LockRow>(asked, [pid]));
}

export function strongestOf(rows: readonly LockRow[]): Locks {
  const strongest = new Map<number, LockMode>();
  for (const { relation, mode: name } of rows) {
    const mode = lockMode(name);
    if (mode !== undefined) strongest.set(relation, strongerOf(mode, strongest.get(relation) ?? mode));
  }
  return strongest;
}

/** What the second has beyond the first. */
export function locksTaken(before: readonly LockRow[], after: readonly LockRow[]): Locks {
  const isNew = (row: LockRow): boolean => !before.some(({ relation, mode }) => relation === row.relation && mode === row.mode);
  return strongestOf(after.filter(isNew));
}
