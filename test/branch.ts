// A branch of a project in a repository of its own, as it was and as it is.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** By path; null: the file is not there. */
export type Files = Readonly<Record<string, string | null>>;

/** The folder: `main` has the files as they were, and they are changed since, without a commit. */
export function branchOf(before: Files, now: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgmigrate-lint-')));
  const git = (...args: readonly string[]): unknown => execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  write(folder, before);
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '-m', 'before');
  git('checkout', '--quiet', '-b', 'feature');
  write(folder, now);
  return folder;
}

function write(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
}
