// What `--fix` and `--diff` do to a project: fixtures/fix, each in a repository of its own. Each diff is applied to the same project, and has
// to come to what was written.

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { writeAll } from '../src/project/cures/changes.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { schemaDifferences, schemaOf, type Schema } from '../src/trace/schema.ts';
import { filesBelow, read } from './fixture.ts';
import { emptyDatabase } from './postgres/empty-database.ts';
import { runMain, type Ended } from './run-main.ts';

jest.setTimeout(120_000);

interface State {
  readonly files?: Readonly<Record<string, string>>;
  /** Symbolic links and what they say. */
  readonly links?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly readOnly?: readonly string[];
  /** Files that are committed on the branch. */
  readonly commit?: readonly string[];
  /** Commands of git, behind all else. */
  readonly git?: readonly (readonly string[])[];
  /** Written behind those. */
  readonly last?: Readonly<Record<string, string>>;
}

interface Project {
  readonly name: string;
  /** The working directory; else the root of the repository. */
  readonly in?: string;
  /** What is committed on main, and what is committed there behind it. */
  readonly base: State;
  readonly then?: State;
  readonly now: State;
  /** What `baseline` writes down before. */
  readonly baseline?: readonly string[];
  readonly run: readonly string[];
  readonly stdin?: string;
  readonly exit: number;
  /** All of standard output. */
  readonly printed?: string;
  readonly err?: readonly string[];
  readonly not?: readonly string[];
  /** What is in files that have changed, or that are new. All others are what they were. */
  readonly is: Readonly<Record<string, string>>;
  /** Files that have another name then. */
  readonly gone?: readonly string[];
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  git('init', '--quiet', '--initial-branch=main');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(filesBelow('fixtures/fix', '.yml'))('%s', (path) => {
  const projects: Project[] = parse(read(path));

  test.each(projects)('$name', async (project) => {
    await prepare(project);
    const before = contents();
    const given = keptAside();
    const left = Object.entries(before).filter(([path]) => project.gone?.includes(path) !== true);
    const after = { ...Object.fromEntries(left), ...project.is };
    const { code, out, err } = await run(project, project.run);
    for (const text of project.err ?? []) expect(err).toContain(text);
    for (const text of project.not ?? []) expect(out + err).not.toContain(text);
    if (project.printed !== undefined) expect(out).toBe(project.printed);
    expect(contents()).toEqual(after);
    expect(code).toBe(project.exit);
    if (!project.run.includes('--fix') || project.run.includes('-') || project.run.includes('--prove')) return;
    bringBack(given);
    const { out: diff } = await run(project, project.run.map((word) => (word === '--fix' ? '--diff' : word)));
    expect(contents()).toEqual(before);
    expect(diff === '').toBe(Object.keys(project.is).length === 0);
    if (diff === '') return;
    writeFileSync(join(folder, '.git/it.diff'), diff);
    for (const option of ['--check', '--whitespace=nowarn']) git('apply', option, '.git/it.diff');
    expect(contents()).toEqual(after);
  });
});

describe('two schemas are told apart', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startEmbedded(new Set());
  });
  afterAll(() => server.stop());

  const behind = async (sql: string): Promise<Schema> => {
    await emptyDatabase(server.connection);
    await server.connection.run(`CREATE TABLE orders (id int, total int); ${sql}`);
    return schemaOf(server.connection);
  };

  test.each([
    ['ALTER TABLE orders ADD CHECK (total > 0)', 'ALTER TABLE orders ADD CHECK (total >= 0)', 'constraint public.orders.orders_total_check was CHECK ((total > 0)), and is CHECK ((total >= 0))'],
    ['ALTER TABLE orders ADD CHECK (total > 0)', 'ALTER TABLE orders ADD CHECK (total > 0) NOT VALID', 'constraint public.orders.orders_total_check was CHECK ((total > 0)), and is CHECK ((total > 0)) NOT VALID not validated'],
    ['ALTER TABLE orders ALTER total SET DEFAULT 1', 'ALTER TABLE orders ALTER total SET DEFAULT 2', 'column public.orders.total was integer default 1, and is integer default 2'],
    ['ALTER TABLE orders ALTER total TYPE bigint', '', 'column public.orders.total was bigint, and is integer'],
    ['ALTER TABLE orders ADD a int, ADD b int', 'ALTER TABLE orders ADD b int, ADD a int', 'columns public.orders was id, total, a, b, and is id, total, b, a'],
    ['CREATE INDEX a ON orders (id)', 'CREATE INDEX a ON orders (id DESC)', 'index public.a was CREATE INDEX a ON public.orders USING btree (id), and is CREATE INDEX a ON public.orders USING btree (id DESC)'],
    ['CREATE INDEX a ON orders (id)', '', 'index public.a is missing: CREATE INDEX a ON public.orders USING btree (id)'],
    ['', 'ALTER TABLE orders ALTER total SET NOT NULL', 'column public.orders.total was integer, and is integer not null'],
    ["CREATE TYPE size AS ENUM ('s', 'm')", "CREATE TYPE size AS ENUM ('m', 's')", 'type public.size was e s, m, and is e m, s'],
    ['CREATE VIEW v AS SELECT id FROM orders', 'CREATE VIEW v AS SELECT total AS id FROM orders', 'rule public.v."_RETURN" was '],
    ['INSERT INTO orders VALUES (1, 1)', '', 'rows of public.orders was 1, and is 0'],
    ['GRANT SELECT ON orders TO PUBLIC', '', 'relation public.orders was '],
    ["COMMENT ON COLUMN orders.total IS 'in cents'", '', 'column public.orders.total was integer in cents, and is integer'],
  ])('%s | %s', async (one, other, says) => {
    const [before, after] = [await behind(one), await behind(other)];
    expect(schemaDifferences(before, await behind(one))).toEqual([]);
    expect(schemaDifferences(before, after)).toContainEqual(expect.stringContaining(says));
  });
});

