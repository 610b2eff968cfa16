// Watches a statement that can't run in a transaction: it is made to wait for one table after the other, and is seen while it waits.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { strongerOf, type LockMode } from '../../src/model/lock.ts';
import { printName } from '../../src/model/names.ts';
import type { Database } from './database.ts';
import type { Observation } from './observation.ts';
import { effectsSeen, refusal, runListening, strongestOf, type LockRow } from './observe.ts';
import { relationsOf, type FoundRelation } from './relations.ts';

/** Every table is held in SHARE UPDATE EXCLUSIVE, the weakest mode that all such statements conflict with, until they wait for it. */
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
    await Promise.all([observer, ...holders.values()].map((holder) => holder.end()));
  }
}

async function holdAll(database: Database, relations: ReadonlyMap<number, FoundRelation>): Promise<Map<number, Client>> {
  const holders = new Map<number, Client>();
  for (const { oid, name, kind } of relations.values()) {
    if (kind !== 'r' && kind !== 'p') continue;
    const holder = await database.connect();
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ONLY ${printName(name)} IN SHARE UPDATE EXCLUSIVE MODE`);
    holders.set(oid, holder);
  }
  return holders;
}

async function pidOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

/** Gives way whenever the statement waits, and collects all modes that were asked for until it ends. */
async function letThrough(running: Promise<unknown>, holders: Map<number, Client>, observer: Client, pid: number): Promise<Map<number, LockMode>> {
  const strongest = new Map<number, LockMode>();
  while (!(await endsWithin(running, 3))) {
    const rows = await locksOf(observer, pid);
    for (const [oid, mode] of strongestOf(rows)) strongest.set(oid, strongerOf(mode, strongest.get(oid) ?? mode));
    await giveWay(rows, holders);
  }
  return strongest;
}

/** In milliseconds. */
async function endsWithin(running: Promise<unknown>, time: number): Promise<boolean> {
  const ended = running.then(() => true, () => true);
  return Promise.race([ended, sleep(time, false)]);
}

async function locksOf(observer: Client, pid: number): Promise<readonly LockRow[]> {
  const { rows } = await observer.query<LockRow>(
    "SELECT coalesce(relation, 0::oid) AS relation, mode, granted FROM pg_locks WHERE locktype IN ('relation', 'virtualxid') AND pid = $1",
    [pid],
  );
  return rows;
}

/** A wait for no table is one for whole transactions: then all end. */
async function giveWay(rows: readonly LockRow[], holders: ReadonlyMap<number, Client>): Promise<void> {
  const waiting = rows.filter(({ granted }) => !granted);
  const released = waiting.flatMap(({ relation }) => holders.get(relation) ?? (relation === 0 ? [...holders.values()] : []));
  await Promise.all(released.map((holder) => holder.query('COMMIT')));
}
