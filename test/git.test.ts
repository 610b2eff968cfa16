// `--since` and `--staged`, in repositories that the tests make.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openProject } from '../src/project/index.ts';
import { runMain, type Ended } from './run-main.ts';

let indexes = 0;

/** A name of its own each time: PostgreSQL refuses a second one. */
const index = (table: string): string => `CREATE INDEX ${table}_idx_${(indexes += 1)} ON ${table} (id);\n`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  git('init', '--quiet', '--initial-branch=main');
  write('db/1.sql', 'CREATE TABLE orders (id int);\n');
  write('db/2.sql', index('orders'));
  commit();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('--since', () => {
  test('lints what was committed, changed and not yet known since the branch left', async () => {
    git('checkout', '--quiet', '-b', 'feature');
    write('db/3.sql', index('orders'));
    commit();
    git('checkout', '--quiet', 'main');
    write('db/5.sql', index('orders'));
    commit();
    git('checkout', '--quiet', 'feature');
    write('db/4 ünï.sql', index('orders'));
    const { out, code } = await run('--since', 'main', 'db');
    expect(pathsIn(out)).toEqual(['db/3.sql', 'db/4 ünï.sql']);
    expect(code).toBe(1);
  });

  test('knows what older migrations made', async () => {
    git('checkout', '--quiet', '-b', 'feature');
    write('db/1.sql', 'CREATE TABLE orders (id int, note text CHECK (note IS NOT NULL));\n');
    commit();
    git('checkout', '--quiet', '-b', 'next');
    write('db/3.sql', "SET lock_timeout = '1s';\nALTER TABLE orders ALTER note SET NOT NULL;\n");
    const { out, code } = await run('--since', 'feature', 'db');
    expect([pathsIn(out), code]).toEqual([[], 0]);
  });

  test('lets what is new say nothing of which tool runs the folder', async () => {
    git('checkout', '--quiet', '-b', 'feature');
    for (const name of ['3', '4', '5', '6', '7']) write(`db/${name}.sql`, '-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE orders;\n');
    for (const paths of [['db'], [], ['db/7.sql']]) {
      const { out } = await run('--since', 'main', ...paths);
      expect(out).toContain("goose's marks");
      expect(out).toContain('dropped-table');
    }
  });

  test('counts files where one is gone', async () => {
    git('checkout', '--quiet', '-b', 'feature');
    rmSync(join(folder, 'db/1.sql'));
    const { out, code } = await run('--since', 'main', 'db');
    expect(out).toContain('error edited-migration  db/1.sql:1:1');
    expect(out).toContain('1 problem (1 error) in 1 file');
    expect(code).toBe(1);
  });

  test('is silent where nothing is new', async () => {
    const { out, code } = await run('--since', 'main', 'db');
    expect(out).toContain('No migrations to lint');
    expect(code).toBe(0);
  });

  test('is there for programs too', async () => {
    write('db/3.sql', index('orders'));
    const project = await openProject({ cwd: folder, since: 'main' });
    expect((await project.lint(['db'])).summary).toMatchObject({ migrations: 3, linted: 1 });
  });

  test('says which command brings a commit that is not known', async () => {
    const { err, code } = await run('--since', 'origin/main', 'db');
    expect(err).toContain('git knows no commit "origin/main"; run "git fetch origin main" first');
    expect(code).toBe(2);
  });

  test('says which command brings the history of a shallow clone', async () => {
    write('db/3.sql', index('orders'));
    commit();
    const origin = folder;
    folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
    git('clone', '--quiet', '--depth=1', `file://${origin}`, '.');
    const { err } = await run('--since', 'HEAD~1', 'db');
    rmSync(origin, { recursive: true });
    expect(err).toContain('run "git fetch --unshallow" first');
  });

  test('says that there is no repository', async () => {
    rmSync(join(folder, '.git'), { recursive: true });
    expect((await run('--since', 'main', 'db')).err).toContain('--since needs a git repository');
  });

  test('says that git is missing', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = '';
    const { err } = await run('--since', 'main', 'db');
    process.env['PATH'] = PATH;
    expect(err).toContain('--since needs git');
  });

  test('does not take an option of git for a commit', async () => {
    expect((await run('--since=--all', 'db')).err).toContain('git knows no commit "--all"');
  });
});

