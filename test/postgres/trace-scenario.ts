// `trace --database-url` as its users meet it: scenarios in fixtures/trace, each with a database of its own on a server that lasts.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Connection } from '../../src/trace/connection.ts';
import { buildCommand } from '../command.ts';
import { filesBelow, read } from '../fixture.ts';
import { connectTo } from './server-at.ts';

/** In texts, $PORT, $SOCKETS (a folder, as a path), $SOCKETS_ENCODED, $DATABASE and $HOME stand for what they are. */
export interface TraceScenario {
  readonly name: string;
  /** What is in the database before; the database is empty where it says nothing. */
  readonly setup?: readonly string[];
  /** Behind `trace --database-url`. */
  readonly url?: string;
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** In the home of who runs it, only for the owner. */
  readonly home?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** m.sql. */
  readonly sql?: string;
  /** The oldest version that it is for. */
  readonly since?: number;
  readonly exit: number;
  readonly out?: readonly string[];
  readonly err?: readonly string[];
  readonly not?: readonly string[];
  /** Questions to the database afterwards, and their answers. */
  readonly asks?: Readonly<Record<string, string>>;
  /** Undoes what setup did to the server. */
  readonly teardown?: readonly string[];
}

export interface TestServer {
  readonly port: number;
  readonly socketFolder: string;
  readonly version: number;
}

const DATABASE = 'shop_of_a_test';

/** What did not happen as it should, in sentences. */
export async function checkScenarios(server: TestServer): Promise<string[]> {
  const complaints: string[] = [];
  for (const path of filesBelow('fixtures/trace', '.yml')) {
    const scenarios: TraceScenario[] = parse(read(path));
    for (const scenario of scenarios.filter((one) => isFor(one, server))) {
      const failed = await checkScenario(scenario, server);
      complaints.push(...failed.map((sentence) => `${path}: ${scenario.name}: ${sentence}`));
    }
  }
  return complaints;
}

function isFor(scenario: TraceScenario, { version, socketFolder }: TestServer): boolean {
  return (scenario.since ?? 0) <= version && (socketFolder !== '' || !JSON.stringify(scenario).includes('$SOCKETS'));
}

async function checkScenario(scenario: TraceScenario, server: TestServer): Promise<string[]> {
  const admin = await connectTo(urlOf(server, 'postgres'));
  await admin.run(`CREATE DATABASE ${DATABASE}`);
  try {
    await inDatabase(server, async (database) => {
      for (const sql of scenario.setup ?? []) await database.run(filled(sql, server, ''));
    });
    const before = await serverState(admin);
    const failed = await runScenario(scenario, server);
    const after = await serverState(admin);
    return [...failed, ...(before === after ? [] : [`the server was left another way: ${before} became ${after}`])];
  } finally {
    await admin.run(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    for (const sql of scenario.teardown ?? []) await admin.run(sql);
    await admin.end();
  }
}

async function runScenario(scenario: TraceScenario, server: TestServer): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  const home = join(folder, 'home');
  try {
    const fill = (text: string): string => filled(text, server, home);
    mkdirSync(join(folder, '.git'));
    mkdirSync(home);
    for (const [file, text] of Object.entries(scenario.home ?? {})) write(join(home, file), fill(text));
    for (const [file, text] of Object.entries(scenario.files ?? { 'm.sql': scenario.sql ?? '' })) write(join(folder, file), fill(text));
    const url = fill(scenario.url ?? 'postgres://postgres@127.0.0.1:$PORT/$DATABASE');
    const options = (scenario.options ?? []).map(fill);
    const env = Object.fromEntries(Object.entries(scenario.env ?? {}).map(([name, value]) => [name, fill(value)]));
    const paths = scenario.files ? ['db'] : ['m.sql'];
    const { code, out, err } = await runIn(folder, ['trace', '--database-url', url, ...options, ...paths], { HOME: home, ...env });
    const answers = await inDatabase(server, (database) => answersOf(scenario, database));
    return [
      ...(code === scenario.exit ? [] : [`exit ${code}, not ${scenario.exit}: ${err}${out}`]),
      ...missing(scenario.out?.map(fill), out),
      ...missing(scenario.err?.map(fill), err),
      ...(scenario.not ?? []).filter((text) => (out + err).includes(text)).map((text) => `it prints "${text}": ${err}${out}`),
      ...answers,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function missing(texts: readonly string[] | undefined, printed: string): string[] {
  return (texts ?? []).filter((text) => !printed.includes(text)).map((text) => `"${text}" is missing in: ${printed}`);
}

async function answersOf({ asks = {} }: TraceScenario, database: Connection): Promise<string[]> {
  const failed: string[] = [];
  for (const [question, expected] of Object.entries(asks)) {
    const rows = await database.rows<Readonly<Record<string, unknown>>>(question);
    const answer = rows.map((row) => Object.values(row).join(' ')).join(', ');
    if (answer !== expected) failed.push(`${question} says "${answer}", not "${expected}"`);
  }
  return failed;
}

/** All that databases share, and sessions and transactions that someone left. */
async function serverState(admin: Connection): Promise<string> {
  const [row] = await admin.rows<{ readonly state: string }>(`
    SELECT concat_ws(' | ',
      (SELECT string_agg(datname || coalesce(datacl, acldefault('d', datdba))::text || datconnlimit, ' ' ORDER BY datname) FROM pg_database),
      (SELECT string_agg(rolname || rolsuper || rolcreaterole || coalesce(rolconfig::text, ''), ' ' ORDER BY rolname) FROM pg_roles),
      (SELECT string_agg(roleid::regrole || '>' || member::regrole, ' ' ORDER BY 1) FROM (SELECT roleid, member FROM pg_auth_members ORDER BY 1, 2) AS one),
      (SELECT string_agg(spcname, ' ' ORDER BY spcname) FROM pg_tablespace),
      (SELECT count(*) || ' slots' FROM pg_replication_slots),
      (SELECT count(*) || ' prepared' FROM pg_prepared_xacts),
      (SELECT count(*) || ' settings' FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'),
      (SELECT count(*) || ' comments' FROM pg_shdescription)) AS state`);
  return row?.state ?? '';
}

export function urlOf({ port }: TestServer, database: string): string {
  return `postgres://postgres@127.0.0.1:${port}/${database}`;
}

async function inDatabase<T>(server: TestServer, use: (database: Connection) => Promise<T>): Promise<T> {
  const connection = await connectTo(urlOf(server, DATABASE));
  try {
    return await use(connection);
  } finally {
    await connection.end();
  }
}

function filled(text: string, { port, socketFolder }: TestServer, home: string): string {
  return text
    .replaceAll('$PORT', String(port))
    .replaceAll('$SOCKETS_ENCODED', encodeURIComponent(socketFolder))
    .replaceAll('$SOCKETS', socketFolder)
    .replaceAll('$DATABASE', DATABASE)
    .replaceAll('$HOME', home);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o600);
}

/** In a process of its own, with nothing of our environment but the way to programs. */
async function runIn(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ code: number | null; out: string; err: string }> {
  const run = spawn(process.execPath, [command, ...args], { cwd, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  run.stdout.on('data', (text) => (out += text));
  run.stderr.on('data', (text) => (err += text));
  const [code] = await once(run, 'close');
  return { code, out, err };
}

const command = buildCommand('trace-on-server');
