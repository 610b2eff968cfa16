// A world that is against a run: full disks, readers and files that go away, folders that can't be read, no network, signals, bugs.

import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '../rules/index.ts';
import { main } from '../src/cli/main.ts';
import type { Rule } from '../src/model/rule.ts';
import { defaultLimits } from '../src/model/limits.ts';
import { readBytes } from '../src/sources/disk/read-bytes.ts';
import { readText } from '../src/sources/disk/read-text.ts';
import { buildCommand, buildModule } from './command.ts';

jest.setTimeout(120_000);

const bin = buildCommand('hostile-world');
const many = Array.from({ length: 3000 }, (_, index) => `ALTER TABLE orders_${index} ADD note text;\n`).join('');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

function node(args: readonly string[], options: object = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', ...options });
}

const withFullDisk = process.platform === 'linux' ? test : test.skip;

describe('a full disk', () => {
  withFullDisk.each([
    ['the report', '> /dev/full', 2],
    ['a report in a file', '--format json=/dev/full', 2],
    ['what is said beside the report', '2> /dev/full', 1],
  ])('that takes %s', (_, redirection, code) => {
    write({ 'many.sql': many });
    const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" many.sql ${redirection}`], { cwd: folder, encoding: 'utf8' });
    expect(stderr).not.toMatch(/^ +at /m);
    if (code === 2) expect(stderr).toMatch(/^pgmigrate-lint: .*can't be written: ENOSPC/m);
    expect(status).toBe(code);
  });
});

const onUnix = process.platform === 'win32' ? test.skip : test;

describe('what never ends', () => {
  function shell(command: string): SpawnSyncReturns<string> {
    return spawnSync('bash', ['-c', command.replaceAll('BIN', `"${process.execPath}" "${bin}"`)], { cwd: folder, encoding: 'utf8', timeout: 60_000, maxBuffer: 1e9 });
  }

  onUnix.each([
    ['statements', `yes 'SELECT 1;' | BIN --format unix -`, '<stdin>'],
    ['one statement', `yes 'SELECT 1 +' | BIN --format unix -`, '<stdin>'],
    ['white space', `yes '' | BIN --format unix -`, '<stdin>'],
    ['zeros', `BIN --format unix - < /dev/zero`, '<stdin>'],
    ['noise', `BIN --format unix - < /dev/urandom`, '<stdin>'],
    ['what an editor has not saved', `yes | BIN --format unix --stdin-filename db/1.sql -`, 'db/1.sql'],
    ['a device that is named', `BIN --format unix /dev/zero`, '/dev/zero'],
  ])('%s: no more is read than the limit, and a finding says so', (_, command, path) => {
    write({ 'db/1.sql': 'SELECT 1;' });
    const { status, stdout, stderr } = shell(command);
    expect(stdout).toMatch(/^\S+:1:1: error: The (?:input|file) has 10\d{6} bytes, and no more than 10485760 bytes of (?:it|a file) are read \[oversized-input\]\n$/);
    expect(stdout).toContain(`${path}:1:1:`);
    expect(stderr).not.toContain('has a bug');
    expect(status).not.toBe(0);
  });

  withFullDisk('a file that says it is empty, and is not', () => {
    expect(readBytes('/proc/self/smaps', 1000)).toEqual({ size: expect.any(Number), bytes: undefined });
    expect(readBytes('/proc/self/cmdline', 100_000).bytes?.toString()).toContain('node');
  });

  onUnix('a limit that no string can keep is the longest string', () => {
    write({ '.pgmigrate-lint.yml': 'limits: { file-size: 100GB }\n' });
    const { stdout, status } = shell('BIN --format unix - < /dev/zero');
    expect(stdout).toContain('and no more than 500000000 bytes of it are read [oversized-input]');
    expect(status).not.toBe(0);
  });

  onUnix.each(['--format json=/dev/stdout', '--format json', '--format pretty'])('%s, which nobody reads to its end, keeps the verdict and its peace', (format) => {
    write({ 'many.sql': many });
    const { stdout, stderr } = shell(`BIN ${format} many.sql | head -c 10; echo " \${PIPESTATUS[0]}"`);
    expect(stdout).toMatch(/ 1\n$/);
    expect(stderr).not.toMatch(/EPIPE|^ +at |bug/m);
  });
});

test('whoever interrupts a run ends it at once, and finds no half of a report', async () => {
  write({ 'old.json': 'old', ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`db/${index}.sql`, many])) });
  const run = spawn(process.execPath, [bin, '--format', 'json=old.json', 'db'], { cwd: folder, stdio: 'ignore' });
  setTimeout(() => run.kill('SIGINT'), 300);
  const [, signal] = await new Promise<readonly [number | null, string | null]>((ended) => run.on('exit', (code, by) => ended([code, by])));
  // A shell says 130 of it.
  expect(signal).toBe('SIGINT');
  expect(node(['-p', 'require("fs").readFileSync("old.json", "utf8")']).stdout).toBe('old\n');
});

