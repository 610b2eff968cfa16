// What the README tells editors and CI systems to do with reports works on real ones.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { parseArguments } from '../src/cli/arguments.ts';
import { gitlabJob } from '../src/cli/init/gitlab.ts';
import { buildCommand } from './command.ts';
import { read } from './fixture.ts';
import { example } from './readme.ts';

const bin = buildCommand('editors');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
  write('db/1.sql', 'CREATE TABLE orders (id bigint);\nCREATE TABLE invoices (id bigint);\nCREATE TABLE customers (id bigint);\n');
  write('db/2: all [x].sql', "SET lock_timeout = '1h';\nALTER TABLE invoices ADD note text;\n  CREATE INDEX ON customers (id);\n");
  write('bin/pgmigrate-lint', `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(join(folder, 'bin/pgmigrate-lint'), 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly severity?: number;
  readonly message: number;
  readonly code: number;
}

/** File, line, column, severity, message and rule of each line that a pattern knows. */
function matchedBy({ regexp, file, line, column, severity = 0, message, code }: Pattern, output: string): (string | undefined)[][] {
  return output.split('\n').flatMap((text) => {
    const match = new RegExp(regexp).exec(text);
    return match ? [[file, line, column, severity || -1, message, code].map((group) => match[group])] : [];
  });
}

function unixOutput(): string {
  const options = ['--format', 'unix', '--rule', 'non-concurrent-index=info', 'db'];
  return spawnSync(process.execPath, [bin, ...options], { cwd: folder, encoding: 'utf8' }).stdout;
}

const file = 'db/2: all [x].sql';
const timeout = [file, '1', '1', 'warning', expect.stringContaining('lock_timeout'), 'long-lock-timeout'];
const index = [file, '3', '3', 'info', 'Building this index blocks writes to public.customers until it is done', 'non-concurrent-index'];

test('the problem matcher for VS Code reads what is printed', () => {
  const { tasks } = JSON.parse(example('json', 'problemMatcher'));
  const { fileLocation, pattern } = tasks[0].problemMatcher;
  expect(fileLocation).toEqual(['autoDetect', '${workspaceFolder}']);
  expect(matchedBy(pattern, unixOutput())).toEqual([timeout, index]);
});

test('the problem matcher for GitHub reads what is printed, each line once', () => {
  const { problemMatcher } = JSON.parse(read('.github/problem-matcher.json'));
  const [graver, info] = problemMatcher;
  expect(matchedBy(graver.pattern[0], unixOutput())).toEqual([timeout]);
  expect(info.severity).toBe('notice');
  expect(matchedBy(info.pattern[0], unixOutput())).toEqual([[...index.slice(0, 3), undefined, ...index.slice(4)]]);
});

const hasVim = spawnSync('vim', ['--version']).status === 0;
if (!hasVim) console.warn('There is no vim here, so what the README says of Vim is not tested.');

(hasVim ? describe : describe.skip)('Vim', () => {
  function quickfixAfter(...commands: readonly string[]): unknown {
    write('readme.vim', example('vim'));
    const entries = "map(getqflist(), {_, entry -> [bufname(entry.bufnr), entry.lnum, entry.col, entry.type, entry.valid]})";
    const script = ['source readme.vim', ...commands, `call writefile([json_encode(${entries})], 'quickfix.json')`, 'qall!'];
    write('script.vim', `${script.join('\n')}\n`);
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
    spawnSync('vim', ['-es', '-N', '-u', 'NONE', '-i', 'NONE', '-S', 'script.vim'], { cwd: folder, env, timeout: 30_000 });
    return JSON.parse(readFileSync(join(folder, 'quickfix.json'), 'utf8'));
  }

  test(':make has every problem of the project in the quickfix list', () => {
    write('db/2.sql', "SET lock_timeout = '1h';\nALTER TABLE invoices ADD note text;\n  CREATE INDEX ON customers (id);\n");
    rmSync(join(folder, file));
    expect(quickfixAfter('silent make db')).toEqual([
      ['db/2.sql', 1, 1, 'w', 1],
      ['db/2.sql', 3, 3, 'e', 1],
    ]);
  });

  test(':Migration lints what is not saved, with its history', () => {
    const unsaved = ["SET lock_timeout = '5s';", 'ALTER TABLE orders ALTER id SET NOT NULL;', 'ALTER TABLE orders ADD n int;'];
    const put = `call setline(1, ${JSON.stringify(unsaved)})`;
    expect(quickfixAfter('edit db/3\\ new.sql', put, 'silent Migration')).toEqual([['db/3 new.sql', 2, 20, 'e', 1]]);
  });
});

test('the patterns for Flycheck read what is printed', () => {
  const patterns = Array.from(example('elisp').matchAll(/\((error|warning|info) line-start (.*) line-end\)/g), ([, level = '', text = '']) => {
    const pieces = text.match(/"[^"]*"|\([a-z-]+\)|[a-z]+/g) ?? [];
    const regexps: Readonly<Record<string, string>> = { '(file-name)': '(.+?)', line: '(\\d+)', column: '(\\d+)', '(message)': '(.*)' };
    return { level, regexp: `^${pieces.map((piece) => regexps[piece] ?? piece.slice(1, -1)).join('')}$` };
  });
  const read = unixOutput().split('\n').flatMap((line) => {
    return patterns.flatMap(({ level, regexp }) => new RegExp(regexp).exec(line)?.slice(1, 4).concat(level) ?? []);
  });
  expect(read).toEqual([file, '1', '1', 'warning', file, '3', '3', 'info']);
});

test('the command for Flycheck reads what is not saved, with its history', () => {
  const [, command = ''] = /:command \((.*)\)/.exec(example('elisp')) ?? [];
  const words = Array.from(command.matchAll(/"([^"]*)"|(source-original)/g), ([, word]) => word ?? 'db/3.sql');
  const input = "SET lock_timeout = '5s';\nALTER TABLE orders ALTER id SET NOT NULL;\n";
  const { stdout } = spawnSync(join(folder, 'bin/pgmigrate-lint'), words.slice(1), { cwd: folder, encoding: 'utf8', input });
  expect(stdout).toContain('db/3.sql:2:20: error: ');
});

test('the job for GitLab is the one that init prints', () => expect(example('yml', 'codequality')).toBe(`${gitlabJob('').join('\n')}\n`));

test('the line for GitLab that comments asks for the same, and has its place in the job', () => {
  const [line]: string[] = parse(example('yml', 'comment --gitlab'));
  const { script } = parse(example('yml', 'codequality'))['pgmigrate-lint'];
  expect(line?.replace(' comment --gitlab', '')).toBe(script[1]);
  const words = /\bpgmigrate-lint (.*)/.exec(line ?? '')?.[1]?.split(' ') ?? [];
  expect(parseArguments(words, () => false)).toMatchObject({ command: 'comment', gitlab: true, github: false, since: '"$CI_MERGE_REQUEST_DIFF_BASE_SHA"' });
});

test('the job for GitLab says what the command knows', () => {
  const { 'pgmigrate-lint': job } = parse(example('yml', 'codequality'));
  const commands: string[] = job.script.flatMap((line: string) => /\bpgmigrate-lint (.*)/.exec(line)?.[1] ?? []);
  const calls = commands.map((command) => parseArguments(command.split(' '), () => false));
  const { codequality } = job.artifacts.reports;
  expect(calls).toMatchObject([
    { failOn: 'never', formats: [{ name: 'gitlab', file: codequality }] },
    { since: '"$CI_MERGE_REQUEST_DIFF_BASE_SHA"', failOn: undefined },
  ]);
});
