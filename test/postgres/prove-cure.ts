// The proof of a cure: on tables with rows it ends with the schema and the rows of what was given, does less harm on the way, and keeps nobody waiting who reads and writes as before.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import { Refusal, type Server } from '../../src/trace/connection.ts';
import { schemaDifferences, schemaOf, type Schema } from '../../src/trace/schema.ts';
import { playerOn, runAsItsTool } from './as-its-tool.ts';
import { whatStandsIn, type Behind } from './behind.ts';
import { differencesOf } from './catalog-lines.ts';
import type { CaseMigrations, CureCase } from './cure-cases.ts';
import { fillTables, usesOf, type Filling } from './fill-tables.ts';
import { harmOf, type Harms } from './harm.ts';
import { harmLeft } from './milder.ts';
import { outcomeOf } from './scene.ts';
import { inSmallBatches } from './small-batches.ts';
import { startTraffic } from './traffic.ts';

/** A case with all that is the same on each server. */
export interface CuredCase {
  readonly one: CureCase;
  /** Whose findings the cure takes away. */
  readonly rules: readonly string[];
  readonly migrations: CaseMigrations;
}

export interface Proving {
  /** Rows in each table. */
  readonly count: number;
  /** What is locked and done on the way is looked at, too. */
  readonly isWatched: boolean;
  /** An empty database each time; where it has one session alone, nobody reads and writes beside the cure. */
  readonly fresh: () => Promise<Server>;
}

/** What did not happen as it should, in sentences. */
export async function proveCure({ one, rules: cured, migrations }: CuredCase, { count, isWatched, fresh }: Proving): Promise<readonly string[]> {
  const scene: Scene = { earlier: migrations.earlier, filling: { count, values: one.values, empty: one.empty }, isWatched, fresh };
  const given = await endOf(migrations.given, scene);
  const done = await endOf(migrations.cured, scene);
  if ('refusal' in done) return [`PostgreSQL does not run the cure: ${done.refusal}`];
  const failures = [...done.empty];
  if ('refusal' in given) {
    if (one.refused === undefined || (one.refused !== 'any' && !given.refusal.startsWith(one.refused))) failures.push(`PostgreSQL does not run what was given: ${given.refusal}`);
  } else failures.push(...(await differences(given, done, one, () => endOf(migrations.given, scene))));
  if (isWatched) failures.push(...harmLeft('refusal' in given ? undefined : given.harms, done.harms, cured));
  return [...failures, ...(done.uses.length === 0 ? [] : await failuresOfOthers(migrations.cured, done, scene))];
}

interface Scene {
  readonly earlier: readonly ParsedMigration[];
  readonly filling: Filling;
  readonly isWatched: boolean;
  readonly fresh: () => Promise<Server>;
}

interface End {
  readonly empty: readonly string[];
  readonly harms: Harms;
  readonly behind: Behind;
  /** To the last word, where the server has time for it: nothing on one that has one session alone. */
  readonly schema: Schema;
  /** What code did before and still can do. */
  readonly uses: readonly (readonly string[])[];
}

async function endOf(later: readonly ParsedMigration[], { earlier, filling, isWatched, fresh }: Scene): Promise<End | { readonly refusal: string }> {
  const server = await fresh();
  try {
    await runAsItsTool(earlier, playerOn(server.connection));
    const empty = await fillTables(server.connection, filling);
    const isAlone = server.connect === undefined;
    const uses = isAlone ? [] : await usesOf(server.connection, filling);
    const harms = isWatched ? await harmOf(later, server) : await unwatched(later, server);
    const behind = await whatStandsIn(server);
    const schema = isAlone ? new Map<string, string>() : await schemaOf(server.connection);
    return { empty, harms, behind, schema, uses: await stillRunning(uses, server) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: `${error.code}, ${error.message}` };
  } finally {
    await server.stop();
  }
}

async function unwatched(migrations: readonly ParsedMigration[], { connection }: Server): Promise<Harms> {
  await runAsItsTool(migrations, playerOn(connection));
  return new Map();
}

