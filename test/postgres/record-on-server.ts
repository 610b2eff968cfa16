// `record --database-url` as its users meet it: what commands say to a server through us, and that the server is left as it was.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readRecording } from '../../src/record/read-recording.ts';
import type { Connection } from '../../src/trace/connection.ts';
import { buildCommand } from '../command.ts';
import { admitBy, failed } from './checks.ts';
import { connectTo } from './server-at.ts';
import { urlOf, type TestServer } from './trace-scenario.ts';

/** What did not happen as it should, in sentences. */
export async function checkRecordOnServer(server: TestServer): Promise<string[]> {
  const admin = await connectTo(urlOf(server, 'postgres'));
  try {
    await admin.run("CREATE ROLE app LOGIN CREATEDB CREATEROLE PASSWORD 'hunter two'");
    await admitBy(admin, ['local all all trust', 'host all postgres all trust', 'host all all all scram-sha-256']);
    const url = urlOf(server, 'postgres').replace('postgres@', 'app:hunter%20two@');
    return [...(await checkWhatIsSaid(url)), ...(await checkWhatFails(url)), ...(await checkInterrupted(url)), ...(await checkLeft(admin))];
  } finally {
    await admitBy(admin, ['local all all trust', 'host all all all trust']);
    await admin.run('DROP ROLE app');
    await admin.end();
  }
}

/** Two sessions with a transaction each at the same time, rows that are copied in both protocols, and statements that are sent together. */
const busy = `
  const [first, second] = [await open(), await open()];
  await first.ready(serialize.query('CREATE TABLE orders (id bigint)'));
  await first.ready(serialize.query('BEGIN; SELECT pg_advisory_lock(1)'));
  await second.ready(serialize.query('BEGIN'));
  await second.ready(serialize.query('CREATE TABLE invoices (id bigint)'));
  await first.ready(serialize.query('COMMIT'));
  await second.ready(serialize.query('COMMIT'));
  for (const bytes of [serialize.query('COPY orders FROM STDIN'), Buffer.concat([statement('COPY orders FROM STDIN (FORMAT csv)'), serialize.sync()])]) {
    const asked = first.until('copyInResponse');
    first.send(bytes);
    await asked;
    await first.ready(serialize.copyData(Buffer.from('1\\n')), serialize.copyDone(), ...(bytes[0] === 81 ? [] : [serialize.sync()]));
  }
  await first.ready(statement('ALTER TABLE orders ADD COLUMN a text'), statement('ALTER TABLE notes ADD COLUMN a text'), serialize.sync());
  await first.ready(statement('ALTER TABLE orders ADD COLUMN a text'), statement('SELECT 1 / (count(*) - 3) FROM orders'), serialize.sync());
  await Promise.all([first.end(), second.end()]);
`;

async function checkWhatIsSaid(url: string): Promise<string[]> {
  const { ended, said, recorded } = await record(url, busy);
  const heard = recorded.toSorted().join('\n');
  return failed({
    [`a role logs in with its password, and its command runs: ${said}`]: ended === 0,
    [`all that is sent is recorded: ${heard}`]:
      heard ===
      [
        '1 ALTER TABLE orders ADD COLUMN a text',
        '1 ALTER TABLE orders ADD COLUMN a text 42P01',
        '1 BEGIN; SELECT pg_advisory_lock(1)',
        '1 COMMIT',
        '1 COPY orders FROM STDIN',
        '1 COPY orders FROM STDIN (FORMAT csv)',
        '1 CREATE TABLE orders (id bigint)',
        '1 and ALTER TABLE notes ADD COLUMN a text 42P01',
        '1 and SELECT 1 / (count(*) - 3) FROM orders',
        '2 BEGIN',
        '2 COMMIT',
        '2 CREATE TABLE invoices (id bigint)',
      ].join('\n'),
  });
}

async function checkWhatFails(url: string): Promise<string[]> {
  const broken = await record(url, "const client = await open(); await client.ready(serialize.query('CREATE TABLE orders (id bigint)')); console.error('out of paper'); process.exit(7);");
  const missing = await record(url, ['no-such-tool']);
  const wrong = await record(url.replace('two', 'three'), 'await open()');
  return failed({
    [`a command that fails is shown, with its exit code: ${broken.said}`]: broken.ended === 2 && broken.said.includes('out of paper') && broken.said.includes('exited 7'),
    'what it sent before is recorded': broken.recorded.join() === '1 CREATE TABLE orders (id bigint)',
    [`a command that is not there is told: ${missing.said}`]: missing.ended === 2 && missing.said.includes("no-such-tool can't be run"),
    [`a wrong password is told without it: ${wrong.said}`]: wrong.ended === 2 && !/three|hunter/.test(wrong.said),
  });
}

async function checkInterrupted(url: string): Promise<string[]> {
  const complaints: string[] = [];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { ended, said } = await record(url, "const client = await open(); console.log('sleeping'); await client.ready(serialize.query('SELECT pg_sleep(60)'));", signal);
    complaints.push(...failed({ [`a recording ends by the ${signal} that interrupts it: ${said}`]: ended === signal }));
  }
  return complaints;
}

async function checkLeft(admin: Connection): Promise<string[]> {
  const left = await admin.rows("SELECT FROM pg_database WHERE datname LIKE 'pgmigrate_lint_%' UNION ALL SELECT FROM pg_roles WHERE rolname LIKE 'pgmigrate_lint_%'");
  return failed({ 'nothing is left of recordings': left.length === 0 });
}

interface Ended {
  /** Its exit code, or the signal by which it ended. */
  readonly ended: number | string | null;
  readonly said: string;
  readonly recorded: readonly string[];
}

/** `command`: a script in the words of test/wire-client.cjs, or a program. `signal`: interrupts it as soon as it says something. */
async function record(url: string, command: string | readonly string[], signal?: NodeJS.Signals): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'run.cjs'), `const { open, serialize, statement } = require(${JSON.stringify(resolve('test/wire-client.cjs'))}); (async () => { ${String(command)} })();`);
  const program = typeof command === 'string' ? [process.execPath, 'run.cjs'] : command;
  const run = spawn(process.execPath, [buildCommand('record-on-server'), 'record', '--fail-on', 'never', '--database-url', url, '--out', 'sent.json', '--', ...program], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [run.stdout, run.stderr]) {
    stream.on('data', (text) => {
      said += text;
      if (signal !== undefined && said.includes('sleeping')) run.kill(signal);
    });
  }
  const [code, ended] = await once(run, 'close');
  const recorded = recordedIn(join(folder, 'sent.json'));
  rmSync(folder, { recursive: true });
  return { ended: ended ?? code, said, recorded };
}

function recordedIn(file: string): readonly string[] {
  try {
    const { messages = [] } = readRecording(readFileSync(file, 'utf8')) ?? {};
    return messages.map(({ session, joined, sql, error }) => [session, ...(joined ? ['and'] : []), sql, ...(error ? [error.code] : [])].join(' '));
  } catch {
    return [];
  }
}
