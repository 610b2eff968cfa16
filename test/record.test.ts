// `record`: what migration commands send, heard on the wire, dealt out to migrations by the books of their tools (fixtures/record), and linted.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { rules } from '../rules/index.ts';
import { tellAll, type ToldMigration } from '../src/engine/lint.ts';
import { run } from '../src/project/run.ts';
import { lintPaths } from '../src/project/workspace.ts';
import { embeddedLines } from '../src/record/embedded-lines.ts';
import { startProxy } from '../src/record/proxy.ts';
import { runCommand } from '../src/record/run-command.ts';
import { Frames } from '../src/record/wire/frames.ts';
import { message, withoutChannelBinding } from '../src/record/wire/written.ts';
import { openEmbedded, type Embedded } from '../src/trace/embedded.ts';
import { dealtOut } from '../src/record/dealt-out.ts';
import { readRecording } from '../src/record/read-recording.ts';
import type { RecordedMessage } from '../src/record/recording.ts';
import { buildCommand } from './command.ts';
import { filesBelow, read } from './fixture.ts';
import { runMain } from './run-main.ts';

jest.setTimeout(60_000);

interface Scenario {
  readonly name: string;
  readonly messages: readonly (readonly [session: number, sql: string, values?: readonly string[], refused?: string])[];
  readonly dealt: readonly string[];
}

describe('fixtures/record/books.yml', () => {
  const scenarios: readonly Scenario[] = parse(read('fixtures/record/books.yml'));

  test.each(scenarios)('$name', ({ messages, dealt }) => {
    const recorded = messages.map(([session, sql, values = [], code]): RecordedMessage => ({ session, sql, values, ...(code === undefined ? {} : { error: { code, message: '' } }) }));
    const told = dealtOut(recorded).map(({ title, names, direction, goesOn, messages: own }) => {
      const head = [title ?? direction, ...names].join(' ');
      return `${head}${goesOn ? ', going on' : ''}: ${own.map(({ sql, error }) => (error ? `${sql} refused ${error.code}` : sql)).join(' | ')}`;
    });
    expect(told).toEqual(dealt);
  });
});

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgmigrate-lint-')));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** A recording that somebody has kept, in its project: where each statement stands, in which transactions it runs, and what is found. */
interface KeptRecording {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** As `record --out` writes it. */
  readonly recording: unknown;
  readonly told: string;
  /** Rules but `missing-lock-timeout`, with the places of what they find. */
  readonly found: readonly string[];
  readonly notes?: readonly string[];
}

describe.each(filesBelow('fixtures/record/recordings', '.yml'))('%s', (path) => {
  const scenarios: readonly KeptRecording[] = parse(read(path));

  test.each(scenarios)('$name', async ({ files, recording: written, told, found, notes = [] }) => {
    lay(files);
    const recording = readRecording(JSON.stringify(written));
    const done = await run([], { cwd: folder, recording }, rules, (histories) => Array.from(tellAll(histories), toldOf));
    expect(done.result.join('')).toBe(told);
    expect(done.notes).toEqual(notes);
    const { result } = await lintPaths([], { cwd: folder, recording, rules: { 'missing-lock-timeout': { severity: 'off', options: {} } } }, rules);
    expect(result.findings.map(({ rule, path: file, line, column }) => `${file}:${line}:${column} ${rule}`)).toEqual(found);
  });
});

function toldOf({ timeline: { source, steps } }: ToldMigration): string {
  const lines = steps.map(({ statement: { span }, transaction }) => {
    const { line, column } = source.positionOf(span.start);
    return `  ${transaction} ${line}:${column} ${source.slice(span).replace(/\s+/g, ' ')}\n`;
  });
  return [`${source.path}\n`, ...lines].join('');
}

/** What a command says to the embedded server, in the words of test/wire-client.cjs. */
interface WireScenario {
  readonly name: string;
  /** Beside them, it has `print`. */
  readonly command: string;
  /** Answers in a row, one line for each `print`. */
  readonly prints?: readonly string[];
  /** The session, `and` for what is joined to the one before it, the SQL, its values, and with which SQLSTATE it was refused. */
  readonly recorded: readonly string[];
}

describe('fixtures/record/commands.yml', () => {
  const scenarios: readonly WireScenario[] = parse(read('fixtures/record/commands.yml'));
  let database: Embedded['database'];

  beforeAll(async () => {
    ({ database } = await openEmbedded(new Set()));
  });

  afterEach(() => database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));

  afterAll(() => database.close());

  test.each(scenarios)('$name', async ({ command, prints = [], recorded }) => {
    // Whoever waits for a transaction of another one is not kept waiting here.
    const proxy = await startProxy(embeddedLines(database, 0));
    let printed = '';
    const script = `const { open, serialize, statement } = require(${JSON.stringify(resolve('test/wire-client.cjs'))}); const print = (answers) => console.log(answers.join(' ')); (async () => { ${command} })();`;
    const failure = await runCommand(['node', '-e', script], { port: proxy.port, user: 'postgres', password: 'postgres', database: 'postgres' }, { cwd: folder, env: process.env, say: (text) => (printed += text) });
    await proxy.stop();
    expect([failure, printed.split('\n').filter((line) => line !== '')]).toEqual([undefined, prints]);
    expect(proxy.messages.map(({ session, joined, sql, values, error }) => `${session} ${joined ? 'and ' : ''}${sql}${values ? ` with ${values.join(', ')}` : ''}${error ? ` refused ${error.code}` : ''}`)).toEqual(recorded);
  });
});

