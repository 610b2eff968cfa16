// Which files no commit of the base has, so that nobody has run them yet.

import { existsSync } from 'node:fs';
import { baseCommit, topOf } from './base-commit.ts';
import { tryGit } from './run-git.ts';
import { Tree } from './tree.ts';

/** By absolute path. `ref`: what `--since` names; without it, the branch that all others come from. Throws a `UserError` where git can't be asked. */
export function newbornIn(cwd: string, option: string, ref: string | undefined): (file: string) => boolean {
  const top = topOf(cwd, option);
  const base = Tree.ofCommit(ref === undefined ? usualBase(top) : baseCommit(ref, top), top);
  return (file) => base.blobAt(file) === undefined && existsSync(file);
}

/** Where the branch left the one that is deployed; on that one itself, its last commit. Undefined where nothing was committed yet. */
function usualBase(top: string): string | undefined {
  const commits = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'].flatMap((ref) => mergeBase(ref, top) ?? []);
  const head = tryGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return commits[0] ?? (Buffer.isBuffer(head) ? head.toString().trim() : undefined);
}

function mergeBase(ref: string, top: string): string | undefined {
  const base = tryGit(top, ['merge-base', ref, 'HEAD']);
  return Buffer.isBuffer(base) ? base.toString().trim() : undefined;
}
