// What cures write, by fixtures/cures: the migrations of a project, of which the last is new, and behind `-- cured: PATH` each file as it is
// to be. Both are run on the embedded PostgreSQL: the schema behind them is the same, unless what was given is refused (`-- refused: CODE`).

import { rules } from '../rules/index.ts';
import type { ParsedMigration } from '../src/engine/parsed-migration.ts';
import { migrationsIn } from '../src/project/reading/migrations-in.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import { readInput } from '../src/sources/disk/read-text.ts';
import { frameworks } from '../src/sources/frameworks/index.ts';
import { readAs } from '../src/sources/frameworks/read-as.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import type { Server } from '../src/trace/connection.ts';
import { cureTexts } from '../src/project/texts.ts';
import { frameworkNames } from '../src/model/framework.ts';
import { isPostgresVersion } from '../src/model/version.ts';
import { defaultLimits } from '../src/model/limits.ts';
import { filesBelow, read } from './fixture.ts';
import { linesThere } from './postgres/catalog-there.ts';
import { emptyDatabase } from './postgres/empty-database.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

interface Text {
  readonly path: string;
  readonly sql: string;
}

/** The ways up, as the tool of the fixture runs them. */
async function migrationsOf(text: Text, name: string | undefined): Promise<readonly ParsedMigration[]> {
  const named = frameworkNames.find((one) => one === name);
  const known = { framework: named === undefined ? frameworks.plain : frameworks[named], isNamed: named !== undefined };
  const { framework } = readAs({ text: text.sql, name: text.path, directory: undefined }, known);
  const reading = { framework, isNamed: known.isNamed, transaction: undefined, down: false, root: undefined, limits: defaultLimits };
  return migrationsIn({ read: readInput(Buffer.from(text.sql), defaultLimits), path: text.path, linted: true, role: 'up', directory: undefined }, reading, libpgParser(await loadGrammar()));
}

/** All that is there behind the migrations: the schema, and the rows of each table. */
async function behind(texts: readonly Text[], framework: string | undefined): Promise<unknown> {
  const { connection, version } = server;
  await connection.run('ROLLBACK');
  await emptyDatabase(connection);
  for (const text of texts) {
    for (const { source, parsed, parts } of await migrationsOf(text, framework)) {
      const mode = parts[0]?.transaction;
      const isTogether = mode === 'file' || (mode === 'batch' && parsed.statements.length > 1);
      if (isTogether) await connection.run('BEGIN');
      for (const { span } of parsed.statements) await connection.run(source.slice(span));
      if (isTogether) await connection.run('COMMIT');
    }
  }
  const lines = await linesThere(connection, version);
  return { lines: Object.fromEntries(lines), rows: await rowsThere(lines) };
}

/** The rows of each table that holds some, in no order, and whatever order their columns have. */
async function rowsThere(lines: ReadonlyMap<string, string>): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = [...lines].flatMap(([key, value]) => (/ (?:table|materialized-view)\b/.test(` ${value}`) ? (/^relation (.+)$/.exec(key)?.[1] ?? []) : []));
  const rows: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const name = table.split('.').map((part) => `"${part}"`).join('.');
    const held = await server.connection.rows<{ readonly row: string }>(`SELECT to_jsonb(one)::text AS row FROM ONLY ${name} AS one ORDER BY 1`);
    rows[table] = held.map(({ row }) => row);
  }
  return rows;
}

interface CureFixture {
  readonly head: ReadonlyMap<string, string>;
  readonly given: readonly { readonly path: string; readonly sql: string }[];
  readonly cured: ReadonlyMap<string, string>;
}

function readCureFixture(text: string): CureFixture {
  const pieces = text.split(/^(?=-- (?:file|cured): )/m);
  const isSection = (piece: string): boolean => /^-- (?:file|cured): /.test(piece);
  const head = pieces.find((piece) => !isSection(piece)) ?? '';
  const read = pieces.filter(isSection).map((section) => {
    const [, kind = '', path = '', sql = ''] = /^-- (file|cured): (\S+)\n([^]*)$/.exec(section) ?? [];
    return { kind, path, sql };
  });
  return {
    head: new Map(Array.from(head.matchAll(/^-- (\w[\w-]*): (.+)$/gm), ([, key = '', value = '']) => [key, value])),
    given: read.filter(({ kind }) => kind === 'file').map(({ path, sql }) => ({ path, sql })),
    cured: new Map(read.filter(({ kind }) => kind === 'cured').map(({ path, sql }) => [path, sql])),
  };
}

test.each(filesBelow('fixtures/cures', '.sql'))('%s', async (path) => {
  const { head, given, cured } = readCureFixture(read(path));
  const text = given.at(-1) ?? { path: '', sql: '' };
  const version = Number(head.get('postgres') ?? 14);
  const overrides = {
    postgres: isPostgresVersion(version) ? version : undefined,
    framework: frameworkNames.find((name) => name === head.get('framework')),
    transaction: undefined,
    rules: {},
  };
  const levels = new Set(head.get('unsafe') === 'true' ? (['safe', 'files', 'unsafe'] as const) : (['safe', 'files'] as const));
  const done = await cureTexts(text, given.slice(0, -1), overrides, rules, levels);
  const written = new Map([[text.path, done.text], ...done.files.map((file) => [file.path, file.text] as const)]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(cured));
  const again = await cureTexts({ path: text.path, sql: done.text }, given.slice(0, -1), overrides, rules, levels);
  expect(again.text).toBe(done.text);
  const behindCured = await behind([...given.slice(0, -1), ...Array.from(written, ([file, sql]) => ({ path: file, sql }))], head.get('framework'));
  const behindGiven = behind(given, head.get('framework'));
  const refusal = head.get('refused');
  if (refusal !== undefined) await expect(behindGiven).rejects.toMatchObject({ code: refusal });
  else expect(behindCured).toEqual(await behindGiven);
});
