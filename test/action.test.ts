// The GitHub action: its steps, run as a runner runs them, with the files that GitHub names, in repositories that the tests make.

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { buildCommand } from './command.ts';
import { read } from './fixture.ts';

interface Step {
  readonly run: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string | number }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action: Action = parse(read('action.yml'));
const bin = buildCommand('action');
const index = (table: string): string => `SET lock_timeout = '5s';\nCREATE INDEX ${table}_idx ON ${table} (id);\n`;

jest.setTimeout(60_000);

let folder: string;
/** What is checked out. */
let workspace: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  workspace = join(folder, 'workspace');
  mkdirSync(join(folder, 'temporary'));
  write('db/migrations/1.sql', index('customers'));
  git('init', '--quiet', '--initial-branch=main');
  commit();
  // A registry of its own: what is installed is the command as it is here.
  write('../bin/npm', `#!/bin/sh\necho "$@" >"$RUNNER_TEMP/npm.txt"\nmkdir -p "$3/node_modules/pgmigrate-lint/dist"\necho "require('${bin}')" >"$3/node_modules/pgmigrate-lint/dist/bin.cjs"\n`);
  chmodSync(join(folder, 'bin/npm'), 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a pull request', () => {
  /** The base goes on after the branch left, and once more after GitHub has sent the event. */
  function request(file = 'db/migrations/2.sql', sql = index('orders')): object {
    git('checkout', '--quiet', '-b', 'feature');
    write(file, sql);
    commit();
    const event = { pull_request: { head: { sha: revision('HEAD') }, base: { sha: revision('main') } } };
    git('checkout', '--quiet', 'main');
    write('db/migrations/0.sql', index('invoices'));
    commit();
    git('checkout', '--quiet', '--detach');
    git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
    return event;
  }

  /** As actions/checkout does it. */
  function checkOut(depth: number): void {
    git('branch', 'merge');
    const clone = join(folder, 'clone');
    execFileSync('git', ['clone', '--quiet', `--depth=${depth}`, '--branch=merge', `file://${workspace}`, clone], { stdio: 'pipe' });
    workspace = clone;
  }

  test('is annotated on the lines that it brings, and nowhere else', () => {
    const event = request();
    expect(run({}, event)).toMatchObject({
      code: 1,
      annotations: [expect.stringMatching(/^error file=db\/migrations\/2\.sql,line=2,endLine=2,.*title=non-concurrent-index: Building this index/)],
      outputs: { error: '1', warning: '0', info: '0', linted: '1', 'sarif-file': '' },
    });
  });

  test('is annotated in a shallow clone that holds the base', () => {
    const event = request();
    checkOut(2);
    expect(run({}, event)).toMatchObject({ code: 1, outputs: { linted: '1', error: '1' } });
  });

  test('says what to do where the clone does not hold the base', () => {
    const event = request();
    checkOut(1);
    const { code, annotations, outputs } = run({}, event);
    expect(annotations).toEqual([expect.stringMatching(/^error title=pgmigrate-lint: git knows no commit .*"fetch-depth: 0" for actions\/checkout/)]);
    expect([code, outputs]).toEqual([2, {}]);
  });

  test('that brings no migration passes, and says so', () => {
    const { code, summary } = run({}, request('readme.txt', 'Hello'));
    expect(code).toBe(0);
    expect(summary).toContain('## pgmigrate-lint passed: No migrations to lint');
  });

  test('that switches its own check off is told apart, and can be linted as its base says', () => {
    const event = request();
    write('.pgmigrate-lint.yml', 'rules: { non-concurrent-index: off }\n');
    commit();
    const switchedOff = run({}, event);
    expect([switchedOff.code, switchedOff.outputs['error']]).toEqual([0, '0']);
    expect(switchedOff.summary).toContain('**This branch loosens the check in 2 places:**');
    expect(switchedOff.annotations).toContainEqual(expect.stringContaining('title=This branch loosens the check in 2 places'));
    expect(run({ 'config-from-base': 'true' }, event)).toMatchObject({ code: 1, outputs: { error: '2' } });
    expect(run({ 'config-from-base': 'true' }, {}).code).toBe(0);
  });

  test('that is not checked out is not linted: pull_request_target has the base', () => {
    const event = request();
    const onTarget = (): Outcome => run({}, event, { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_SHA: revision('main') });
    expect(onTarget().outputs).toMatchObject({ linted: '1' });
    git('checkout', '--quiet', 'main');
    expect(onTarget()).toMatchObject({ code: 2, outputs: {}, annotations: [expect.stringMatching(/^error title=pgmigrate-lint: nothing was linted: .*"on: pull_request"/)] });
  });

  test('can be linted since another commit', () => {
    expect(run({ since: 'main~1' }, request()).outputs).toMatchObject({ linted: '2' });
  });
});

