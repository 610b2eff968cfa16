// The baseline over several runs: what is known, what is new, and what is gone.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProject } from '../src/project/index.ts';
import { runMain, type Ended } from './run-main.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'db'));
  write('.pgmigrate-lint.yml', 'migrations: db\nlock-timeout: 1s\npostgres: 16\n');
  write('db/1.sql', 'CREATE INDEX ON orders (id);\nCREATE INDEX ON orders (id);\n');
  write('db/2.sql', 'ALTER TABLE customers ALTER name SET NOT NULL;\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

function run(args: readonly string[], below = ''): Promise<Ended> {
  return runMain(args, join(folder, below), { columns: 200 });
}

/** Path and rule of what is in the baseline. */
function known(): string[] {
  const { findings } = JSON.parse(readFileSync(join(folder, '.pgmigrate-lint-baseline.json'), 'utf8'));
  return findings.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`);
}

const all = ['db/1.sql non-concurrent-index', 'db/1.sql non-concurrent-index', 'db/2.sql unproven-not-null'];

test('what is known is not reported, and the exit code is 0', async () => {
  expect((await run([])).code).toBe(1);
  await run(['baseline']);
  const { code, out, err } = await run([]);
  expect([code, out, err]).toEqual([0, 'The baseline holds back 3 findings: 2 in db/1.sql and 1 in db/2.sql\n\nPlain SQL in db · PostgreSQL 16 (.pgmigrate-lint.yml) · 2 migrations\nNo problems in 2 migrations (3 statements), 3 in the baseline\n', '']);
});

test('it is written in the same way twice', async () => {
  await run(['baseline']);
  const first = readFileSync(join(folder, '.pgmigrate-lint-baseline.json'), 'utf8');
  await run(['baseline']);
  expect(readFileSync(join(folder, '.pgmigrate-lint-baseline.json'), 'utf8')).toBe(first);
});

test('it holds from every directory, and for the Node API', async () => {
  await run(['baseline']);
  expect((await run(['1.sql'], 'db')).code).toBe(0);
  const project = await openProject({ cwd: join(folder, 'db') });
  expect((await project.lint(['1.sql'])).summary).toMatchObject({ error: 0, suppressed: 2 });
});

test('lines may move and other statements change; a third equal statement is new', async () => {
  await run(['baseline']);
  write('db/1.sql', 'SELECT 1;\n\nCREATE INDEX ON orders (id);\nUPDATE orders SET id = 1 WHERE id = 2;\n  CREATE INDEX\nON orders (id);\n');
  expect((await run([])).code).toBe(0);
  write('db/1.sql', 'CREATE INDEX ON orders (id);\nCREATE INDEX ON orders (id);\nCREATE INDEX ON orders (id);\n');
  expect((await run(['--format', 'unix'])).out).toMatch(/^db\/1\.sql:3:1: error: [^\n]*\n$/);
});

test('a statement that changes is new, and the old one is gone', async () => {
  await run(['baseline']);
  write('db/2.sql', 'ALTER TABLE customers ALTER city SET NOT NULL;\n');
  const { code, err } = await run([]);
  expect([code, err]).toEqual([1, 'pgmigrate-lint: 1 finding of the baseline is gone; `pgmigrate-lint baseline --prune` takes it out\n']);
});

test('--prune takes out what is gone, and adds nothing', async () => {
  await run(['baseline']);
  write('db/1.sql', 'CREATE INDEX ON orders (id);\n');
  write('db/3.sql', 'CREATE INDEX ON shops (id);\n');
  await run(['baseline', '--prune']);
  expect(known()).toEqual([all[0], all[2]]);
  expect((await run(['--format', 'unix'])).out).toMatch(/^db\/3\.sql:1:1: error: [^\n]*\n$/);
});

test('what was not linted stays, if its file does', async () => {
  await run(['baseline']);
  write('db/2.sql', 'SELECT 1;\n');
  await run(['baseline', 'db/2.sql']);
  expect(known()).toEqual([all[0], all[1]]);
  rmSync(join(folder, 'db/1.sql'));
  await run(['baseline', '--prune', 'db/2.sql']);
  expect(known()).toEqual([]);
});

test('all of the project is written anew without a path', async () => {
  await run(['baseline']);
  rmSync(join(folder, 'db/1.sql'));
  await run(['baseline']);
  expect(known()).toEqual([all[2]]);
});

test('SARIF says that what is known is suppressed from outside', async () => {
  await run(['baseline', 'db/1.sql']);
  const [log] = JSON.parse((await run(['--format', 'sarif'])).out).runs;
  expect(log.results.map(({ suppressions }: { suppressions: unknown }) => suppressions)).toEqual([
    [],
    [{ kind: 'external', justification: 'It is in the baseline of the project.' }],
    [{ kind: 'external', justification: 'It is in the baseline of the project.' }],
  ]);
});
