// Watches a statement that can't run in a transaction: it has to wait for one table after the other, and is seen while it waits.

import { setTimeout } from 'node:timers/promises';
import { strongerOf, type LockMode } from '../model/lock.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Connection, Server } from './connection.ts';
import { locksOf, type Locks } from './locks.ts';
import type { Observation } from './observation.ts';
import { effectsSeen, refused, stateOf } from './observe.ts';
import { indexNames, type Relations } from './relations.ts';

/**
 * Indexes can't be held, so of them nothing is told. Tables are held in SHARE UPDATE EXCLUSIVE, the weakest mode that all such statements conflict with, until the statement waits for
 * them; from then on in ACCESS SHARE, so that it waits once more before it takes ACCESS EXCLUSIVE.
 */
export async function watch(connection: Connection, connect: NonNullable<Server['connect']>, sql: string): Promise<Observation> {
  const before = await stateOf(connection);
  const holders = await holdAll(connect, sql, before.relations);
  const observer = await connect();
  try {
    const pid = await pidOf(connection);
    await connection.run('SET client_min_messages = debug1');
    const running = connection.run(sql);
    const locks = await letThrough(running, holders, observer, pid);
    const seen = await effectsSeen(connection, before, await running, locks);
    const indexes = indexNames(before.relations);
    const effects = seen.filter(({ relation }) => !indexes.has(printName(relation)));
    return { kind: 'done', outside: true, locks: 'seen', effects, indexes, held: [] };
  } catch (error) {
    return refused(error);
  } finally {
    await connection.run('RESET client_min_messages');
    await Promise.all([observer, ...[...holders.values()].map((holder) => holder.connection)].map((one) => one.end()));
  }
}

interface Holder {
  readonly connection: Connection;
  readonly tables: readonly QualifiedName[];
}

/** By the process of their connection. */
type Holders = ReadonlyMap<number, Holder>;

/** Tables that the statement names, itself or by an index, are held one by one, as far as connections go; the others by one more. */
async function holdAll(connect: () => Promise<Connection>, sql: string, relations: Relations): Promise<Holders> {
  const named = namedTables(sql, relations);
  const tables = [...relations.values()].filter(({ kind, name }) => 'rp'.includes(kind) && name.schema !== 'pg_temp');
  const inOrder = tables.toSorted((left, right) => Number(named.has(right.oid)) - Number(named.has(left.oid)));
  const alone = inOrder.slice(0, mostHolders).map((table) => [table]);
  const groups = [...alone, inOrder.slice(mostHolders)].filter((group) => group.length > 0);
  const holders = new Map<number, Holder>();
  for (const group of groups) {
    const holder: Holder = { connection: await connect(), tables: group.map(({ name }) => name) };
    // Before it begins: a query of a transaction keeps its snapshot, which CONCURRENTLY waits for, so that holders would give way too early.
    holders.set(await pidOf(holder.connection), holder);
    await hold(holder);
  }
  return holders;
}

const mostHolders = 24;

function namedTables(sql: string, relations: Relations): ReadonlySet<number> {
  const named = [...relations.values()].filter(({ name }) => sql.includes(name.name));
  return new Set(named.map(({ oid, table }) => table ?? oid));
}

/** Both modes, the stronger one behind a savepoint, so that going back to it leaves no moment without the weaker one. */
async function hold({ connection, tables }: Holder): Promise<void> {
  const names = tables.map(({ schema, name }) => `ONLY ${quoted(schema)}.${quoted(name)}`).join(', ');
  await connection.run('BEGIN');
  await connection.run(`LOCK TABLE ${names} IN ACCESS SHARE MODE`);
  await connection.run('SAVEPOINT weaker');
  await connection.run(`LOCK TABLE ${names} IN SHARE UPDATE EXCLUSIVE MODE`);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function pidOf(connection: Connection): Promise<number> {
  const [row] = await connection.rows<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  return row?.pid ?? 0;
}

/**
 * Gives way whenever the statement waits, and collects all modes that were asked for until it ends. Who is in its way is asked first:
 * while it waits for a holder, nothing of what it asks for can be missed.
 */
async function letThrough(running: Promise<unknown>, holders: Holders, observer: Connection, pid: number): Promise<Locks> {
  const strongest = new Map<number, LockMode>();
  const asked = new Set<Holder>();
  while (!(await endsWithin(running, 3))) {
    const blockers = await blockersOf(observer, pid);
    for (const [oid, mode] of await locksOf(observer, pid)) {
      strongest.set(oid, strongerOf(mode, strongest.get(oid) ?? mode));
    }
    for (const blocker of blockers) {
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
  return Promise.race([ended, setTimeout(time, false)]);
}

async function blockersOf(observer: Connection, pid: number): Promise<readonly number[]> {
  const rows = await observer.rows<{ readonly pid: number }>('SELECT unnest(pg_blocking_pids($1)) AS pid', [pid]);
  return rows.map((row) => row.pid);
}

async function giveWay(holder: Holder, asked: Set<Holder>): Promise<void> {
  await holder.connection.run(asked.has(holder) ? 'COMMIT' : 'ROLLBACK TO SAVEPOINT weaker');
  asked.add(holder);
}
