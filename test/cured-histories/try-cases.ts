// Runs each migration as it was given and as it would be written, each on a copy of the database that the ones before have made.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import { refusalOf, type Connection } from '../../src/trace/connection.ts';
import { differencesOf } from '../postgres/catalog-lines.ts';
import { linesThere } from '../postgres/catalog-there.ts';
import { connectTo } from '../postgres/server-at.ts';
import type { Case, Written } from './cases.ts';
import { countCase, countWrong, type Tally } from './tally.ts';

export interface Bench {
  readonly port: number;
  readonly version: PostgresVersion;
  readonly tally: Tally;
  /** How many of each kind that is wrong are shown. */
  readonly examples: number;
  readonly say: (text: string) => void;
}

export async function tryCases(histories: readonly (readonly Case[])[], bench: Bench): Promise<void> {
  const admin = await connectTo(urlOf(bench, 'postgres'));
  for (const cases of histories) {
    await anew(admin, 'now', 'template0');
    for (const one of cases) {
      countCase(bench.tally, one);
      if (one.all.fixed.cured.length > 0 && !isBeyondDatabase(one)) await tryCase(one, admin, bench);
      await on(bench, 'now', (connection) => follow(one.given, connection));
    }
  }
  await admin.end();
}

/** Roles and the like belong to the server: two databases can't both make them. */
function isBeyondDatabase({ given }: Case): boolean {
  return given.some(({ source: { text } }) => /\b(?:CREATE|ALTER|DROP)\s+(?:ROLE|USER|GROUP|TABLESPACE|DATABASE|SUBSCRIPTION)\b/i.test(text));
}

async function tryCase(one: Case, admin: Connection, bench: Bench): Promise<void> {
  const { tally } = bench;
  await anew(admin, 'given', 'now');
  const given = await on(bench, 'given', (connection) => schemaBehind(one.given, connection, bench));
  const kind = 'refusal' in given ? 'refused' : 'run';
  if ('refusal' in given && !given.refusal.isCurable) return;
  tally[kind] += 1;
  for (const [level, written] of [['safe', one.safe], ['all', one.all]] as const) {
    if (written.fixed.cured.length === 0 || (level === 'all' && one.all.fixed.cured.length === one.safe.fixed.cured.length)) continue;
    await anew(admin, 'written', 'now');
    const behind = await on(bench, 'written', (connection) => schemaBehind(written.migrations, connection, bench));
    tally.tried[level] += 1;
    if ('refusal' in behind && 'refusal' in given) continue;
    if ('refusal' in behind) tell(`${level}: refused`, `${behind.refusal.code} ${behind.refusal.message}\n${behind.refusal.sql}`, one, written, bench);
    else if (level === 'safe' && !('refusal' in given)) {
      const differences = differencesOf(given.lines, behind.lines);
      if (differences.length > 0) tell('safe: another schema', differences.join('\n'), one, written, bench);
    }
  }
}

function tell(kind: string, words: string, { path, given }: Case, { files, fixed }: Written, { tally, examples, say }: Bench): void {
  const rules = [...new Set(fixed.cured.map(({ rule }) => rule))].toSorted();
  if (countWrong(tally, `${kind}, ${rules.join(' ')}`) > examples) return;
  say([`\n==== ${kind}: ${path} (${rules.join(', ')})`, words, `---- given: ${path}`, given[0]?.source.text ?? '', ...files.flatMap((file) => [`---- written: ${file.path}`, file.text])].join('\n'));
}

type Behind = { readonly lines: ReadonlyMap<string, string> } | { readonly refusal: { readonly code: string; readonly message: string; readonly sql: string; readonly isCurable: boolean } };

async function schemaBehind(migrations: readonly ParsedMigration[], connection: Connection, { version }: Bench): Promise<Behind> {
  for (const { source, parsed, parts } of migrations) {
    const mode = parts[0]?.transaction;
    const isTogether = mode === 'file' || (mode === 'batch' && parsed.statements.length > 1);
    if (isTogether) await connection.run('BEGIN');
    for (const { span } of parsed.statements) {
      const sql = source.slice(span);
      try {
        await connection.run(sql);
      } catch (error) {
        const { code, message } = refusalOf(error) ?? { code: '', message: String(error) };
        return { refusal: { code, message, sql, isCurable: code === '25001' || code === '55P04' || code === '55006' } };
      }
    }
    if (isTogether) await connection.run('COMMIT');
  }
  return { lines: await linesThere(connection, version) };
}

/** What can't run is left out. */
async function follow(migrations: readonly ParsedMigration[], connection: Connection): Promise<void> {
  for (const { source, parsed } of migrations) for (const { span } of parsed.statements) await connection.run(source.slice(span)).catch(() => undefined);
  await connection.run('ROLLBACK').catch(() => undefined);
}

async function anew(admin: Connection, name: string, template: string): Promise<void> {
  await admin.run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await admin.run(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`);
}

async function on<T>(bench: Bench, database: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connectTo(urlOf(bench, database));
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

function urlOf({ port }: Bench, database: string): string {
  return `postgres://postgres@127.0.0.1:${port}/${database}`;
}
