// What a history has come to, kept on the disk: a run that starts there says the same as one that reads all of it.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { rules } from '../rules/index.ts';
import { main } from '../src/cli/main.ts';
import { lint } from '../src/engine/lint.ts';
import type { History } from '../src/engine/parsed-migration.ts';
import { freeze, thaw } from '../src/history/checkpoint.ts';
import { Catalog } from '../src/model/catalog.ts';
import { defaultLimits } from '../src/model/limits.ts';
import { assumedVersion } from '../src/model/version.ts';
import { judgementOf } from '../src/project/judgement.ts';
import { loadParser } from '../src/project/reading/load-parser.ts';
import { migrationsIn } from '../src/project/reading/migrations-in.ts';
import { bareSettings } from '../src/project/settings/settings.ts';
import { lintPaths } from '../src/project/workspace.ts';
import { bodyIn } from '../src/project/reading/checkpoints.ts';
import { frameworks } from '../src/sources/frameworks/index.ts';
import { filesBelow, parseFixture, read } from './fixture.ts';

const histories = ['fixtures/rules', 'fixtures/catalog', 'fixtures/suppressions'].flatMap((folder) => filesBelow(folder, '.sql'));

test.each(histories.filter((path) => parseFixture(read(path)).migrations.length > 1))('%s, told from a checkpoint', async (path) => {
  const { options, migrations } = parseFixture(read(path));
  const { parser } = await loadParser('libpg', defaultLimits);
  const settings = bareSettings({ framework: options.framework, transaction: options.transaction }, rules);
  const { framework = frameworks.plain, transaction, newTables, down } = settings.of(undefined, '');
  const reading = { framework, isNamed: framework !== frameworks.plain, transaction, down, root: undefined, limits: settings.limits };
  const parsed = migrations.flatMap(({ path: name, sql }, index) =>
    migrationsIn({ read: { text: sql, problems: [] }, path: name, linted: index === migrations.length - 1, role: 'up', directory: undefined }, reading, parser),
  );
  const history: History = { migrations: parsed, start: Catalog.start('empty'), settings: new Map(), newTables, ...assumedVersion };
  const kept: { bytes: Buffer; told: number }[] = [];
  const whole = lint([{ ...history, onHistoryTold: (catalog, told) => kept.push({ bytes: serialize(freeze(catalog)), told }) }], judgementOf(settings));
  const [{ bytes, told } = { bytes: Buffer.alloc(0), told: 0 }] = kept;
  const start = thaw(deserialize(bytes), (definition) => bodyIn(definition, parser));
  const resumed = lint([{ ...history, start, told, migrations: parsed.filter(({ linted }) => linted) }], judgementOf(settings));
  expect(resumed).toEqual(whole);
});

