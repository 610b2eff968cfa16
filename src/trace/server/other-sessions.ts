// Who else is connected to a database, and whether they did anything since.

import type { Connection } from '../connection.ts';

/** What a session was doing, and since when; by its process. */
export type OtherSessions = ReadonlyMap<number, string>;

/** Without this one. What the role may not see of a session is told as something else each time. */
export async function otherSessions(connection: Connection): Promise<OtherSessions> {
  const rows = await connection.rows<{ readonly pid: number; readonly doing: string }>(`
    SELECT pid, coalesce(state || ' ' || state_change::text, 'unknown ' || clock_timestamp()::text) AS doing
    FROM pg_catalog.pg_stat_activity
    WHERE datname = pg_catalog.current_database() AND backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid()`);
  return new Map(rows.map(({ pid, doing }) => [pid, doing]));
}

/** All that are there now were idle all the time. */
export function wereIdle(before: OtherSessions, now: OtherSessions): boolean {
  return [...now].every(([pid, doing]) => doing.startsWith('idle') && before.get(pid) === doing);
}
