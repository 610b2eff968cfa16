// What a trace leaves on a server where it is interrupted or killed, and who lets its role in.

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Connection } from '../../src/trace/connection.ts';
import { buildCommand } from '../command.ts';
import { admitBy, failed } from './checks.ts';
import { connectTo } from './server-at.ts';
import { checkScenarios, urlOf, type TestServer } from './trace-scenario.ts';

/** What did not happen as it should, in sentences. */
export async function checkTraceOnServer(server: TestServer): Promise<string[]> {
  const admin = await connectTo(urlOf(server, 'postgres'));
  try {
    return [
      ...(await checkScenarios(server)),
      ...(await checkInterrupted(server, admin)),
      ...(await checkInterruptedInPlace(server, admin)),
      ...(await checkKilled(server, admin)),
      ...(await checkAuthentication(server, admin)),
    ];
  } finally {
    await admin.end();
  }
}

const made = "SELECT datname FROM pg_database WHERE datname LIKE 'pgmigrate_lint_%' UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'pgmigrate_lint_%'";

async function checkInterrupted(server: TestServer, admin: Connection): Promise<string[]> {
  const complaints: string[] = [];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
    const { ended, said } = await interrupt(urlOf(server, 'postgres'), [], 'SELECT pg_sleep(60);', signal);
    complaints.push(
      ...failed({
        [`a trace ends by the ${signal} that interrupts it`]: ended === signal,
        [`it says no more after ${signal}: ${said}`]: /^pgmigrate-lint: tracing on [^\n]*\n$/.test(said),
        [`it leaves nothing after ${signal}`]: (await admin.rows(made)).length === 0,
      }),
    );
  }
  return complaints;
}

async function checkInterruptedInPlace(server: TestServer, admin: Connection): Promise<string[]> {
  await admin.run('CREATE DATABASE shop_in_use');
  const database = await connectTo(urlOf(server, 'shop_in_use'));
  try {
    await database.run('CREATE TABLE orders (id serial)');
    const sql = 'INSERT INTO orders DEFAULT VALUES; CREATE TABLE customers (id int); SELECT pg_sleep(60);';
    const { ended } = await interrupt(urlOf(server, 'shop_in_use'), ['--yes', '--as-is'], sql, 'SIGTERM');
    const [row] = await database.rows<{ readonly state: string }>(
      "SELECT to_regclass('customers') IS NULL AND NOT EXISTS (SELECT FROM orders) AND NOT (SELECT is_called FROM orders_id_seq) AS state",
    );
    const sleeping = await database.rows("SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'");
    return failed({
      'a trace in the database itself ends by the signal': ended === 'SIGTERM',
      'what it did is undone, sequences too': String(row?.state) === 'true',
      'its statement does not go on': sleeping.length === 0,
    });
  } finally {
    await database.end();
    await admin.run('DROP DATABASE shop_in_use WITH (FORCE)');
  }
}

/** What a run that was killed has left is named by the next one, a minute later. */
async function checkKilled(server: TestServer, admin: Connection): Promise<string[]> {
  await interrupt(urlOf(server, 'postgres'), [], 'SELECT pg_sleep(0.5);', 'SIGKILL');
  const left = await admin.rows<{ readonly datname: string }>(made);
  const name = left[0]?.datname ?? '';
  const old = name.replace(/_\d{14}_/, '_20200101000000_');
  const complaints = failed({ 'a killed trace leaves its database and its role': left.length === 2 });
  if (complaints.length > 0) return complaints;
  while ((await admin.rows("SELECT FROM pg_stat_activity WHERE datname LIKE 'pgmigrate_lint_%'")).length > 0) await admin.run('SELECT pg_sleep(0.1)');
  await admin.run(`ALTER DATABASE ${name} RENAME TO ${old}`);
  await admin.run(`ALTER ROLE ${name} RENAME TO ${old}`);
  const { said } = await interrupt(urlOf(server, 'postgres'), [], 'SELECT 1;', undefined);
  const commands = [`DROP DATABASE IF EXISTS ${old} WITH (FORCE);`, `DROP ROLE IF EXISTS ${old};`];
  complaints.push(
    ...failed({
      [`the next run names what is left, and how to drop it: ${said}`]: said.includes(commands.join(' ')),
      'it drops nothing of that by itself': (await admin.rows(made)).length === 2,
    }),
  );
  for (const command of commands) await admin.run(command);
  return complaints;
}

/** The role of the trace logs in with a password where one is asked for; where it is not let in, that is said, and nothing is left. */
async function checkAuthentication(server: TestServer, admin: Connection): Promise<string[]> {
  const url = urlOf(server, 'postgres');
  await admitBy(admin, ['local all all trust', 'host all postgres all trust', 'host all all all scram-sha-256']);
  const asked = await interrupt(url, [], 'CREATE TABLE orders (id int);', undefined);
  await admitBy(admin, ['local all all trust', 'host all postgres all trust', 'host all all all reject']);
  const rejected = await interrupt(url, [], 'CREATE TABLE orders (id int);', undefined);
  await admin.run("CREATE ROLE app LOGIN CREATEDB CREATEROLE PASSWORD 'hunter two'");
  await admitBy(admin, ['local all all trust', 'host all postgres all trust', 'host all all all scram-sha-256']);
  const app = url.replace('postgres@', 'app:hunter%20two@');
  const login = await interrupt(app, [], 'CREATE TABLE orders (id int);', undefined);
  const wrong = await interrupt(app.replace('two', 'three'), [], 'CREATE TABLE orders (id int);', undefined);
  await admitBy(admin, ['local all all trust', 'host all all all trust']);
  await admin.run('DROP ROLE app');
  return failed({
    [`its role logs in by password: ${asked.said}`]: asked.ended === 0,
    [`a role that can't log in is a reason to stop: ${rejected.said}`]: rejected.ended === 2 && rejected.said.includes("can't log in") && rejected.said.includes('--as-is'),
    [`a role that may create roles and databases is enough: ${login.said}`]: login.ended === 0 && login.said.includes('CREATE TABLE'),
    [`a wrong password is told without it: ${wrong.said}`]: wrong.ended === 2 && !/three|hunter/.test(wrong.said),
    'nothing is left': (await admin.rows(made)).length === 0,
  });
}

interface Ended {
  /** Its exit code, or the signal by which it ended. */
  readonly ended: number | string | null;
  readonly said: string;
}

/** Runs the command, and interrupts it once the last statement runs. */
async function interrupt(url: string, options: readonly string[], sql: string, signal: NodeJS.Signals | undefined): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  writeFileSync(join(folder, 'm.sql'), sql);
  const command = [buildCommand('trace-on-server'), 'trace', '--database-url', url, ...options, 'm.sql'];
  const run = spawn(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  run.stdout.on('data', (text) => (said += text));
  run.stderr.on('data', (text) => (said += text));
  const closed = once(run, 'close');
  if (signal !== undefined) await interruptWhenSleeping(run, url.replace(/[^/]*$/, 'postgres'), signal);
  const [code, ended] = await closed;
  rmSync(folder, { recursive: true });
  return { ended: ended ?? code, said };
}

async function interruptWhenSleeping(run: ChildProcessByStdio<null, Readable, Readable>, url: string, signal: NodeJS.Signals): Promise<void> {
  const watcher = await connectTo(url);
  const sleeping = "SELECT FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep.(60|0.5)' AND state = 'active' AND pid <> pg_backend_pid()";
  while (run.exitCode === null && (await watcher.rows(sleeping)).length === 0) await watcher.run('SELECT pg_sleep(0.02)');
  run.kill(signal);
  await watcher.end();
}
