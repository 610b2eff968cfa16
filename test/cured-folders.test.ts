// Whole folders that `--fix` cures, by fixtures/cured-folders.yml: what the base has and what is new, and all files that change. `--diff` says
// the same, and git applies it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { read } from './fixture.ts';
import { runMain } from './run-main.ts';

type Files = Readonly<Record<string, string>>;

interface Scenario {
  readonly name: string;
  readonly base: Files;
  readonly new: Files;
  /** Arguments beside `--fix --since main`. */
  readonly args?: readonly string[];
  /** What is there then, and was not there before. */
  readonly written: Files;
  /** What is said of what is not fixed, and of what is left to do. */
  readonly says?: readonly string[];
}

const scenarios: readonly Scenario[] = parse(read('fixtures/cured-folders.yml'));

let folder: string;

const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@shop.example', '-c', 'core.autocrlf=false', ...args], { cwd: folder, encoding: 'utf8' });

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgmigrate-lint-')));
  git('init', '--quiet', '--initial-branch=main');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function there(): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => !/^\.git(?:\/|$)/.test(path) && statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.toSorted().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

test.each(scenarios)('$name', async ({ base, new: added, args = [], written, says = [] }) => {
  lay(base);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'base');
  git('checkout', '--quiet', '-b', 'feature');
  lay(added);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'new');
  const before = there();
  const patch = await runMain(['--diff', '--since', 'main', ...args], folder);
  expect(there()).toEqual(before);
  const done = await runMain(['--fix', '--since', 'main', ...args], folder);
  const after = there();
  expect(Object.fromEntries(Object.entries(after).filter(([path, text]) => before[path] !== text))).toEqual(written);
  for (const sentence of says) expect(done.err).toContain(sentence);
  git('reset', '--quiet', '--hard');
  git('clean', '--quiet', '--force', '-d');
  if (Object.keys(written).length > 0) execFileSync('git', ['apply'], { cwd: folder, input: patch.out });
  expect(there()).toEqual(after);
  if (Object.keys(written).length === 0) return;
  await runMain(['--fix', '--since', 'main', ...args], folder);
  expect(there()).toEqual(after);
});
