// `trace --database-url` as its users meet it: what it leaves alone, what it rolls back, and what it refuses.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import type { Connection } from '../../src/trace/connection.ts';
import { connectTo } from '../../src/trace/remote.ts';
import { buildCommand } from '../command.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const migration = `SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
BEGIN;
ALTER TABLE orders ADD COLUMN gone int;
ROLLBACK;
CREATE ROLE somebody;
`;

/** What did not happen as it should, in sentences. `url`: of any database on the server. */
export async function checkTraceOnServer(url: string): Promise<string[]> {
  const admin = await connectTo(url);
  await admin.connection.run('CREATE DATABASE pgmigrate_lint_clone');
  const clone = url.replace(/[^/]*$/, 'pgmigrate_lint_clone');
  try {
    return [...(await checkEmpty(clone, admin.connection)), ...(await checkInterrupted(clone, admin.connection)), ...(await checkClone(clone))];
  } finally {
    await admin.connection.run('DROP DATABASE pgmigrate_lint_clone WITH (FORCE)');
    await admin.stop();
  }
}

const databases = "SELECT datname FROM pg_database WHERE datname <> 'pgmigrate_lint_clone'";

/** Nothing is made in the database that the URL names, nor left on the server. */
async function checkEmpty(url: string, admin: Connection): Promise<string[]> {
  const before = await admin.rows(databases);
  const { code, out, err } = await trace(url, [], `CREATE TABLE orders (id int);\nCREATE INDEX CONCURRENTLY ON orders (id);\n${migration}`);
  const after = await admin.rows(databases);
  return failed({
    'an empty database is traced in': code === 0 && err.includes('in a database of its own that is dropped afterwards'),
    'CONCURRENTLY is seen from a second session': out.includes('"lock": "SHARE UPDATE EXCLUSIVE"'),
    'a rewrite is seen': out.includes('"rewrite"'),
    'no role is made': out.includes('"notRun": "it would change more of the server than this database"'),
    'no database is left': before.length === after.length,
  });
}

async function checkInterrupted(url: string, admin: Connection): Promise<string[]> {
  const before = await admin.rows(databases);
  const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  writeFileSync(join(folder, 'm.sql'), 'SELECT pg_sleep(60);');
  const run = spawn(process.execPath, [buildCommand('trace-on-server'), 'trace', '--database-url', url, 'm.sql'], { cwd: folder });
  let said = '';
  run.stdout.on('data', (text) => (said += text));
  run.stderr.on('data', (text) => (said += text));
  while (!said.includes('tracing on')) await once(run.stderr, 'data');
  run.kill('SIGINT');
  const [, signal] = await once(run, 'close');
  rmSync(folder, { recursive: true });
  const after = await admin.rows(databases);
  return failed({
    'an interrupted trace ends as interrupted': signal === 'SIGINT',
    'and says no more': /^pgmigrate-lint: tracing on [^\n]*\n$/.test(said),
    'and leaves no database': before.length === after.length,
  });
}

async function checkClone(url: string): Promise<string[]> {
  const { connection, stop } = await connectTo(url);
  try {
    await connection.run('CREATE TABLE orders (id int)');
    const refused = await trace(url, [], migration);
    const untouched = await columnsOf(connection);
    const agreed = await trace(url, ['--yes'], migration);
    const rolledBack = await columnsOf(connection);
    const concurrent = await trace(url, ['--yes'], 'CREATE INDEX CONCURRENTLY orders_id_idx ON orders (id);');
    const indexes = await connection.rows("SELECT FROM pg_class WHERE relname = 'orders_id_idx'");
    return failed({
      'a database that is not empty is refused': refused.code === 2 && refused.err.includes('add --yes'),
      'refused means untouched': untouched === 'id',
      'with --yes it is traced': agreed.code === 0 && agreed.out.includes('"rewrite"') && agreed.err.includes('in the database itself'),
      'and rolled back': rolledBack === 'id',
      'what stays is named': concurrent.err.includes("CREATE INDEX can't run in a transaction: it stays") && indexes.length === 1,
      'its lock is seen': concurrent.out.includes('"lock": "SHARE UPDATE EXCLUSIVE"'),
    });
  } finally {
    await stop();
  }
}

async function columnsOf(connection: Connection): Promise<string> {
  const columns = "SELECT string_agg(attname, ' ') AS names FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0";
  const [row] = await connection.rows<{ readonly names: string }>(columns);
  return row?.names ?? '';
}

function failed(checks: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(checks).flatMap(([sentence, holds]) => (holds ? [] : [`not so: ${sentence}`]));
}

async function trace(url: string, options: readonly string[], sql: string): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  writeFileSync(join(folder, 'm.sql'), sql);
  let [out, err] = ['', ''];
  const terminal = {
    cwd: folder,
    env: {},
    isTerminal: false,
    showsProgress: false,
    now: () => 0,
    columns: 500,
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
  };
  try {
    return { code: await main(['trace', '--format', 'json', '--database-url', url, ...options, 'm.sql'], terminal), out, err };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