test('a client that does not encrypt is not offered to be bound to an encrypted channel', () => {
  const offer = (ways: string): Buffer => message('R', Buffer.from(`\0\0\0\n${ways}\0`));
  const frames = [...new Frames('server').read(offer('SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0'))];
  expect(frames.map(withoutChannelBinding)).toEqual([offer('SCRAM-SHA-256\0')]);
});

describe('a command of a project', () => {
  beforeEach(() => symlinkSync(resolve('node_modules'), join(folder, 'node_modules')));

  /** Runs the files of a folder as a tool with books would: one simple query for each, then an INSERT with parameters. */
  const runner = `
    const { readdirSync, readFileSync } = require('node:fs');
    const { Client } = require('pg');
    (async () => {
      const client = new Client({ connectionString: process.argv[2] ?? process.env.DATABASE_URL });
      await client.connect();
      await client.query('CREATE TABLE schema_migrations (version text)');
      for (const file of readdirSync('migrations').sort()) {
        await client.query('BEGIN');
        await client.query(readFileSync('migrations/' + file, 'utf8'));
        await client.query('INSERT INTO schema_migrations (version) VALUES ($1)', [file.split('_')[0]]);
        await client.query('COMMIT');
      }
      await client.end();
    })().catch((error) => { console.error(error.message); process.exit(3); });
  `;

  test('is run, and what it sends is found in its files', async () => {
    lay({ 'run.cjs': runner, 'migrations/1_orders.sql': 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; CREATE TABLE orders (id bigint PRIMARY KEY, status text);', 'migrations/2_index.sql': '-- in a transaction\nCREATE INDEX orders_status_idx ON orders (status);' });
    const { code, out, err } = await runMain(['record', '--out', 'sent.json', '--format', 'unix', '--rule', 'missing-lock-timeout=off', '--', 'node', 'run.cjs', '{url}'], folder);
    expect(err).toContain('recording on PostgreSQL 18');
    expect(out).toContain('migrations/2_index.sql:2:1: error: Building this index blocks writes to public.orders until it is done [non-concurrent-index]');
    expect(code).toBe(1);
    const recording = readRecording(readFileSync(join(folder, 'sent.json'), 'utf8'));
    expect(recording?.messages.filter(({ sql }) => /^(?:CREATE INDEX|-- in)/.test(sql))).toHaveLength(1);
    const again = await runMain(['--format', 'unix', '--rule', 'missing-lock-timeout=off', 'sent.json'], folder);
    expect(again.out).toBe(out);
  });

  test('keeps the passwords of its connections to itself', async () => {
    lay({ 'run.cjs': runner, 'migrations/1_orders.sql': 'CREATE TABLE orders (id bigint);' });
    const { code, out } = await runMain(['record', '--out', 'sent.json', '--', 'node', 'run.cjs', '{url}', 'postgres://ann:hunter2@db.example/shop'], folder);
    expect([code, `${out}${readFileSync(join(folder, 'sent.json'), 'utf8')}`]).toEqual([0, expect.not.stringContaining('hunter2')]);
  });

  test('that fails is shown, what it sent before is linted, and the run exits 2', async () => {
    lay({ 'run.cjs': runner, 'migrations/1_orders.sql': 'CREATE TABLE orders (id bigint);', 'migrations/2_broken.sql': 'ALTER TABLE invoices ADD COLUMN note text;' });
    const { code, err } = await runMain(['record', '--', 'node', 'run.cjs'], folder);
    expect(err).toContain('relation "invoices" does not exist');
    expect(err).toContain('node run.cjs exited 3: what it sent until then was linted, and nothing behind it');
    expect(code).toBe(2);
  });

  test('that a signal ends is said to be', async () => {
    const { code, err } = await runMain(['record', '--', 'node', '-e', "process.kill(process.pid, 'SIGKILL')"], folder);
    expect([code, err]).toEqual([2, expect.stringContaining('was ended by SIGKILL')]);
  });

  test('ends with whoever records it', async () => {
    lay({ 'wait.cjs': "process.on('SIGTERM', () => { require('node:fs').writeFileSync('ended', ''); process.exit(0); }); console.log('waiting'); setInterval(() => undefined, 1000);" });
    const recording = spawn(process.execPath, [buildCommand('record'), 'record', '--', 'node', 'wait.cjs'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    recording.stderr.on('data', (text) => String(text).includes('waiting') && recording.kill('SIGTERM'));
    const [, signal] = await once(recording, 'close');
    expect([signal, existsSync(join(folder, 'ended'))]).toEqual(['SIGTERM', true]);
  });

  test('that is not there, or none, is a mistake of the call', async () => {
    expect(await runMain(['record', '--', 'no-such-tool'], folder)).toMatchObject({ code: 2, err: expect.stringContaining("no-such-tool can't be run") });
    expect(await runMain(['record'], folder)).toMatchObject({ code: 2, err: expect.stringContaining('write it behind --') });
  });
});