describe('several migrations in a file', () => {
  const head = '--liquibase formatted sql\n';
  const changeset = (id: number, sql: string): string => `--changeset ann:${id}\n${sql}\n`;
  const table = changeset(1, 'CREATE TABLE orders (id int);');
  const first = changeset(2, 'CREATE INDEX ON orders (id);');
  const second = changeset(3, 'CREATE INDEX ON orders (id);');
  const linesOf = (out: string): string[] => Array.from(out.matchAll(/^error (?!edited-migration)\S+ +(.*?:\d+):\d+$/gm), ([, place = '']) => place);

  beforeEach(() => {
    write('sql/changelog.sql', head + table + first);
    commit();
    git('checkout', '--quiet', '-b', 'feature');
  });

  test('one that was appended is new, and what is equal to another one is not known because of it', async () => {
    write('.pgmigrate-lint.yml', 'migrations: sql\n');
    await run('baseline');
    write('sql/changelog.sql', head + table + first + second);
    const { out, err, code } = await run('--since', 'main');
    expect(linesOf(out)).toEqual(['sql/changelog.sql:7']);
    expect(out).toContain('1 problem (1 error) in 1 of 1 migration, 2 others replayed as history');
    expect(err).toBe('');
    expect(code).toBe(1);
    await run('baseline', '--prune', '--since', 'main');
    expect(linesOf((await run()).out)).toEqual(['sql/changelog.sql:7']);
    await run('baseline', '--since', 'main');
    expect((await run()).code).toBe(0);
  });

  test('one that changed is linted, and where it stands in between, it is linted with what was true there', async () => {
    write('sql/changelog.sql', head + table + first.replace('_idx', '_id') + changeset(3, 'DROP TABLE orders;'));
    commit();
    write('sql/changelog.sql', head + table + first.replace('(id)', '(id, id)') + changeset(3, 'DROP TABLE orders;'));
    expect(linesOf((await run('--since', 'feature', 'sql')).out)).toEqual(['sql/changelog.sql:5']);
  });

  test('another end of lines, or a comment at the top, changes none', async () => {
    write('sql/changelog.sql', `${head}-- ours\n\n${table}${first}`.replaceAll('\n', '\r\n'));
    const { out, code } = await run('--since', 'main', 'sql');
    expect(out).toContain('No migrations to lint, 2 others replayed as history');
    expect(code).toBe(0);
  });

  test('a comment at the top of the file speaks of the new one too, and is not unused because of the others', async () => {
    const ignoring = `${head}-- pgmigrate-lint-ignore-file non-concurrent-index: small tables\n`;
    write('sql/changelog.sql', ignoring + table + first);
    commit();
    write('sql/changelog.sql', ignoring + table + first + changeset(3, 'SELECT 1;'));
    expect(await run('--since', 'feature', 'sql')).toMatchObject({ code: 0, out: expect.not.stringContaining('unused') });
    write('sql/changelog.sql', ignoring + table + first + second);
    expect((await run('--since', 'feature', 'sql')).out).toContain('1 suppressed');
  });

  test('a file that got another name runs all of its changesets, unless it says by which path they are known', async () => {
    const known = '--liquibase formatted sql logicalFilePath:orders.sql\n';
    write('sql/changelog.sql', known + table + first);
    commit();
    renameSync(join(folder, 'sql/changelog.sql'), join(folder, 'sql/orders.sql'));
    write('sql/orders.sql', known + table + first + second);
    git('add', '--all');
    expect(linesOf((await run('--since', 'feature', 'sql')).out)).toEqual(['sql/orders.sql:7']);
    expect(linesOf((await run('--staged', 'sql')).out)).toEqual(['sql/orders.sql:7']);
    write('sql/orders.sql', head + changeset(1, 'SELECT 1;') + first + second);
    git('add', '--all');
    expect(linesOf((await run('--since', 'feature', 'sql')).out)).toEqual(['sql/orders.sql:5', 'sql/orders.sql:7']);
  });

  test('what is staged of a file is compared with what was committed', async () => {
    write('sql/changelog.sql', head + table + first + second);
    git('add', '--all');
    write('sql/changelog.sql', head + table + first + second + changeset(4, 'CREATE INDEX other ON orders (id);'));
    expect(linesOf((await run('--staged', 'sql')).out)).toEqual(['sql/changelog.sql:7']);
  });

  test('a way back is as new as its way up', async () => {
    write('.pgmigrate-lint.yml', 'down: true\n');
    const back = '--rollback CREATE INDEX ON orders (id);\n';
    write('sql/changelog.sql', head + table + changeset(2, 'SELECT 1;') + back);
    commit();
    write('sql/changelog.sql', head + table + changeset(2, 'SELECT 1;') + back + changeset(3, 'SELECT 1;') + back);
    expect(linesOf((await run('--since', 'feature', 'sql')).out)).toEqual(['sql/changelog.sql:9']);
  });

  test.each([
    ['EF Core', (id: number, sql: string) => `START TRANSACTION;\n${sql}\nINSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")\nVALUES ('2024010100000${id}_x', '8.0.0');\nCOMMIT;\n`, ''],
    ['Alembic', (id: number, sql: string) => `-- Running upgrade ${id - 1} -> ${id}\n\n${sql}\n\n`, 'COMMIT;\n'],
  ])('a script of %s that is kept in the repository', async (_, part, end) => {
    const parts = [part(1, 'CREATE TABLE orders (id int);'), part(2, 'CREATE INDEX a ON orders (id);')];
    write('script/all.sql', `BEGIN;\n${parts.join('')}${end}`.replace(/^BEGIN;\n(?=START)/, ''));
    commit();
    parts.push(part(3, 'CREATE INDEX b ON orders (id);'));
    write('script/all.sql', `BEGIN;\n${parts.join('')}${end}`.replace(/^BEGIN;\n(?=START)/, ''));
    const { out } = await run('--since', 'feature', 'script');
    expect(out).toContain('CREATE INDEX b');
    expect(out).toContain('1 problem (1 error) in 1 of 1 migration, 2 others replayed as history');
  });
});

