// What traces make on a server, by its name, and what is left of those that were killed.

import { randomBytes } from 'node:crypto';
import type { Connection } from '../connection.ts';

/** For a database and for a role: when it was made, and what tells it from others of that second. */
export function traceName(): string {
  return `pgmigrate_lint_${stampOf(new Date())}_${randomBytes(4).toString('hex')}`;
}

/** `20261128183700`, in UTC. */
function stampOf(time: Date): string {
  return time.toISOString().replace(/\D/g, '').slice(0, 14);
}

interface LeftOver {
  readonly name: string;
  readonly database: boolean;
  readonly role: boolean;
  /** The commands that end its prepared transactions; null where it has none. */
  readonly prepared: string | null;
}

/** In milliseconds. A trace that has just begun may not be connected to its database yet. */
const YOUTH = 60_000;

/** Sentences, with the commands that drop it. What somebody is connected to is a trace that runs. */
export async function leftOvers(admin: Connection): Promise<readonly string[]> {
  const rows = await admin.rows<LeftOver>(`
    SELECT name, bool_or(is_database) AS database, bool_or(NOT is_database) AS role,
      (SELECT string_agg(format('ROLLBACK PREPARED %L;', gid), ' ') FROM pg_prepared_xacts WHERE database = name) AS prepared
    FROM (SELECT datname::text AS name, true AS is_database FROM pg_database
          UNION ALL SELECT rolname::text, false FROM pg_roles) AS made
    WHERE name ~ '^pgmigrate_lint_([0-9]{14}_[0-9a-f]{8}|[0-9]+)$'
      AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = name OR usename = name)
    GROUP BY name ORDER BY name`);
  const young = stampOf(new Date(Date.now() - YOUTH));
  return rows.filter(({ name }) => (/_(\d{14})_/.exec(name)?.[1] ?? '') < young).map(sentenceOf);
}

function sentenceOf({ name, database, role, prepared }: LeftOver): string {
  const what = database && role ? 'the database and the role' : database ? 'the database' : 'the role';
  const first = prepared === null ? '' : `connect to it and run: ${prepared} then connect to another one and `;
  return `${what} ${name} ${database && role ? 'are' : 'is'} left of a trace that was killed, and nobody is connected; ${first}run: ${dropping({ database, role }, name)}`;
}

export function dropping({ database, role }: Pick<LeftOver, 'database' | 'role'>, name: string): string {
  return [...(database ? [`DROP DATABASE IF EXISTS ${name} WITH (FORCE);`] : []), ...(role ? [`DROP ROLE IF EXISTS ${name};`] : [])].join(' ');
}
