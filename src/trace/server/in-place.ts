// A database that is not empty: what runs in it is rolled back, and sequences are set back.

import { UserError } from '../../model/user-error.ts';
import type { Address } from '../address/address.ts';
import { connect, identityOf, placeName, type Reached } from './client.ts';
import type { Connection, Server } from '../connection.ts';
import { leavingWith } from './interrupted.ts';
import { otherSessions, wereIdle, type OtherSessions } from './other-sessions.ts';
import { restoreSequences, sequencesOf, type SequenceState } from './sequences.ts';
import { strengthsOf } from './strengths.ts';

export interface InPlaceOptions {
  /** The migrations run as who is logged in, whatever that role may do to the server. */
  readonly isAsIs: boolean;
  /** What can't be rolled back may run, and stays. */
  readonly mayCommit: boolean;
  readonly say: (sentence: string) => void;
}

/** Nothing is changed by it. A role that could do more than a rollback undoes is refused. */
export async function openInPlace({ connection, way }: Reached, address: Address, { isAsIs, mayCommit, say }: InPlaceOptions): Promise<Server> {
  const { version, name } = await identityOf(connection);
  const { user, database } = way.login;
  const [strength] = await strengthsOf(connection);
  if (strength !== undefined && !isAsIs) {
    throw new UserError(
      `in the database itself, the migrations run as ${user}, which ${strength}: what they do beyond this database can't be rolled back; name a role that owns the tables and no more, or add --as-is`,
    );
  }
  if (await isStandby(connection)) throw new UserError(`${placeName(way.place)} is a standby, in which nothing can be run that a trace could roll back; name the primary`);
  say(
    `tracing on ${name} at ${placeName(way.place)}, as ${user}, in the database itself (${database}): all runs in one transaction that is rolled back${
      mayCommit ? ', but for what PostgreSQL refuses there, which stays with all before it' : ''
    }, and sequences are set back`,
  );
  const sequences = await sequencesOf(connection);
  const others = await otherSessions(connection);
  const pid = await pidOf(connection);
  const leaving = leavingWith(async () => {
    await connection.end().catch(() => undefined);
    const fresh = await connect(way, address);
    try {
      await setBack(fresh, { pid, sequences, others, say });
    } finally {
      await fresh.end();
    }
  }, say);
  return { version, name, connection, connect: () => leaving.step(() => connect(way, address)), stop: () => leaving.leave() };
}

async function isStandby(connection: Connection): Promise<boolean> {
  const [row] = await connection.rows<{ readonly is: boolean }>('SELECT pg_catalog.pg_is_in_recovery() AS is');
  return row?.is === true;
}

async function pidOf(connection: Connection): Promise<number> {
  const [row] = await connection.rows<{ readonly pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  return row?.pid ?? 0;
}

interface Found {
  readonly pid: number;
  readonly sequences: readonly SequenceState[];
  readonly others: OtherSessions;
  readonly say: (sentence: string) => void;
}

/** A statement that is interrupted goes on in the server, and draws on, until its session is ended. */
async function setBack(fresh: Connection, { pid, sequences, others, say }: Found): Promise<void> {
  await fresh.rows('SELECT pg_catalog.pg_terminate_backend(pid, 5000) FROM pg_catalog.pg_stat_activity WHERE pid = $1 AND usename = session_user', [pid]);
  const now = await otherSessions(fresh);
  for (const sentence of await restoreSequences(fresh, sequences, wereIdle(others, now))) say(sentence);
}