describe('what git can say nothing of', () => {
  const said = "git ignores db/1.sql and db/2.sql, or keeps them in another repository: --since can't say what is new there";

  test('is no success: what it ignores', async () => {
    git('rm', '--quiet', '-r', '--cached', 'db');
    write('.gitignore', 'db/\n');
    commit();
    for (const command of ['lint', 'explain', 'trace', 'baseline']) {
      expect(await run(command, '--since', 'HEAD', 'db')).toMatchObject({ code: 2, err: expect.stringContaining(said) });
    }
    expect(await run('--staged', 'db')).toMatchObject({ code: 2, err: expect.stringContaining("--staged can't say") });
  });

  test('is no success: what lies in a repository of its own', async () => {
    git('rm', '--quiet', '-r', '--cached', 'db');
    commitStaged();
    execFileSync('git', ['init', '--quiet', 'db'], { cwd: folder });
    expect(await run('--since', 'HEAD', 'db')).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  });

  test('is said where something else can be asked about', async () => {
    write('.gitignore', 'copy/\n');
    write('copy/1.sql', 'CREATE TABLE orders (id int);\n');
    const { code, out, err } = await run('--since', 'main', 'db', 'copy');
    expect([code, out]).toEqual([0, expect.stringContaining('No migrations to lint')]);
    expect(err).toContain('git ignores copy/1.sql, or keeps it in another repository, so what is new there is not linted');
  });

  test('is not asked for where all is known, and nothing is new', async () => {
    expect(await run('explain', '--since', 'main', 'db')).toEqual({ code: 0, out: 'No migrations to explain\n', err: '' });
  });
});

describe('a dump', () => {
  const dump = (column: string, version: number): string =>
    `CREATE TABLE public.orders (${column});\nINSERT INTO schema_migrations (version) VALUES ('${version}');\n`;

  beforeEach(() => {
    write('.pgmigrate-lint.yml', 'migrations: sql\nschema: structure.sql\nlock-timeout: 1s\n');
    write('structure.sql', dump('note text, CONSTRAINT there CHECK (note IS NOT NULL)', 1));
    write('sql/1.sql', 'CREATE TABLE orders (note text);\n');
    commit();
    git('checkout', '--quiet', '-b', 'feature');
    write('sql/2.sql', 'ALTER TABLE orders ALTER note SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT there;\n');
    write('structure.sql', dump('note text NOT NULL', 2));
  });

  test('is read as it is without git', async () => {
    expect(pathsIn((await run('sql/2.sql')).out)).toEqual(['sql/2.sql']);
  });

  test('is read as it was when the branch left', async () => {
    commit();
    expect(pathsIn((await run('--since', 'main')).out)).toEqual([]);
  });

  test('is read as it was before what is staged', async () => {
    git('add', 'sql/2.sql', 'structure.sql');
    expect(pathsIn((await run('--staged')).out)).toEqual([]);
  });

  test('is read as it is where there was none', async () => {
    git('rm', '--quiet', '--cached', 'structure.sql');
    commitStaged();
    git('add', 'sql/2.sql', 'structure.sql');
    expect(pathsIn((await run('--staged')).out)).toEqual(['sql/2.sql']);
  });
});