test('a merge queue is linted since its base', () => {
  const event = { merge_group: { base_sha: revision('HEAD') } };
  write('db/migrations/2.sql', index('orders'));
  commit();
  expect(run({}, event).outputs).toMatchObject({ linted: '1' });
});

test('any other event lints all, and the summary tells who waits and what to do', () => {
  const { code, summary } = run({}, {});
  expect(code).toBe(1);
  expect(summary).toContain('## pgmigrate-lint failed: 1 problem (1 error) in 1 of 1 migration');
  expect(summary).toContain('| statement | locks | work | who waits |');
  expect(summary).toContain('| `CREATE INDEX` at `db/migrations/1.sql:2` | SHARE on `public.customers` | an index is built | writes |');
  expect(summary).toContain('- **Instead:** Build it with CREATE INDEX CONCURRENTLY, outside a transaction');
});

test('ten annotations of a kind, the gravest first, and all in the summary', () => {
  const many = Array.from({ length: 12 }, (_, number) => `CREATE INDEX ON orders_${number} (id);\n`).join('');
  write('db/migrations/2.sql', `SET lock_timeout = '1h';\n${many}`);
  const { annotations, summary } = run({ paths: 'db/migrations/2.sql' }, {});
  expect(annotations.map((text) => text.split(' ')[0])).toEqual([...Array<string>(10).fill('error'), 'warning', 'notice']);
  expect(annotations.at(-1)).toContain('more in the log of this step');
  expect(summary.match(/^### error: non-concurrent-index$/gm)).toHaveLength(12);
});

test('in a folder of the repository, lines and the report for code scanning are found from its root', () => {
  write('services/shop/db/2.sql', index('orders'));
  const inputs = { 'working-directory': 'services/shop', paths: 'db\n', 'sarif-file': 'lint results.sarif' };
  const { annotations, outputs } = run(inputs, {});
  expect(annotations).toEqual([expect.stringContaining('error file=services/shop/db/2.sql,line=2')]);
  expect(outputs['sarif-file']).toBe(join(workspace, 'services/shop/lint results.sarif'));
  const [result] = JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8')).runs[0].results;
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('services/shop/db/2.sql');
  expect(Object.keys(result.partialFingerprints)).toEqual(['pgmigrateLint/v1']);
});

test('alerts stay the same when lines move', () => {
  const fingerprints = (): unknown => {
    const { outputs } = run({ 'sarif-file': 'lint.sarif' }, {});
    return JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8')).runs[0].results[0].partialFingerprints;
  };
  const before = fingerprints();
  write('db/migrations/1.sql', `-- moved\n\n${index('customers')}`);
  expect(fingerprints()).toEqual(before);
});

test('the inputs choose the configuration, the level that fails, and several paths', () => {
  write('strict.yml', 'rules:\n  non-concurrent-index: warning\n');
  write('other/1.sql', index('orders'));
  const inputs = { config: 'strict.yml', paths: '  db/migrations\n\nother/*.sql\n' };
  expect(run(inputs, {})).toMatchObject({ code: 0, outputs: { warning: '2', linted: '2' } });
  expect(run({ ...inputs, 'fail-on': 'warning' }, {})).toMatchObject({ code: 1 });
});

test('a mistake in the configuration is an annotation', () => {
  write('.pgmigrate-lint.yml', 'migratoins: db\n');
  expect(run({}, {})).toMatchObject({ code: 2, annotations: [expect.stringContaining('error title=pgmigrate-lint: .pgmigrate-lint.yml:1:1: ')] });
});

test('a report that cannot be written is an annotation, not a success', () => {
  const { code, annotations, outputs } = run({ 'sarif-file': 'nowhere/lint.sarif' }, {});
  expect([code, outputs]).toEqual([2, {}]);
  expect(annotations.at(-1)).toContain('error title=pgmigrate-lint: "nowhere/lint.sarif" can\'t be written');
});

describe('a comment', () => {
  /** A forge in a process of its own, because the steps run while this one waits; what it is asked is in a file, one request a line. */
  const script = `require('node:http').createServer((request, response) => {
    let body = '';
    request.on('data', (data) => (body += data)).on('end', () => {
      require('node:fs').appendFileSync(process.argv[1], JSON.stringify({ asked: request.method + ' ' + request.url, token: request.headers.authorization, body }) + '\\n');
      response.writeHead(request.method === 'GET' ? 200 : Number(process.argv[2]));
      response.end(request.method === 'GET' ? '[]' : JSON.stringify({ message: 'Resource not accessible by integration' }));
    });
  }).listen(0, '127.0.0.1', function () { process.stdout.write(String(this.address().port)); });`;
  let forge: ChildProcess;

  async function commented(status: number, inputs: Readonly<Record<string, string>>, event: object): Promise<Outcome & { readonly asked: readonly { asked: string; token: string; body: string }[] }> {
    const log = join(folder, 'asked.txt');
    writeFileSync(log, '');
    forge = spawn(process.execPath, ['-e', script, log, String(status)]);
    const [port] = forge.stdout === null ? [] : await once(forge.stdout, 'data');
    const outcome = run(inputs, event, { GITHUB_API_URL: `http://127.0.0.1:${port}`, GITHUB_REPOSITORY: 'ann/shop', GITHUB_EVENT_NAME: 'pull_request' });
    return { ...outcome, asked: readFileSync(log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) };
  }

  afterEach(() => forge.kill());

  const request = (): object => ({ pull_request: { number: 7, head: { sha: '1' }, base: { sha: revision('HEAD') } } });

  test('is made with the token of the input, and says what the summary says', async () => {
    const event = request();
    write('db/migrations/2.sql', index('orders'));
    commit();
    const { code, summary, annotations, asked } = await commented(201, { comment: 'true', token: 'ghs_of-the-job' }, event);
    expect([code, annotations.length]).toEqual([1, 1]);
    expect(action.inputs['token']?.default).toBe('${{ github.token }}');
    expect(asked.map(({ asked: words }) => words)).toEqual(['GET /repos/ann/shop/issues/7/comments?per_page=100', 'POST /repos/ann/shop/issues/7/comments']);
    expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(['Bearer ghs_of-the-job']));
    expect(JSON.parse(asked[1]?.body ?? '').body).toContain('## pgmigrate-lint failed: 1 problem (1 error) in 1 of 1 migration');
    expect(summary).not.toContain('no comment');
  });

  test('that the token may not write is told in the log and in the summary, and the step ends as lint does', async () => {
    const event = request();
    write('db/migrations/2.sql', index('orders'));
    commit();
    const { code, summary, annotations, outputs } = await commented(403, { comment: 'true', token: 'ghs_read-only', 'fail-on': 'never' }, event);
    expect([code, annotations.length, outputs['error']]).toEqual([0, 1, '1']);
    expect(summary).toMatch(/\n```text\npgmigrate-lint: no comment: GitHub answers 403 \(Resource not accessible by integration\): .* the job needs "permissions: pull-requests: write"\n```\n$/);
  });

  test('is not made unless somebody asks for it, nor where there is no pull request', async () => {
    expect((await commented(201, {}, request())).asked).toEqual([]);
    forge.kill();
    const { asked, summary, code } = await commented(201, { comment: 'true' }, {});
    expect([asked, code]).toEqual([[], 1]);
    expect(summary).toContain('pgmigrate-lint: no comment: this run for "pull_request" belongs to no pull request');
  });
});

const hostile = '::error::owned ##[error]owned %0A::warning::owned';

test.each(['github', 'pretty', 'unix', 'markdown', 'json'])('nothing in SQL or in a path is a command for the runner in the format %s', (format) => {
  const sql = `SET lock_timeout = '5s';\nCREATE INDEX ON "${hostile}" (id);\n::error::owned\n##[error]owned\n`;
  write(`db/migrations/2 ${hostile.replaceAll('/', '')}.up.sql`, sql);
  write(`db/migrations/2 ##[error]owned.down.sql`, sql);
  const { annotations, outputs } = run({ format }, {});
  expect(annotations.filter((text) => /^(?:error|warning) owned|^(?:error|warning): owned/.test(text))).toEqual([]);
  expect(annotations.every((text) => format === 'github' && /title=(?:non-concurrent-index|syntax-error)/.test(text))).toBe(true);
  expect(Number(outputs['error'])).toBeGreaterThan(1);
});

test.each(['paths', 'since', 'format', 'fail-on', 'config', 'config-from-base', 'comment', 'token', 'sarif-file', 'version'])('nothing in the input %s is a command for the shell', (name) => {
  run({ [name]: "$(touch owned) `touch owned` '; touch owned; \" & touch owned" }, {});
  expect(existsSync(join(workspace, 'owned'))).toBe(false);
});

test('what is installed is the version of this package, unless another one is asked for, and no script of it is run', () => {
  const installed = (inputs: Readonly<Record<string, string>>): string => {
    run(inputs, {});
    return readFileSync(join(folder, 'temporary/npm.txt'), 'utf8');
  };
  const { version } = JSON.parse(read('package.json'));
  expect(installed({})).toMatch(new RegExp(`--ignore-scripts .*pgmigrate-lint@${version}\\n$`));
  expect(installed({ version: '0.9.9' })).toContain('pgmigrate-lint@0.9.9');
});

test('a machine without npm is told what to do', () => {
  const [install] = action.runs.steps;
  const env = { PATH: '', RUNNER_TEMP: folder };
  const { status, stdout } = spawnSync('/bin/bash', ['-c', install?.run ?? ''], { env, encoding: 'utf8' });
  expect([status, stdout]).toEqual([2, expect.stringContaining('uses: actions/setup-node@')]);
});

test('every input and output says what it is, every input is used, and none of them is pasted into a command', () => {
  const { inputs, outputs, runs } = action;
  for (const { description } of [...Object.values(inputs), ...Object.values(outputs)].map((one) => ({ description: '', ...one })))
    expect(description).toMatch(/^[A-Z].*[^.]$/);
  const used = JSON.stringify(runs.steps).match(/\$\{\{ inputs\.[a-z-]+ \}\}/g) ?? [];
  expect(used.map((text) => text.slice(11, -3)).toSorted()).toEqual(Object.keys(inputs).toSorted());
  for (const { run: script } of runs.steps) expect(script).not.toContain('${{');
  expect(runs.using).toBe('composite');
});

interface Outcome {
  readonly code: number;
  /** The workflow commands that the runner obeys: `error file=…: message`. */
  readonly annotations: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the steps one after the other, until one fails. `runner`: what else it sets. */
function run(inputs: Readonly<Record<string, string>>, event: object, runner: Readonly<Record<string, string>> = {}): Outcome {
  const files = { GITHUB_STEP_SUMMARY: 'summary.md', GITHUB_OUTPUT: 'outputs.txt', GITHUB_EVENT_PATH: 'event.json' };
  const paths = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)]));
  for (const [name, path] of Object.entries(paths)) writeFileSync(path, name === 'GITHUB_EVENT_PATH' ? JSON.stringify(event) : '');
  const valueOf = (text: string): string =>
    text.replace(/\$\{\{ (?:inputs\.([a-z-]+)|github\.action_path) \}\}/g, (_, input?: string) =>
      input === undefined ? process.cwd() : (inputs[input] ?? String(action.inputs[input]?.default)),
    );
  let [code, log] = [0, ''];
  for (const { run: script, env, shell, 'working-directory': directory = '.' } of action.runs.steps) {
    expect(shell).toBe('bash');
    const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, valueOf(value)]));
    const { PATH = '', HOME = '' } = process.env;
    const result = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
      cwd: join(workspace, valueOf(directory)),
      env: { HOME, PATH: `${join(folder, 'bin')}:${PATH}`, RUNNER_TEMP: join(folder, 'temporary'), ...paths, ...runner, ...given },
      encoding: 'utf8',
    });
    expect(result.stderr).toBe('');
    [code, log] = [result.status ?? -1, log + result.stdout];
    if (code !== 0) break;
  }
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
  return { code, annotations: obeyed(log), outputs: outputsOf(readFileSync(join(folder, 'outputs.txt'), 'utf8')), summary };
}

