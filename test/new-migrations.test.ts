// What `--since` and `--staged` take for new: projects in fixtures/git, as they were and as they are, each in a repository of its own.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { filesBelow, read } from './fixture.ts';
import { runMain, type Ended } from './run-main.ts';

jest.setTimeout(120_000);

interface State {
  readonly files?: Readonly<Record<string, string>>;
  /** Symbolic links and what they say. */
  readonly links?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly move?: Readonly<Record<string, string>>;
  readonly copy?: Readonly<Record<string, string>>;
  /** Commands of git, behind all else. */
  readonly git?: readonly (readonly string[])[];
  /** Repositories of their own, by their folders: one commit each. */
  readonly repositories?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Project {
  readonly name: string;
  readonly base?: State;
  readonly now: State;
  readonly run: readonly string[];
  /** What the base gets when the branch has left it. */
  readonly tip?: State;
  /** Migrations that are linted, with `--since`, and with `--staged` where that differs. */
  readonly new?: readonly string[];
  readonly staged?: readonly string[];
  /** What is found of the past, `PATH:LINE RULE SEVERITY: MESSAGE`, with `--since`, and with `--staged` where that differs. */
  readonly past?: readonly string[];
  readonly pastStaged?: readonly string[];
  /** Files that are found to be not checked; as in the first run. */
  readonly unchecked?: readonly string[];
  /** Instead: what a run that is refused says. */
  readonly refused?: string;
  readonly since?: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  git('init', '--quiet', '--initial-branch=main');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(filesBelow('fixtures/git', '.yml'))('%s', (path) => {
  const projects: Project[] = parse(read(path));

  test.each(projects)('$name', async ({ base = {}, tip, now, run, staged, refused, unchecked = [], since = 'base', past, ...project }) => {
    write(base);
    git('add', '--all');
    commit();
    git('branch', 'base');
    if (tip) commitOn('base', tip);
    git('checkout', '--quiet', '-b', 'feature', 'main');
    write(now, () => git('add', '--all'));
    if (refused !== undefined) return expect(await lint('--since', since, ...run)).toMatchObject({ code: 2, err: expect.stringContaining(refused) });
    if (past) {
      expect(await pastIn('--since', since, ...run)).toEqual(past);
      expect(await pastIn('--staged', ...run)).toEqual(project.pastStaged ?? past.map((one) => one.replace(/\bbase\b/g, 'HEAD')));
    }
    if (project.new === undefined) return expect(past).toBeDefined();
    expect(await found('--since', since, ...run)).toEqual({ linted: project.new, unchecked });
    expect(await found('--staged', ...run)).toEqual({ linted: staged ?? project.new, unchecked });
  });
});

function write({ files = {}, links = {}, remove = [], move = {}, copy = {}, git: commands = [], repositories = {} }: State, add = (): void => undefined): void {
  for (const path of remove) rmSync(join(folder, path), { recursive: true });
  for (const [from, to] of Object.entries(move)) renameSync(join(folder, from), made(to));
  for (const [from, to] of Object.entries(copy)) cpSync(join(folder, from), made(to));
  for (const [path, text] of Object.entries(files)) writeFileSync(made(path), text);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, made(path));
  for (const [path, own] of Object.entries(repositories)) repositoryAt(path, own);
  add();
  for (const command of commands) git(...command);
}

function commitOn(branch: string, state: State): void {
  git('checkout', '--quiet', branch);
  write(state, () => git('add', '--all'));
  commit();
}

function made(path: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  return join(folder, path);
}

function repositoryAt(path: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(made(join(path, name)), text);
  const top = folder;
  folder = join(top, path);
  git('init', '--quiet');
  git('add', '--all');
  commit();
  folder = top;
}

function commit(): void {
  git('-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '-m', 'change');
}

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
}

/** Paths: what is linted has a finding in all of these projects. */
async function found(...args: readonly string[]): Promise<{ readonly linted: readonly string[]; readonly unchecked: readonly string[] }> {
  const { code, out, err } = await lint('--format', 'json', ...args);
  expect([code, err]).toEqual([expect.any(Number), expect.not.stringContaining('git says')]);
  if (code > 1) return { linted: [err], unchecked: [] };
  const { findings }: { findings: { rule: string; path: string }[] } = JSON.parse(out);
  const pathsOf = (rules: RegExp): readonly string[] => [...new Set(findings.filter(({ rule }) => rules.test(rule)).map(({ path }) => path))];
  return { linted: pathsOf(/^(?:non-concurrent-index|unread-migration)$/), unchecked: pathsOf(/^not-checked$/) };
}

async function pastIn(...args: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await lint('--format', 'json', ...args);
  if (code > 1) return [err];
  const { findings }: { findings: { category: string; rule: string; path: string; line: number; severity: string; message: string }[] } = JSON.parse(out);
  return findings.filter(({ category }) => category === 'history').map(({ path, line, rule, severity, message }) => `${path}:${line} ${rule} ${severity}: ${message}`);
}

function lint(...args: readonly string[]): Promise<Ended> {
  return runMain(args, folder);
}