describe('what is written is written whole', () => {
  beforeEach(() => {
    write({ files: { 'db/1.sql': 'one', 'db/2.sql': 'two' } });
  });

  test('or not at all, where a file is there already', () => {
    const before = contents();
    const changes = [
      { path: 'db/1.sql', before: 'one', after: 'other' },
      { path: 'new/3.sql', before: undefined, after: 'three' },
      { path: 'db/2.sql', before: undefined, after: 'never' },
    ];
    expect(() => writeAll(changes, folder)).toThrow('nothing was written: "db/2.sql" is there already');
    expect([contents(), existsSync(join(folder, 'new'))]).toEqual([before, false]);
  });

  test('or not at all, where somebody writes at the same time', () => {
    const before = contents();
    const changes = [
      { path: 'db/1.sql', before: 'one', after: 'other' },
      { path: 'new/3.sql', before: undefined, after: 'three' },
      { path: 'new/3.sql', before: undefined, after: 'of somebody else' },
    ];
    expect(() => writeAll(changes, folder)).toThrow(/^nothing was written: .*EEXIST/);
    expect([contents(), existsSync(join(folder, 'new'))]).toEqual([before, false]);
  });

  test('and not where the file has changed since it was read, or a link leads elsewhere', () => {
    symlinkSync(tmpdir(), join(folder, 'away'));
    expect(() => writeAll([{ path: 'db/1.sql', before: 'old', after: 'new' }], folder)).toThrow('"db/1.sql" has changed since it was read');
    expect(() => writeAll([{ path: 'away/1.sql', before: undefined, after: 'new' }], folder)).toThrow('a symbolic link leads to');
  });

  test('with the rights that the file has', () => {
    chmodSync(join(folder, 'db/1.sql'), 0o640);
    writeAll([{ path: 'db/1.sql', before: 'one', after: 'other' }], folder);
    expect(lstatSync(join(folder, 'db/1.sql')).mode & 0o777).toBe(0o640);
  });
});

describe('where nobody knows what is new', () => {
  test('outside of a repository', async () => {
    write({ files: { 'db/1.sql': 'CREATE INDEX a ON orders (id);' } });
    rmSync(join(folder, '.git'), { recursive: true });
    const { code, err } = await runMain(['--fix', 'db/1.sql'], folder);
    expect([code, err]).toEqual([2, expect.stringContaining('--fix needs a git repository')]);
  });

  test('in a clone without its history', async () => {
    write({ files: { 'db/1.sql': 'CREATE INDEX a ON orders (id);' } });
    commit();
    const origin = folder;
    folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
    git('clone', '--quiet', '--depth=1', `file://${origin}`, '.');
    const { code, err } = await runMain(['--fix', 'db/1.sql'], folder);
    rmSync(origin, { recursive: true });
    expect([code, err]).toEqual([2, expect.stringContaining('This clone is shallow, so git may not know what is new: run "git fetch --unshallow" first')]);
  });
});

async function prepare({ base, then, now, baseline, in: place = '.' }: Project): Promise<void> {
  write(base);
  commit();
  if (then) {
    write(then);
    commit();
  }
  git('checkout', '--quiet', '-b', 'feature');
  write(now);
  if (baseline) await runMain(['baseline', ...baseline], join(folder, place));
}

function write({ files = {}, links = {}, remove = [], readOnly = [], commit: committed = [], git: commands = [], last = {} }: State): void {
  for (const path of remove) rmSync(join(folder, path), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(made(path), text);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, made(path));
  for (const path of readOnly) chmodSync(join(folder, path), 0o444);
  if (committed.length > 0) commit(...committed);
  for (const command of commands) git(...command);
  for (const [path, text] of Object.entries(last)) writeFileSync(made(path), text);
}

function made(path: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  return join(folder, path);
}

/** All files, but for those of git; of links, what they say. */
function contents(): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => !/(?:^|\/)\.git(?:\/|$)/.test(path));
  return Object.fromEntries(paths.flatMap((path) => {
    const stats = lstatSync(join(folder, path));
    if (stats.isSymbolicLink()) return [[path, 'a link']];
    return stats.isFile() ? [[path, readFileSync(join(folder, path), 'utf8')]] : [];
  }));
}

function keptAside(): string {
  const kept = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  cpSync(folder, join(kept, 'it'), { recursive: true, verbatimSymlinks: true });
  return kept;
}

function bringBack(kept: string): void {
  rmSync(folder, { recursive: true });
  cpSync(join(kept, 'it'), folder, { recursive: true, verbatimSymlinks: true });
  rmSync(kept, { recursive: true });
}

function run({ in: place = '.', stdin = '' }: Project, words: readonly string[]): Promise<Ended> {
  return runMain(['--postgres', '16', ...words], join(folder, place), { readStdin: () => Promise.resolve(Buffer.from(stdin)) });
}

function commit(...paths: readonly string[]): void {
  git('add', ...(paths.length > 0 ? paths : ['--all']));
  git('commit', '--quiet', '--allow-empty', '--message', 'change');
}

function git(...args: readonly string[]): void {
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'pipe' });
}