describe('--staged', () => {
  test('lints what is staged, as it is staged', async () => {
    write('db/3.sql', index('orders'));
    git('add', 'db/3.sql');
    write('db/3.sql', 'SELECT 1;\n');
    write('db/4.sql', index('orders'));
    expect(pathsIn((await run('--staged', 'db')).out)).toEqual(['db/3.sql']);
  });

  test('sees what is staged where a hook of a linked worktree names the repository alone', async () => {
    const [main, tree] = [folder, `${folder}-tree`];
    git('worktree', 'add', '--quiet', tree, '-b', 'feature');
    folder = tree;
    write('shop/db/3.sql', index('orders'));
    git('add', '--all');
    process.env['GIT_DIR'] = join(main, '.git/worktrees', basename(tree));
    folder = join(tree, 'shop');
    const { out } = await run('--staged', 'db');
    delete process.env['GIT_DIR'];
    rmSync(tree, { recursive: true, force: true });
    folder = main;
    expect(pathsIn(out)).toEqual(['db/3.sql']);
  });

  test('passes on what git says where it refuses to work', async () => {
    process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
    const { err, code } = await run('--staged', 'db');
    delete process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'];
    expect(err).toMatch(/^pgmigrate-lint: --staged needs git, and git refuses to work in ".*"; git says:\n {2}fatal: detected dubious ownership/);
    expect(err).toMatch(/\n {2}git config --global --add safe\.directory /);
    expect(code).toBe(2);
  });

  test('passes on what git says of objects that are missing', async () => {
    git('checkout', '--quiet', '-b', 'feature');
    write('db/3.sql', index('orders'));
    commit();
    const tree = execFileSync('git', ['rev-parse', 'main^{tree}'], { cwd: folder, encoding: 'utf8' }).trim();
    rmSync(join(folder, '.git/objects', tree.slice(0, 2), tree.slice(2)), { force: true });
    const { err, code } = await run('--since', 'main', 'db');
    expect(err).toMatch(/failed in ".*"; git says:\n {2}(?:error|fatal): /);
    expect(code).toBe(2);
  });

  test('excludes --since', async () => {
    expect(await run('--staged', '--since', 'main', 'db')).toMatchObject({ code: 2, err: expect.stringContaining('give one of them') });
  });
});

describe('what init writes', () => {
  test('passes at once, and later finds what is new', async () => {
    write('compose.yml', 'image: postgres:16\n');
    expect((await runBare()).code).toBe(1);
    expect((await runBare('init', '--yes')).code).toBe(0);
    git('add', '--all');
    expect([(await runBare()).code, (await runBare('--staged')).code, (await runBare('--since', 'main')).code]).toEqual([0, 0, 0]);
    write('db/3.sql', index('orders'));
    git('add', '--all');
    expect([(await runBare()).code, (await runBare('--staged')).code]).toEqual([1, 1]);
  });

  test('lies where git looks for the hooks of a linked worktree', async () => {
    const main = folder;
    folder = `${main}-tree`;
    execFileSync('git', ['worktree', 'add', '--quiet', folder, '-b', 'feature'], { cwd: main, stdio: 'pipe' });
    const { out } = await runBare('init', '--yes');
    rmSync(folder, { recursive: true, force: true });
    folder = main;
    expect(out).toContain('/.git/hooks/pre-commit written: lints before each commit');
  });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function commit(): void {
  git('add', '--all');
  commitStaged();
}

function commitStaged(): void {
  git('-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'change');
}

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
}

function run(...args: readonly string[]): ReturnType<typeof runBare> {
  return runBare(...args, ...(/^(?:explain|trace)$/.test(args[0] ?? '') ? [] : ['--rule', 'missing-lock-timeout=off']));
}

function runBare(...args: readonly string[]): Promise<Ended> {
  return runMain(args, folder);
}

function pathsIn(out: string): string[] {
  return Array.from(out.matchAll(/^error \S+ +(.*?):\d+:\d+$/gm), ([, path = '']) => path);
}