describe('on the disk', () => {
  const history = Array.from({ length: 400 }, (_, index) => index + 1);
  let folder: string;
  let place: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
    place = join(folder, 'kept');
    mkdirSync(join(folder, 'db'));
    for (const number of history) write(number, `CREATE TABLE orders_${number} (id bigint PRIMARY KEY, note text);\n${'-- why it is made\n'.repeat(10)}`);
    write(400, 'ALTER TABLE orders_7 ALTER note SET NOT NULL;\n');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (number: number, sql: string): void => writeFileSync(join(folder, 'db', `${String(number).padStart(4, '0')}.sql`), sql);
  const checkpoints = (): string[] => readdirSync(place).map((name) => join(place, name));

  /** With how many files were read. */
  async function run(where: string | null = place, build = '1'): Promise<{ readonly said: string; readonly files: number }> {
    let files = 0;
    const progress = (done: number): void => void (files = done);
    const { result } = await lintPaths(['db/0400.sql'], { cwd: folder, progress, checkpoints: where === null ? undefined : { folder: where, build } }, rules);
    return { said: JSON.stringify(result), files };
  }

  test('the second run reads what is linted alone, and says the same', async () => {
    const { said } = await run(null);
    expect(await run()).toEqual({ said, files: 400 });
    expect(await run()).toEqual({ said, files: 1 });
  });

  test('what changed in the history is read anew', async () => {
    const before = await run();
    write(7, 'CREATE TABLE orders_7 (id bigint PRIMARY KEY, note text NOT NULL);');
    const after = await run();
    expect(after.said).not.toBe(before.said);
    expect(after).toEqual({ ...(await run(null)), files: 400 });
  });

  test('a new migration goes on from where the others came to', async () => {
    const { said } = await run();
    write(401, 'DROP TABLE orders_8;');
    const next = await lintPaths(['db/0401.sql'], { cwd: folder, checkpoints: { folder: place, build: '1' } }, rules);
    expect(next.result.summary).toMatchObject({ migrations: 401, linted: 1 });
    expect((await run()).said).toBe(said);
  });

  test('a file of which only some migrations are linted is read whole, and behind what is kept', async () => {
    rmSync(join(folder, 'db'), { recursive: true });
    mkdirSync(join(folder, 'db'));
    const file = (ids: readonly number[], sql: (id: number) => string): string => `--liquibase formatted sql\n${ids.map((id) => `--changeset ann:${id}\n${sql(id)}\n`).join('')}`;
    writeFileSync(join(folder, 'db/1.sql'), file(history, (id) => `CREATE TABLE orders_${id} (id bigint PRIMARY KEY, note text);\n${'-- why it is made\n'.repeat(10)}`));
    writeFileSync(join(folder, 'db/2.sql'), file([401, 402], (id) => `CREATE TABLE invoices_${id} (id bigint PRIMARY KEY, note text);`) + file([403, 404], (id) => `CREATE INDEX ON invoices_${id - 2} (note);`));
    writeFileSync(join(folder, '.pgmigrate-lint.yml'), 'migrations: db\nstart-after: ann:403\n');
    const linted = async (kept: boolean): Promise<readonly [string, number]> => {
      let files = 0;
      const checkpointsHere = kept ? { folder: place, build: '1' } : undefined;
      const { result } = await lintPaths([], { cwd: folder, progress: (done) => void (files = done), checkpoints: checkpointsHere }, rules);
      expect(result.summary).toMatchObject({ migrations: 404, linted: 1 });
      return [JSON.stringify(result), files];
    };
    const [said] = await linted(false);
    expect(said).toContain('public.invoices_402');
    expect(await linted(true)).toEqual([said, 2]);
    expect(await linted(true)).toEqual([said, 1]);
    expect(checkpoints()).toHaveLength(1);
  });

  test('another build starts anew', async () => {
    await run();
    expect((await run(place, '2')).files).toBe(400);
  });

  test.each([
    ['cut', (file: string) => truncateSync(file, 1000)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['changed', (file: string) => writeFileSync(file, readFileSync(file).fill(7, 500, 510))],
    ['something else', (file: string) => writeFileSync(file, 'not ours')],
  ])('a file that is %s is made anew', async (_, damage) => {
    const { said } = await run();
    checkpoints().forEach(damage);
    expect(await run()).toEqual({ said, files: 400 });
    expect(await run()).toEqual({ said, files: 1 });
  });

  test('runs at once do not disturb each other', async () => {
    const runs = await Promise.all([run(), run(), run(), run()]);
    expect(new Set(runs.map(({ said }) => said)).size).toBe(1);
    expect(checkpoints()).toHaveLength(1);
    expect((await run()).files).toBe(1);
  });

  test('where nothing can be written, nothing is kept', async () => {
    writeFileSync(place, 'a file, no folder');
    expect(await run()).toEqual(await run(null));
  });

  test.each([
    ['--cache-location', ['--cache-location', 'here'], {}, 'here'],
    ['the packages of the project', [], { HOME: 'home' }, 'node_modules/.cache/pgmigrate-lint'],
    ['the cache folder of the user', [], { XDG_CACHE_HOME: 'caches', HOME: 'home' }, 'caches/pgmigrate-lint'],
    ['the home of the user', [], { HOME: 'home' }, 'home/.cache/pgmigrate-lint'],
  ])('the command keeps it in %s', async (_, options, homes, kept) => {
    if (kept.startsWith('node_modules')) mkdirSync(join(folder, 'node_modules'));
    const env = Object.fromEntries(Object.entries(homes).map(([name, path]) => [name, join(folder, path)]));
    const said: string[] = [];
    const terminal = { cwd: folder, env, isTerminal: false, showsProgress: false, columns: 80, now: () => 0, out: (text: string) => said.push(text), err: (text: string) => said.push(text), readStdin: async () => Buffer.alloc(0) };
    await main(['--no-cache', '--quiet', 'db/0400.sql'], terminal);
    expect(existsSync(join(folder, kept))).toBe(false);
    await main(['--quiet', ...options, 'db/0400.sql'], terminal);
    await main(['--quiet', ...options, 'db/0400.sql'], terminal);
    expect(readdirSync(join(folder, kept))).toHaveLength(1);
    expect(said).toHaveLength(3);
    expect(new Set(said).size).toBe(1);
  });

  test('what a run that was killed left half written goes after a day', async () => {
    mkdirSync(place, { recursive: true });
    const left = ['old', 'new'].map((name) => join(place, `${name}.checkpoint.tmp`));
    for (const file of left) writeFileSync(file, '');
    utimesSync(left[0] ?? '', 0, 0);
    await run();
    expect(left.map((file) => existsSync(file))).toEqual([false, true]);
  });

  test('of many, the last ones stay', async () => {
    for (let number = 1; number <= 22; number += 1) {
      write(1, `CREATE TABLE orders_1 (id bigint PRIMARY KEY, note_${number} text);`);
      await run();
    }
    expect(checkpoints()).toHaveLength(20);
    expect((await run()).files).toBe(1);
  });
});
