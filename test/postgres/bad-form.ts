// The unsafe form: it waits behind one open transaction, everybody waits behind it, and when it has its lock, it keeps them out.

import { blocksReads, blocksWrites } from '../../src/model/lock.ts';
import { printName } from '../../src/model/names.ts';
import type { Connection } from '../../src/trace/connection.ts';
import { ownLocks, strongestOf, type Locks } from '../../src/trace/locks.ts';
import type { Observation } from '../../src/trace/observation.ts';
import { observeInside } from '../../src/trace/observe.ts';
import { watch } from '../../src/trace/watch.ts';
import { reading, start, tableOf, waitsFor, withConnections, writing, type Example, type Scene, type Table } from './scene.ts';

/** What did not happen as it should, in sentences. */
export async function playBad(scene: Scene, example: Example): Promise<string[]> {
  return withConnections(scene, 4, async (migrator, holder, visitor, observer) => {
    for (const sql of example.before) await migrator.run(sql);
    const victim = example.isInTransaction ? undefined : await findVictim(scene, migrator, example.sql);
    const queued = victim ? await playQueue(victim, example.sql, { migrator, holder, visitor, observer }) : [];
    return [...queued, ...(await playHeld(scene, migrator, visitor, example))];
  });
}

/** A table whose rows are worked on while others are kept out of it. */
interface Victim {
  readonly table: Table;
  /** What an application does there, and has to wait with. */
  readonly visit: string;
}

/** Runs the statement and undoes it, where that can be done. */
async function findVictim({ server, connect }: Scene, migrator: Connection, sql: string): Promise<Victim | undefined> {
  await migrator.run('BEGIN');
  const observation = await observeInside(migrator, sql);
  await migrator.run('ROLLBACK');
  const isForbidden = observation.kind === 'refused' && observation.code === '25001';
  return victimOf(isForbidden ? await watch(server.connection, connect, sql) : observation, server.connection);
}

async function victimOf(observation: Observation, connection: Connection): Promise<Victim | undefined> {
  if (observation.kind !== 'done') return undefined;
  for (const { lock, work, relation } of observation.effects) {
    if (lock === undefined || work.length === 0 || observation.indexes.has(printName(relation))) continue;
    const table = await tableOf(connection, relation);
    if (blocksReads(lock)) return { table, visit: reading(table) };
    if (blocksWrites(lock)) return { table, visit: writing(table) };
  }
  return undefined;
}

interface Sessions {
  readonly migrator: Connection;
  readonly holder: Connection;
  readonly visitor: Connection;
  readonly observer: Connection;
}

/** The holder's transaction is idle; the migration waits for it, and the visitor for the migration. */
async function playQueue({ visit }: Victim, sql: string, { migrator, holder, visitor, observer }: Sessions): Promise<string[]> {
  await holder.run('BEGIN');
  const [row] = await holder.rows<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  await holder.run(visit);
  const failures: string[] = [];
  for (const timeout of ['0', '1s']) {
    await migrator.run(`SET lock_timeout = '${timeout}'`);
    const migration = await start(migrator, sql);
    if (!(await waitsFor(migration, row?.pid ?? 0, observer))) failures.push('the migration does not wait for an open transaction');
    const visited = await start(visitor, visit);
    if (!(await waitsFor(visited, migration.pid, observer))) failures.push('nobody waits for the migration');
    if (timeout === '0') await observer.rows('SELECT pg_cancel_backend($1)', [migration.pid]);
    const outcome = await migration.outcome;
    if (timeout !== '0' && outcome !== '55P03') failures.push(`lock_timeout does not end the migration: ${outcome}`);
    if ((await visited.outcome) !== 'done') failures.push('the visitor does not go on when the migration has given up');
  }
  await holder.run('COMMIT');
  return failures;
}

/** The statement has its locks, and does its work under them; what can't run in a transaction can't be held there. */
async function playHeld({ server }: Scene, migrator: Connection, visitor: Connection, example: Example): Promise<string[]> {
  if (!example.isInTransaction) await migrator.run('BEGIN');
  const observation = await observeInside(migrator, example.sql);
  const visits = await visitsKeptOut(observation, strongestOf(await ownLocks(migrator)), server.connection);
  await visitor.run("SET lock_timeout = '50ms'");
  const failures: string[] = [];
  for (const visit of visits) {
    const { outcome } = await start(visitor, visit);
    if ((await outcome) !== '55P03') failures.push(`${visit} is not kept out: ${await outcome}`);
  }
  await migrator.run('ROLLBACK');
  if (observation.kind === 'refused' && observation.code === '25001') return [];
  if (observation.kind === 'refused') return [`PostgreSQL refuses it: ${observation.message}`];
  return visits.length > 0 ? failures : ['nobody is kept out while rows are worked on'];
}

async function visitsKeptOut(observation: Observation, locks: Locks, connection: Connection): Promise<string[]> {
  const worked = observation.kind === 'done' ? observation.effects.filter(({ work }) => work.length > 0) : [];
  const visits: string[] = [];
  for (const { oid, relation } of worked) {
    const lock = locks.get(oid);
    const table = await tableOf(connection, relation);
    if (lock !== undefined && blocksWrites(lock) && table.kind !== 'i') visits.push(blocksReads(lock) ? reading(table) : writing(table));
  }
  return visits;
}
