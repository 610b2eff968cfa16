// Watches a statement that can't run in a transaction: it has to wait for one table after the other, and is seen while it waits.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { strongerOf, type LockMode } from '../../src/model/lock.ts';
import { printName } from '../../src/model/names.ts';
import type { Database } from './database.ts';
import type { Observation } from './observation.ts';
import { effectsSeen, refusal, runListening, strongestOf, type LockRow, type Locks } from './observe.ts';
import { relationsOf, type FoundRelation } from './relations.ts';

/**
 * Every table is held in SHARE UPDATE EXCLUSIVE, the weakest mode that all such statements conflict with, until they wait for it;
 * from then on in ACCESS SHARE, so that they wait once more before they take ACCESS EXCLUSIVE.
 */
export async function watch(client: Client, database: Database, sql: string): Promise<Observation> {
  const before = await relationsOf(client);
  const holders = await holdAll(database, before);
  const observer = await database.connect();
  await client.query('SET client_min_messages = debug1');
  const pid = await pidOf(client);
  const running = runListening(client, sql);
  try {
    const locks = await letThrough(running, holders, observer, pid);
    const { command, messages } = await running;
    return { kind: 'done', effects: await effectsSeen({ client, before, messages, command }, locks) };
  } catch (error) {
    return refusal(error);
  } finally {
    await client.query('RESET client_min_messages');
    await Promise.all([observer.end(), ...[...holders.values()].map(({ client: holder }) => holder.end())]);
  }
}

interface Holder {
  readonly client: Client;
  readonly table: string;
}

/** By the process of their connection. */
type Holders = ReadonlyMap<number, Holder>;

async function holdAll(database: Database, relations: ReadonlyMap<number, FoundRelation>): Promise<Holders> {
  const holders = new Map<number, Holder>();
  for (const { name, kind } of relations.values()) {
    if (kind !== 'r' && kind !== 'p') continue;
    const holder: Holder = { client: await database.connect(), table: printName(name) };
    await hold(holder, 'SHARE UPDATE EXCLUSIVE');
    holders.set(await pidOf(holder.client), holder);
  }
  return holders;
}

async function hold({ client, table }: Holder, mode: LockMode): Promise<void> {
  await client.query('BEGIN');
  await client.query(`LOCK TABLE ONLY ${table} IN ${mode} MODE`);
}

async function pidOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

/** Gives way whenever the statement waits, and collects all modes that were asked for until it ends. */
async function letThrough(running: Promise<unknown>, holders: Holders, observer: Client, pid: number): Promise<Locks> {
  const strongest = new Map<number, LockMode>();
  const asked = new Set<Holder>();
  while (!(await endsWithin(running, 3))) {
    for (const [oid, mode] of strongestOf(await locksOf(observer, pid))) {
      strongest.set(oid, strongerOf(mode, strongest.get(oid) ?? mode));
    }
    for (const blocker of await blockersOf(observer, pid)) {
      const holder = holders.get(blocker);
      if (holder) await giveWay(holder, asked);
    }
  }
  return strongest;
}

/** In milliseconds. */
async function endsWithin(running: Promise<unknown>, time: number): Promise<boolean> {
  const ended = running.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, sleep(time, false)]);
}

async function locksOf(observer: Client, pid: number): Promise<readonly LockRow[]> {
  const query = "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = $1";
  const { rows } = await observer.query<LockRow>(query, [pid]);
  return rows;
}

async function blockersOf(observer: Client, pid: number): Promise<readonly number[]> {
  const { rows } = await observer.query<{ readonly pid: number }>('SELECT unnest(pg_blocking_pids($1)) AS pid', [pid]);
  return rows.map((row) => row.pid);
}

/** The second lock may have to wait for the statement, so nobody waits for it here. */
async function giveWay(holder: Holder, asked: Set<Holder>): Promise<void> {
  await holder.client.query('COMMIT');
  if (asked.has(holder)) return;
  asked.add(holder);
  void hold(holder, 'ACCESS SHARE').catch(() => undefined);
}
