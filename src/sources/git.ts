// What git says is new: since a commit, or staged.

import { execFileSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { toSlashes } from './disk/expand.ts';

export interface GitChanges {
  /** Whether a file, by its absolute path, was added or changed. */
  readonly isNew: (file: string) => boolean;
  /** Whether it can say anything of a file: it does not of one that is ignored, in a submodule, or outside of the repository. */
  readonly isKnown: (file: string) => boolean;
  /** What is staged of a file that was changed again since; undefined: what is on the disk. */
  readonly staged: (file: string) => Buffer | undefined;
  /** What a file was before all that is new; undefined: there was no such file, or git was not asked. */
  readonly before: (file: string) => Buffer | undefined;
}

/** Since the branch left `ref`: what was committed, what was not yet, and what git does not know yet. */
export function changesSince(ref: string, cwd: string): GitChanges {
  const root = rootOf(cwd, '--since');
  const base = mergeBase(ref, root);
  const changed = changedFiles(git(root, 'diff', '--name-status', '-z', '--find-renames', base, '--'), root);
  const untracked = lines(git(root, 'ls-files', '-z', '--others', '--exclude-standard'));
  const files = new Set([...changed.keys(), ...untracked.map((path) => resolve(root, path))]);
  return { isNew: (file) => files.has(file), isKnown: knownIn(root), staged: () => undefined, before: fileAt(base, root, changed) };
}

export function stagedChanges(cwd: string): GitChanges {
  const root = rootOf(cwd, '--staged');
  const changed = changedFiles(git(root, 'diff', '--cached', '--name-status', '-z', '--find-renames', '--'), root);
  const changedAgain = new Set(lines(git(root, 'diff', '--name-only', '-z', '--')).map((path) => resolve(root, path)));
  return {
    isNew: (file) => changed.has(file),
    isKnown: knownIn(root),
    staged: (file) =>
      changed.has(file) && changedAgain.has(file) ? git(root, 'cat-file', 'blob', `:${pathIn(root, file)}`) : undefined,
    before: fileAt('HEAD', root, changed),
  };
}

/** Asked when it is needed: a large repository has a long list. */
function knownIn(root: string): (file: string) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (file) => {
    known ??= new Set(lines(git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')).map((path) => resolve(root, path)));
    return known.has(file);
  };
}

function fileAt(commit: string, root: string, changed: ChangedFiles): (file: string) => Buffer | undefined {
  return (file) => {
    const found = tryGit(root, 'cat-file', 'blob', `${commit}:${pathIn(root, changed.get(file) ?? file)}`);
    return Buffer.isBuffer(found) ? found : undefined;
  };
}

function pathIn(root: string, file: string): string {
  return toSlashes(relative(root, file));
}

/** Where git looks for hooks; absolute. Undefined where git can't say. */
export function hooksPath(cwd: string): string | undefined {
  const path = tryGit(cwd, 'rev-parse', '--git-path', 'hooks');
  return Buffer.isBuffer(path) ? resolve(cwd, path.toString().trim()) : undefined;
}

/** Empty where git can't say. */
export function remoteUrls(cwd: string): readonly string[] {
  const output = tryGit(cwd, 'config', '--get-regexp', '-z', '^remote\\..*\\.url$');
  return Buffer.isBuffer(output) ? lines(output) : [];
}

/** As the working directory sees it, whatever links lead there. */
function rootOf(cwd: string, option: string): string {
  const result = tryGit(cwd, 'rev-parse', '--show-cdup');
  if (result === 'missing') throw new UserError(`${option} needs git, which can't be run here; install it, or name the files instead`);
  if (result === 'failed') throw new UserError(`${option} needs a git repository, and "${cwd}" is in none`);
  return resolve(cwd, result.toString().trim());
}

function mergeBase(ref: string, root: string): string {
  const isShallow = git(root, 'rev-parse', '--is-shallow-repository').toString().trim() === 'true';
  const unshallow = 'this clone is shallow: run "git fetch --unshallow" first (in a GitHub workflow, "fetch-depth: 0" for actions/checkout)';
  const commit = ref.startsWith('-') ? 'failed' : tryGit(root, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  if (!Buffer.isBuffer(commit)) {
    const [, remote = 'origin', branch = ref] = /^(origin|upstream)\/(.+)$/.exec(ref) ?? [];
    throw new UserError(`git knows no commit "${ref}"; ${isShallow ? unshallow : `run "git fetch ${remote} ${branch}" first, or correct the name`}`);
  }
  const base = tryGit(root, 'merge-base', ref, 'HEAD');
  if (Buffer.isBuffer(base)) return base.toString().trim();
  throw new UserError(`"${ref}" and HEAD have no commit in common; ${isShallow ? unshallow : 'name a commit that this branch comes from'}`);
}

/** Absolute paths, each with the one that the file had before. */
type ChangedFiles = ReadonlyMap<string, string>;

/** Of `--name-status -z`: a status and a path, or for renames two. What was only renamed is not new, what was deleted is gone. */
function changedFiles(output: Buffer, root: string): ChangedFiles {
  const fields = lines(output);
  const changed = new Map<string, string>();
  for (let index = 0; index < fields.length; index += 2) {
    const status = fields[index] ?? '';
    const before = fields[index + 1] ?? '';
    if (/^[RC]/.test(status)) index += 1;
    if (!/^(?:D|R100$)/.test(status)) changed.set(resolve(root, fields[index + 1] ?? ''), resolve(root, before));
  }
  return changed;
}

function lines(output: Buffer): string[] {
  return output.toString().split('\0').filter((line) => line !== '');
}

function git(cwd: string, ...args: readonly string[]): Buffer {
  const result = tryGit(cwd, ...args);
  if (Buffer.isBuffer(result)) return result;
  throw new UserError(`"git ${args.join(' ')}" failed in "${cwd}"`);
}

function tryGit(cwd: string, ...args: readonly string[]): Buffer | 'missing' | 'failed' {
  try {
    // Without optional locks: nothing is written, not even a fresher index.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
    return execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch (error) {
    const isMissing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
    return isMissing ? 'missing' : 'failed';
  }
}