/** As the runner reads a log: `::name properties::data` at the beginning of a line, `##[name]data` anywhere; `::stop-commands::`. */
function obeyed(log: string): string[] {
  const annotations: string[] = [];
  let token: string | undefined;
  for (const line of log.split('\n')) {
    const [, name = '', properties = '', data = ''] = /^\s*::([^ :]+)( [^:]*)?::(.*)$/.exec(line) ?? /##\[([a-z]+)( [^\]]*)?\](.*)$/.exec(line) ?? [];
    if (token !== undefined) token = name === token ? undefined : token;
    else if (name === 'stop-commands') token = data;
    else if (['error', 'warning', 'notice'].includes(name)) annotations.push(`${name}${properties}: ${data}`);
  }
  expect(token).toBeUndefined();
  return annotations;
}

function outputsOf(text: string): Record<string, string> {
  return Object.fromEntries(Array.from(text.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2\n/gm), ([, name, , value]) => [name, value]));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(workspace, file)), { recursive: true });
  writeFileSync(join(workspace, file), text);
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '-m', 'change');
}

function git(...args: readonly string[]): void {
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...author, ...args], { cwd: workspace, stdio: 'pipe' });
}

function revision(name: string): string {
  return execFileSync('git', ['rev-parse', name], { cwd: workspace, encoding: 'utf8' }).trim();
}