async function stillRunning(uses: readonly (readonly string[])[], { connection }: Server): Promise<(readonly string[])[]> {
  const running: (readonly string[])[] = [];
  for (const use of uses) {
    await connection.run('BEGIN');
    let isRunning = true;
    for (const sql of use) isRunning &&= (await outcomeOf(connection.run(sql))) === 'done';
    await connection.run('ROLLBACK');
    if (isRunning) running.push(use);
  }
  return running;
}

/** What chance or the clock says differs between two runs of the same, too. */
async function differences(given: End, done: End, { differs }: CureCase, again: () => Promise<End | { readonly refusal: string }>): Promise<readonly string[]> {
  const isLeftOpen = (given.harms.get('left-open')?.size ?? 0) > 0;
  const lines = [
    ...differencesOf(new Map(Object.entries(done.behind.lines)), new Map(Object.entries(given.behind.lines))),
    ...(isLeftOpen ? [] : schemaDifferences(given.schema, done.schema)).filter((line) => !line.startsWith('rows of ')),
  ];
  const rows = rowDifferences(given.behind, done.behind);
  const other = rows.length > 0 ? await again() : undefined;
  const byChance = other === undefined || 'refusal' in other ? [] : rowDifferences(given.behind, other.behind);
  const left = rows.filter((line) => !byChance.includes(line));
  // What the embedded one is not asked for may be what differs.
  const isSame = differs.length > 0 && given.schema.size > 0 && lines.length === 0 && rows.length === 0;
  return [
    ...(differs.includes('lines') ? [] : lines.map((line) => `the schema differs: ${line}`)),
    ...(differs.includes('rows') ? [] : left),
    ...(isSame ? ['it is said to differ, and does not'] : []),
  ];
}

/** By column where that tells it. */
function rowDifferences(one: Behind, other: Behind): readonly string[] {
  const tables = [...new Set([...Object.keys(one.rows), ...Object.keys(other.rows)])];
  return tables.flatMap((table) => {
    const [these, those] = [one.rows[table] ?? [], other.rows[table] ?? []];
    if (these.join('\n') === those.join('\n')) return [];
    const [left, right] = [columnsIn(these), columnsIn(those)];
    const different = [...new Set([...left.keys(), ...right.keys()])].filter((column) => left.get(column) !== right.get(column));
    return different.length === 0 ? [`the rows of ${table} differ`] : different.map((column) => `the values of ${table}.${column} differ`);
  });
}

/** All values of each column, in no order. */
function columnsIn(rows: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string[]>();
  for (const row of rows) {
    for (const [column, value] of Object.entries<unknown>(JSON.parse(row))) {
      const known = values.get(column);
      if (known) known.push(JSON.stringify(value));
      else values.set(column, [JSON.stringify(value)]);
    }
  }
  return new Map([...values].map(([column, all]) => [column, all.toSorted().join()]));
}

/** Others read and write as they did before, while the cure is on its way; a table of which many rows are written at once is only read. */
async function failuresOfOthers(cured: readonly ParsedMigration[], { uses, harms }: End, { earlier, filling, fresh }: Scene): Promise<readonly string[]> {
  const server = await fresh();
  try {
    const { connection, connect } = server;
    await runAsItsTool(earlier, playerOn(connection));
    await fillTables(connection, filling);
    const written = [...(harms.get('written') ?? [])];
    const code = uses.filter(([first = '']) => first.startsWith('SELECT') || !written.some((table) => first.includes(` ${table} `))).flat();
    if (connect === undefined || code.length === 0) return [];
    const traffic = await startTraffic({ server, connect }, code);
    const outcome = await outcomeOf(runAsItsTool(cured, { bound: (sql) => connection.run(sql), run: (sql) => connection.run(inSmallBatches(sql)) }));
    await connection.run('ROLLBACK');
    const failures = await traffic.stop();
    return outcome === 'done' ? failures : [`while others read and write, PostgreSQL does not run the cure: ${outcome}`, ...failures];
  } finally {
    await server.stop();
  }
}
