// What a history has come to, kept on the disk: a run that starts there says the same as one that reads all of it.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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
import { bodyIn, type CheckpointPlace } from '../src/project/reading/checkpoints.ts';
import { Seal } from '../src/project/reading/seal.ts';
import { cachesOfUser } from '../src/cli/cache.ts';
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
  const history = Array.from({ length: 20 }, (_, index) => index + 1);
  /** A checkout, into which anybody may commit. */
  let folder: string;
  /** Where a user keeps what nobody commits. */
  let home: string;
  let place: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
    home = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-home-'));
    place = join(folder, 'kept');
    mkdirSync(join(folder, 'db'));
    for (const number of history) write(number, `CREATE TABLE orders_${number} (id bigint PRIMARY KEY, note text);\n${'-- why it is made\n'.repeat(200)}`);
    write(20, 'ALTER TABLE orders_7 ALTER note SET NOT NULL;\n');
  });

  afterEach(() => [folder, home].forEach((one) => rmSync(one, { recursive: true, force: true })));

  const write = (number: number, sql: string): void => writeFileSync(join(folder, 'db', `${String(number).padStart(4, '0')}.sql`), sql);
  const checkpoints = (): string[] => readdirSync(place).map((name) => join(place, name));
  const placeOf = (path: string, build = '1', caches = home): CheckpointPlace => {
    return { build, where: { kind: 'folder', path, ownNames: 1, keyFolder: join(caches, 'pgmigrate-lint'), checkout: folder } };
  };

  /** With how many files were read. */
  async function run(where: CheckpointPlace | null = placeOf(place)): Promise<{ readonly said: string; readonly files: number }> {
    let files = 0;
    const progress = (done: number): void => void (files = done);
    const { result, warnings } = await lintPaths(['db/0020.sql'], { cwd: folder, progress, checkpoints: where ?? undefined }, rules);
    return { said: JSON.stringify([result, warnings]), files };
  }

  async function unkept(where: CheckpointPlace): Promise<string> {
    const { details } = await lintPaths(['db/0020.sql'], { cwd: folder, checkpoints: where }, rules);
    return details.find((detail) => detail.startsWith('nothing is kept for the next run: ')) ?? '';
  }

  test('the second run reads what is linted alone, and says the same', async () => {
    const { said } = await run(null);
    expect(await run()).toEqual({ said, files: 20 });
    expect(await run()).toEqual({ said, files: 1 });
  });

  test('what changed in the history is read anew', async () => {
    const before = await run();
    write(7, 'CREATE TABLE orders_7 (id bigint PRIMARY KEY, note text NOT NULL);');
    const after = await run();
    expect(after.said).not.toBe(before.said);
    expect(after).toEqual({ ...(await run(null)), files: 20 });
  });

  test('a file that can not be read any more is none that was empty', async () => {
    write(7, '');
    await run();
    rmSync(join(folder, 'db/0007.sql'));
    symlinkSync('/etc/hosts', join(folder, 'db/0007.sql'));
    expect(await run()).toEqual({ ...(await run(null)), files: 20 });
  });

  test('a new migration goes on from where the others came to', async () => {
    const { said } = await run();
    write(21, 'DROP TABLE orders_8;');
    const next = await lintPaths(['db/0021.sql'], { cwd: folder, checkpoints: placeOf(place) }, rules);
    expect(next.result.summary).toMatchObject({ migrations: 21, linted: 1 });
    expect((await run()).said).toBe(said);
  });

  test('a file of which only some migrations are linted is read whole, and behind what is kept', async () => {
    rmSync(join(folder, 'db'), { recursive: true });
    mkdirSync(join(folder, 'db'));
    const file = (ids: readonly number[], sql: (id: number) => string): string => `--liquibase formatted sql\n${ids.map((id) => `--changeset ann:${id}\n${sql(id)}\n`).join('')}`;
    writeFileSync(join(folder, 'db/1.sql'), file(history, (id) => `CREATE TABLE orders_${id} (id bigint PRIMARY KEY, note text);\n${'-- why it is made\n'.repeat(200)}`));
    writeFileSync(join(folder, 'db/2.sql'), file([101, 102], (id) => `CREATE TABLE invoices_${id} (id bigint PRIMARY KEY, note text);`) + file([103, 104], (id) => `CREATE INDEX ON invoices_${id - 2} (note);`));
    writeFileSync(join(folder, '.pgmigrate-lint.yml'), 'migrations: db\nstart-after: ann:103\n');
    const linted = async (kept: boolean): Promise<readonly [string, number]> => {
      let files = 0;
      const checkpointsHere = kept ? placeOf(place) : undefined;
      const { result } = await lintPaths([], { cwd: folder, progress: (done) => void (files = done), checkpoints: checkpointsHere }, rules);
      expect(result.summary).toMatchObject({ migrations: 24, linted: 1 });
      return [JSON.stringify(result), files];
    };
    const [said] = await linted(false);
    expect(said).toContain('public.invoices_102');
    expect(await linted(true)).toEqual([said, 2]);
    expect(await linted(true)).toEqual([said, 1]);
    expect(checkpoints()).toHaveLength(1);
  });

  test('another build starts anew', async () => {
    await run();
    expect((await run(placeOf(place, '2'))).files).toBe(20);
  });

  const everyByte = (file: string): void => {
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at += 997) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };
  /** As it was sealed before there was a key. */
  const digested = (file: string): void => {
    const content = readFileSync(file).subarray(32);
    writeFileSync(file, Buffer.concat([createHash('sha256').update(content).digest(), content]));
  };

  test.each<readonly [string, (file: string) => void]>([
    ['cut', (file) => truncateSync(file, 1000)],
    ['cut by one byte', (file) => truncateSync(file, statSync(file).size - 1)],
    ['shorter than a seal', (file) => truncateSync(file, 31)],
    ['a seal and nothing else', (file) => truncateSync(file, 32)],
    ['empty', (file) => truncateSync(file, 0)],
    ['longer by one byte', (file) => appendFileSync(file, '\0')],
    ['changed', (file) => writeFileSync(file, readFileSync(file).fill(7, 500, 510))],
    ['changed in one bit of its seal', (file) => writeFileSync(file, readFileSync(file).fill((readFileSync(file)[3] ?? 0) ^ 1, 3, 4))],
    ['changed everywhere', everyByte],
    ['sealed without a key', digested],
    ['something else', (file) => writeFileSync(file, 'not ours')],
    ['without end', (file) => truncateSync(file, 5_000_000_000)],
    ['plain data that is deep', (file) => writeFileSync(file, `${'x'.repeat(32)}\xff\x0f${'A\x01'.repeat(100_000)}`, 'latin1')],
    ['data of other types', (file) => writeFileSync(file, Buffer.concat([Buffer.alloc(32), serialize({ catalog: { __proto__: null, relations: 7 }, migrations: '1' })]))],
  ])('a file that is %s is made anew', async (_, damage) => {
    const { said } = await run();
    checkpoints().forEach(damage);
    expect(await run()).toEqual({ said, files: 20 });
    expect(await run()).toEqual({ said, files: 1 });
  });

  const withPipes = process.platform === 'win32' ? test.skip : test;

  withPipes.each<readonly [string, (file: string) => void]>([
    ['a link', (file) => (renameSync(file, join(home, 'moved')), symlinkSync(join(home, 'moved'), file))],
    ['a link to nothing', (file) => (rmSync(file), symlinkSync(join(home, 'nowhere'), file))],
    ['a pipe', (file) => (rmSync(file), execFileSync('mkfifo', [file]))],
  ])('what is %s is not read, and a file takes its place', async (_, put) => {
    const { said } = await run();
    checkpoints().forEach(put);
    const before = existsSync(join(home, 'moved')) ? readFileSync(join(home, 'moved')) : undefined;
    expect(await run()).toEqual({ said, files: 20 });
    expect(checkpoints().map((file) => lstatSync(file).isFile())).toEqual([true]);
    if (before) expect(readFileSync(join(home, 'moved'))).toEqual(before);
    expect(existsSync(join(home, 'nowhere'))).toBe(false);
  });

  test('a folder in the place of a file stays, and harms nobody', async () => {
    const { said } = await run();
    for (const file of checkpoints()) (rmSync(file), mkdirSync(file), writeFileSync(join(file, 'mine'), ''));
    expect(await run()).toEqual({ said, files: 20 });
    expect(checkpoints().flatMap((file) => (lstatSync(file).isDirectory() ? readdirSync(file) : []))).toEqual(['mine']);
  });

  describe('what somebody else says the history came to', () => {
    const proven = 'CREATE TABLE orders_7 (id bigint PRIMARY KEY, note text NOT NULL);';
    const whole = `CREATE TABLE orders_7 (id bigint PRIMARY KEY, note text);\n${'-- why it is made\n'.repeat(200)}`;

    /** In which the column is NOT NULL already, so that there is nothing to find. */
    async function forgedContent(caches: string): Promise<Buffer> {
      write(7, proven);
      const { said } = await run(placeOf(join(caches, 'forged'), '1', caches));
      expect(said).not.toContain('unproven-not-null');
      const [name = ''] = readdirSync(join(caches, 'forged'));
      write(7, whole);
      return readFileSync(join(caches, 'forged', name));
    }

    let stranger: string;

    beforeEach(() => (stranger = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-stranger-'))));
    afterEach(() => rmSync(stranger, { recursive: true, force: true }));

    test('is not believed with another key, even one that comes with it', async () => {
      const honest = await run();
      expect(honest.said).toContain('unproven-not-null');
      const [file = ''] = checkpoints();
      const content = (await forgedContent(stranger)).subarray(32);
      const purpose = JSON.stringify(['1', basename(file, '.checkpoint')]);
      writeFileSync(file, Seal.in(join(stranger, 'pgmigrate-lint/key')).closed(content, purpose));
      expect(await run()).toEqual({ ...honest, files: 20 });
      writeFileSync(file, Seal.in(join(stranger, 'pgmigrate-lint/key')).closed(content, purpose));
      rmSync(join(home, 'pgmigrate-lint/key'));
      copyFileSync(join(stranger, 'pgmigrate-lint/key'), join(home, 'pgmigrate-lint/key'));
      chmodSync(join(home, 'pgmigrate-lint/key'), 0o600);
      expect(await run()).toEqual({ ...honest, files: 20 });
    });

    test('is not believed of another history, though it was sealed here', async () => {
      const honest = await run();
      const [file = ''] = checkpoints();
      const bytes = await forgedContent(home);
      writeFileSync(file, bytes);
      expect(await run()).toEqual({ ...honest, files: 20 });
    });

    test('is not believed of another build', async () => {
      const honest = await run();
      const [file = ''] = checkpoints();
      const seal = Seal.in(join(home, 'pgmigrate-lint/key'));
      const content = (await forgedContent(stranger)).subarray(32);
      writeFileSync(file, seal.closed(content, JSON.stringify(['2', basename(file, '.checkpoint')])));
      expect(await run()).toEqual({ ...honest, files: 20 });
      // That it would be believed, if it were sealed for this build, shows that nothing else has kept it out.
      writeFileSync(file, seal.closed(content, JSON.stringify(['1', basename(file, '.checkpoint')])));
      expect((await run()).said).not.toContain('unproven-not-null');
    });
  });

  describe('a link that a commit brings', () => {
    const hex = (index: number): string => String(index).repeat(64);
    let foreign: string;

    beforeEach(() => {
      foreign = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-foreign-'));
      const names = [1, 2, 3, 4].map((index) => `${hex(index)}.checkpoint`).concat([5, 6, 7].map((index) => `${hex(index)}.checkpoint.${'0'.repeat(12)}.tmp`));
      for (const name of names) {
        writeFileSync(join(foreign, name), 'mine');
        utimesSync(join(foreign, name), 0, 0);
      }
      for (let index = 0; index < 30; index += 1) writeFileSync(join(foreign, `${String(index).padStart(64, 'a')}.checkpoint`), 'mine');
    });

    afterEach(() => rmSync(foreign, { recursive: true, force: true }));

    const all = (): string[] => readdirSync(foreign).map((name) => `${name} ${readFileSync(join(foreign, name), 'utf8')}`);

    test.each<readonly [string, () => string]>([
      ['in the place of the folder', () => (symlinkSync(foreign, place), place)],
      ['above it', () => (symlinkSync(foreign, join(folder, 'caches')), join(folder, 'caches', 'kept'))],
      ['above it, into the checkout', () => (mkdirSync(join(folder, 'real')), symlinkSync('real', join(folder, 'caches')), join(folder, 'caches', 'kept'))],
      ['to another link', () => (symlinkSync(foreign, join(home, 'link')), symlinkSync(join(home, 'link'), place), place)],
      ['to nothing', () => (symlinkSync(join(foreign, 'new'), place), place)],
      ['which is reached from outside', () => (symlinkSync(folder, join(home, 'checkout')), symlinkSync(foreign, place), join(home, 'checkout', 'kept'))],
      ['above it, reached from outside', () => (symlinkSync(folder, join(home, 'checkout')), symlinkSync(foreign, join(folder, 'caches')), join(home, 'checkout', 'caches', 'kept'))],
    ])('%s leads nowhere: nothing behind it is read, written or deleted', async (_, link) => {
      const where = placeOf(link());
      const before = all();
      const { said } = await run(null);
      expect(await run(where)).toEqual({ said, files: 20 });
      expect(await run(where)).toEqual({ said, files: 20 });
      expect(all()).toEqual(before);
      expect(existsSync(join(folder, 'real')) ? readdirSync(join(folder, 'real')) : []).toEqual([]);
      expect(await unkept(where)).toMatch(/ is a link$/);
    });

    test('among the files of ours leads nowhere', async () => {
      mkdirSync(place);
      for (const name of readdirSync(foreign)) symlinkSync(join(foreign, name), join(place, name));
      const before = all();
      await run();
      expect(all()).toEqual(before);
      expect(readdirSync(place)).toHaveLength(before.length + 1);
      expect((await run()).files).toBe(1);
    });

    test('in the place of the key, or of its folder, leads nowhere', async () => {
      mkdirSync(join(home, 'pgmigrate-lint'));
      writeFileSync(join(foreign, 'key'), Buffer.alloc(32), { mode: 0o600 });
      symlinkSync(join(foreign, 'key'), join(home, 'pgmigrate-lint/key'));
      expect(await unkept(placeOf(place))).toContain('EEXIST');
      rmSync(join(home, 'pgmigrate-lint'), { recursive: true });
      symlinkSync(foreign, join(home, 'pgmigrate-lint'));
      expect(await unkept(placeOf(place))).toMatch(/pgmigrate-lint is a link$/);
      expect((await run()).files).toBe(20);
      expect(existsSync(place)).toBe(false);
    });
  });

  test('only files with names of ours are deleted', async () => {
    mkdirSync(place);
    const names = ['a.checkpoint', 'a.checkpoint.tmp', 'b.tmp', `${'A'.repeat(64)}.checkpoint`, `${'a'.repeat(65)}.checkpoint`, `${'a'.repeat(64)}.checkpoint.bak`, 'notes.txt'];
    for (const name of names) {
      writeFileSync(join(place, name), '');
      utimesSync(join(place, name), 0, 0);
    }
    for (let number = 1; number <= 21; number += 1) {
      write(1, `CREATE TABLE orders_1 (id bigint PRIMARY KEY, note_${number} text);`);
      await run();
    }
    expect(readdirSync(place)).toEqual(expect.arrayContaining(names));
    expect(readdirSync(place)).toHaveLength(names.length + 20);
  });

  test('the key is for the user alone, and one that others may read is made anew', async () => {
    const key = join(home, 'pgmigrate-lint/key');
    await run();
    const first = readFileSync(key);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(first).toHaveLength(32);
    expect((await run()).files).toBe(1);
    chmodSync(key, 0o640);
    expect((await run()).files).toBe(20);
    expect([statSync(key).mode & 0o777, readFileSync(key).equals(first)]).toEqual([0o600, false]);
    truncateSync(key, 31);
    expect((await run()).files).toBe(20);
    expect((await run()).files).toBe(1);
  });

  test('no key is kept in the checkout', async () => {
    const where = placeOf(place, '1', join(folder, '.cache'));
    expect(await unkept(where)).toContain('lies in the project, where a commit could bring a key');
    expect((await run(where)).files).toBe(20);
  });

  test('where the environment names no folder of the user, nothing is kept', async () => {
    const why = 'nobody says where';
    expect(await unkept({ build: '1', where: { kind: 'nowhere', why } })).toBe(`nothing is kept for the next run: ${why}`);
  });

  test.each<readonly [NodeJS.Platform, Readonly<Record<string, string>>, string | undefined]>([
    ['linux', { XDG_CACHE_HOME: '/caches', HOME: '/users/ann' }, '/caches'],
    ['linux', { XDG_CACHE_HOME: 'caches', HOME: '/users/ann' }, '/users/ann/.cache'],
    ['linux', { XDG_CACHE_HOME: '', HOME: '/users/ann' }, '/users/ann/.cache'],
    ['darwin', { HOME: '/Users/ann' }, '/Users/ann/Library/Caches'],
    ['win32', { LOCALAPPDATA: '/ann/AppData/Local', HOME: '/ann' }, '/ann/AppData/Local'],
    ['linux', { HOME: '.' }, undefined],
    ['linux', { HOME: '' }, undefined],
    ['darwin', {}, undefined],
  ])('on %s, %j has the caches of the user in %s', (platform, env, caches) => expect(cachesOfUser(env, platform)).toBe(caches));

  test('runs at once do not disturb each other', async () => {
    const runs = await Promise.all([run(), run(), run(), run()]);
    expect(new Set(runs.map(({ said }) => said)).size).toBe(1);
    expect(checkpoints()).toHaveLength(1);
    expect((await run()).files).toBe(1);
  });

  test('where nothing can be written, nothing is kept', async () => {
    writeFileSync(place, 'a file, no folder');
    expect(await run()).toEqual(await run(null));
    expect(await unkept(placeOf(place))).toMatch(/kept is no folder$/);
  });

  test.each([
    ['--cache-location', ['--cache-location', 'here'], { HOME: 'home' }, 'here'],
    ['no folder of the checkout', [], { HOME: 'home' }, 'home/.cache/pgmigrate-lint/checkpoints'],
    ['the cache folder of the user', [], { XDG_CACHE_HOME: 'caches', HOME: 'home' }, 'caches/pgmigrate-lint/checkpoints'],
    ['nothing', [], {}, undefined],
    ['nothing, wherever it is asked to', ['--cache-location', 'here'], {}, undefined],
  ])('the command keeps it in %s', async (_, options, homes, kept) => {
    mkdirSync(join(folder, 'node_modules'));
    const env = Object.fromEntries(Object.entries(homes).map(([name, path]) => [name, join(home, path)]));
    const said: string[] = [];
    const terminal = { cwd: folder, env, isTerminal: false, showsProgress: false, columns: 80, now: () => 0, out: (text: string) => said.push(text), err: (text: string) => said.push(text), readStdin: async () => Buffer.alloc(0) };
    const keptIn = kept === undefined ? [] : [join(options.length > 0 ? folder : home, kept)];
    await main(['--no-cache', '--quiet', 'db/0020.sql'], terminal);
    for (const one of keptIn) expect(existsSync(one)).toBe(false);
    await main(['--quiet', ...options, 'db/0020.sql'], terminal);
    await main(['--quiet', ...options, 'db/0020.sql'], terminal);
    for (const one of keptIn) expect(readdirSync(one)).toHaveLength(1);
    expect(readdirSync(join(folder, 'node_modules'))).toEqual([]);
    expect(said).toHaveLength(3);
    expect(new Set(said).size).toBe(1);
    await main(['--verbose', ...options, 'db/0020.sql'], terminal);
    expect(said.join('').includes('nothing is kept for the next run: ')).toBe(kept === undefined);
  });

  test('what a run that was killed left half written goes after a day', async () => {
    mkdirSync(place, { recursive: true });
    const left = ['a', 'b'].map((letter) => join(place, `${letter.repeat(64)}.checkpoint.0123456789ab.tmp`));
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

  test('of large ones, no more stay than a quarter of a gigabyte', async () => {
    mkdirSync(place);
    const large = ['a', 'b', 'c', 'd', 'e'].map((letter, index) => ({ file: join(place, `${letter.repeat(64)}.checkpoint`), at: 1000 + index }));
    for (const { file, at } of large) (writeFileSync(file, ''), truncateSync(file, 63_999_000), utimesSync(file, at, at));
    await run();
    expect(large.map(({ file }) => existsSync(file))).toEqual([false, false, true, true, true]);
  });
});
