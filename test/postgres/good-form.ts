// The safe form: whatever it has to do with rows of tables that were there, it does while others read and write them.

import { blocksWrites } from '../../src/model/lock.ts';
import type { Connection } from '../../src/trace/connection.ts';
import type { Observation } from '../../src/trace/observation.ts';
import { observeInside } from '../../src/trace/observe.ts';
import { relationsOf } from '../../src/trace/relations.ts';
import { reading, start, waitsFor, withConnections, writing, type Scene, type Table } from './scene.ts';

/** What did not happen as it should, in sentences. */
export async function playGood(scene: Scene, statements: readonly string[]): Promise<string[]> {
  const tables = await tablesOf(scene.server.connection);
  const failures: string[] = [];
  await withConnections(scene, 4, async (migrator, holder, visitor, observer) => {
    await visitor.run("SET lock_timeout = '100ms'");
    for (const sql of statements) {
      await migrator.run('BEGIN');
      const observation = await observeInside(migrator, sql);
      const isForbidden = observation.kind === 'refused' && observation.code === '25001';
      const complaints = isForbidden ? [] : await judge(observation, tables, visitor);
      await migrator.run(isForbidden ? 'ROLLBACK' : 'COMMIT');
      if (isForbidden) complaints.push(...(await visitMeanwhile(sql, tables, { migrator, holder, visitor, observer })));
      failures.push(...complaints.map((complaint) => `${sql}: ${complaint}`));
    }
  });
  return failures;
}

export async function tablesOf(connection: Connection): Promise<Table[]> {
  const relations = await relationsOf(connection);
  return [...relations.values()].filter(({ kind }) => 'rpm'.includes(kind)).map(({ name, kind, oid }) => ({ name, kind, oid }));
}

/** While the transaction holds the locks of the statement. */
export async function judge(observation: Observation, tables: readonly Table[], visitor: Connection): Promise<string[]> {
  if (observation.kind !== 'done') return [`PostgreSQL does not run it: ${observation.kind === 'refused' ? observation.message : ''}`];
  const complaints: string[] = [];
  for (const { oid, work, lock } of observation.effects) {
    const table = tables.find((one) => one.oid === oid);
    if (table === undefined || work.length === 0) continue;
    if (lock !== undefined && blocksWrites(lock) && table.kind !== 'm') complaints.push(`${work.join(', ')} under ${lock}`);
    complaints.push(...(await visit(table, visitor)));
  }
  return complaints;
}

interface Sessions {
  readonly migrator: Connection;
  readonly holder: Connection;
  readonly visitor: Connection;
  readonly observer: Connection;
}

/** It waits for the transactions that are open, and nobody waits for it. */
async function visitMeanwhile(sql: string, tables: readonly Table[], sessions: Sessions): Promise<string[]> {
  const { migrator, holder, visitor, observer } = sessions;
  await holder.run('BEGIN');
  const [row] = await holder.rows<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  for (const table of tables) await holder.run(use(table));
  const running = await start(migrator, sql);
  await waitsFor(running, row?.pid ?? 0, observer);
  const complaints: string[] = [];
  for (const table of tables) complaints.push(...(await visit(table, visitor)));
  await holder.run('COMMIT');
  const outcome = await running.outcome;
  return outcome === 'done' ? complaints : [...complaints, `PostgreSQL does not run it: ${outcome}`];
}

async function visit(table: Table, visitor: Connection): Promise<string[]> {
  const complaints: string[] = [];
  for (const sql of new Set([reading(table), use(table)])) {
    const { outcome } = await start(visitor, sql);
    if ((await outcome) !== 'done') complaints.push(`${sql} has to wait: ${await outcome}`);
  }
  return complaints;
}

/** The most that an application does with it: nobody writes to a materialized view. */
function use(table: Table): string {
  return table.kind === 'm' ? reading(table) : writing(table);
}