test('whoever interrupts the writing of a report finds it whole', async () => {
  const code = 'const { writeWhole } = require(process.argv[1]); writeWhole("report", Buffer.alloc(300_000_000));';
  const run = spawn(process.execPath, ['-e', code, buildModule('src/sources/disk/write-whole.ts', 'hostile-world')], { cwd: folder, stdio: 'inherit' });
  const ended = new Promise<number | null>((end) => run.on('exit', end));
  const looking = setInterval(() => readdirSync(folder).some((name) => name.endsWith('.tmp')) && run.kill('SIGINT'), 1);
  expect(await ended).toBe(0);
  clearInterval(looking);
  expect(readdirSync(folder).filter((name) => name !== '.git')).toEqual(['report']);
});

test.each([
  ['never ends', '/dev/zero', /^pgmigrate-lint: the configuration "\/dev\/zero" can't be read: it is a pipe or a device, and no file$/m],
  ['is a megabyte', 'large.yml', /^pgmigrate-lint: the configuration "large.yml" has 1024 kB, and no more than 256 kB are read$/m],
])('a configuration that %s is a mistake', (_, config, said) => {
  write({ '1.sql': 'SELECT 1;', 'large.yml': 'exclude: [a]\n'.padEnd(1_048_600, '#') });
  const { status, stderr } = node([bin, '--config', config, '1.sql']);
  expect(stderr).toMatch(said);
  expect(status).toBe(2);
});

test('a file that is gone when it is read is a finding', () => {
  const { text, problems } = readText(join(folder, 'gone.sql'), defaultLimits);
  expect([text, problems.map(({ rule, message }) => [rule, message])]).toEqual(['', [['unreadable-file', "the file can't be read: it is gone"]]]);
});

describe('a folder that can not be read', () => {
  /** Who may read everything becomes nobody first, with the bundle loaded by then. */
  const isRoot = process.getuid?.() === 0;
  const withPermissions = process.platform === 'win32' ? test.skip : test;

  withPermissions.each([
    ['is named', ['closed'], 0o000],
    ['lies in one that is named', ['.'], 0o000],
    ['holds the history of a file that can be read', ['closed/2.sql'], 0o111],
  ])('and %s', (_, paths, mode) => {
    write({ 'closed/1.sql': 'SELECT 1;', 'closed/2.sql': 'SELECT 2;', 'open.sql': 'SELECT 3;' });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), mode);
    const leave = isRoot ? 'process.setgid(65534); process.setuid(65534);' : '';
    const code = readFileSync(bin, 'utf8').replace(/^#!.*/, '');
    writeFileSync(join(folder, 'bin.cjs'), `${leave}\n${code}`);
    const { status, stdout, stderr } = node(['bin.cjs', ...paths]);
    expect(stdout + stderr).not.toContain('has a bug');
    expect(stderr).toMatch(/^pgmigrate-lint: .*can't be read: .*permission denied/);
    expect(stderr).toContain('closed');
    expect(status).toBe(2);
  });
});

const forbidden = `
  const refuse = (name) => () => { require('fs').writeSync(2, 'REFUSED ' + name + '\\n'); process.exit(99); };
  const cut = { net: ['connect', 'createConnection'], tls: ['connect'], dns: ['lookup', 'resolve'], http: ['request', 'get'],
    https: ['request', 'get'], http2: ['connect'], dgram: ['createSocket'], child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] };
  const modules = Object.fromEntries(Object.keys(cut).map((name) => [name, require('node:' + name)]));
  for (const [name, functions] of Object.entries(cut)) for (const one of functions) modules[name][one] = refuse(name + '.' + one);
  globalThis.fetch = refuse('fetch');
`;

/** Code that tools would run, and configurations that name a server. */
const project = {
  'db/migrations/1.sql': 'CREATE TABLE orders (id int);',
  'db/migrations/2.sql': 'DROP TABLE orders;\n\\! touch executed\n\\i http://127.0.0.1:9/x.sql\nDO $$ BEGIN PERFORM pg_sleep(100); END $$;\nCOPY orders FROM PROGRAM \'touch executed\';',
  'db/migrations/drizzle.config.js': "require('fs').writeFileSync('executed', '')",
  'drizzle.config.ts': "require('fs').writeFileSync('executed', '')",
  'knexfile.js': "require('fs').writeFileSync('executed', '')",
  'package.json': '{ "scripts": { "preinstall": "touch executed" }, "main": "knexfile.js" }',
  'flyway.conf': 'flyway.url=jdbc:postgresql://127.0.0.1:9/shop',
  '.env': 'DATABASE_URL=postgres://127.0.0.1:9/shop',
};

describe('nothing is asked of a network, and nothing of a project is run', () => {
  test.each([['net.connect'], ['fetch'], ['child_process.execFileSync']])('where %s is refused to whoever asks', (name) => {
    write({ 'cut.cjs': forbidden });
    const [module = '', one = ''] = name.split('.');
    const call = one === '' ? 'fetch("http://127.0.0.1:9")' : `require("node:${module}").${one}("true")`;
    expect(node(['--require', './cut.cjs', '-e', call])).toMatchObject({ status: 99, stderr: `REFUSED ${name}\n` });
  });

  test.each([
    ['lint', ['--fail-on', 'never']],
    ['lint', ['--fail-on', 'never', 'db']],
    ['lint', ['--fail-on', 'never', '--format', 'sarif', '--format', 'json=out.json']],
    ['explain', []],
    ['rules', []],
  ])('%s %j', (command, options) => {
    write({ ...project, 'cut.cjs': forbidden });
    const { status, stderr } = node(['--require', './cut.cjs', bin, command, ...options]);
    expect(stderr).not.toContain('REFUSED');
    expect([0, 1]).toContain(status);
    expect(readdirSync(folder)).not.toContain('executed');
  });

  const canCut = spawnSync('unshare', ['-rn', 'true']).status === 0;
  (canCut ? test : test.skip)('lint where there is no network at all', () => {
    write(project);
    const { status, stdout, stderr } = spawnSync('unshare', ['-rn', process.execPath, bin, '--quiet', '--format', 'unix'], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('[dropped-table]');
    expect(status).toBe(1);
  });
});

describe('a rule that has a bug', () => {
  const broken: Rule = {
    meta: { id: 'broken-rule', category: 'failing', summary: '', hazard: '', remedy: '', severity: 'warning', since: '0.1.0' },
    *check({ steps }) {
      for (const { statement } of steps) if (statement.command === 'DROP TABLE') throw new TypeError('x is not a \x1b[31mfunction');
    },
  };

  async function lintWith(given: readonly Rule[], ...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    let [out, err] = ['', ''];
    const code = await main(argv, {
      cwd: folder,
      env: {},
      isTerminal: false,
      showsProgress: false,
      columns: 80,
      now: () => 0,
      out: (text) => (out += text),
      err: (text) => (err += text),
      readStdin: () => Promise.resolve(Buffer.alloc(0)),
    }, given);
    return { code, out, err };
  }

  test('names itself and the statement, and the others are heard', async () => {
    write({ 'db/1.sql': 'CREATE TABLE invoices (id int);\n\nSELECT 1;\nDROP TABLE orders;\nSELECT 2;\n', 'db/2.sql': 'DROP TABLE customers;' });
    const { code, out, err } = await lintWith([broken, ...rules], '--quiet', '--format', 'unix', '--fail-on', 'never', 'db');
    expect(code).toBe(3);
    expect(out).toContain('db/1.sql:4:1: warning: Running code that still uses public.orders fails');
    expect(out).toContain('db/2.sql:1:1: warning: Running code that still uses public.customers fails');
    expect(err).toMatch(/^pgmigrate-lint [\d.]+ has a bug: the rule broken-rule failed on db\/1\.sql:4 \(DROP TABLE\): x is not a \\x1b\[31mfunction\n/);
  });

  test('and nothing is fixed, because nobody knows what it would have said', async () => {
    const sql = "SET lock_timeout = '5s';\nDROP TABLE orders;\nCREATE INDEX invoices_idx ON invoices (id);\n";
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    write({ 'db/1.sql': sql });
    const { code, err } = await lintWith([broken, ...rules], '--fix', 'db/1.sql');
    expect([code, readFileSync(join(folder, 'db/1.sql'), 'utf8')]).toEqual([3, sql]);
    expect(err).toContain('the rule broken-rule failed on db/1.sql:2');
    await lintWith(rules, '--fix', 'db/1.sql');
    expect(readFileSync(join(folder, 'db/1.sql'), 'utf8')).toContain('CREATE INDEX CONCURRENTLY');
  });

  test('and says nothing wrong fails no run', async () => {
    write({ 'db/1.sql': 'SELECT 1;' });
    expect(await lintWith([broken, ...rules], '--quiet', '--format', 'unix', 'db')).toEqual({ code: 0, out: '', err: '' });
  });
});
