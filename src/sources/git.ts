// What git says is new: since a commit, or staged.

import { execFileSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { toSlashes } from './disk/expand.ts';
import { repositoryRoot } from './disk/repository-path.ts';

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
    const args = ['cat-file', 'blob', `${commit}:${pathIn(root, changed.get(file) ?? file)}`];
    const found = tryGit(root, ...args);
    if (Buffer.isBuffer(found)) return found;
    // Where an object is missing, there was a file all the same.
    if (/does not exist|exists on disk, but not in|invalid object name/i.test(found.words)) return undefined;
    throw failure(args, root, found);
  };
}

function pathIn(root: string, file: string): string {
  return toSlashes(relative(root, file));
}

/** Where git keeps what belongs to the repository, and where it looks for hooks; absolute. */
export interface GitPlaces {
  readonly directory: string;
  readonly hooks: string;
}

/** Where git can't say, what it says instead; empty where there is no git. */
export function placesOf(cwd: string): GitPlaces | string {
  const result = tryGit(cwd, 'rev-parse', '--git-common-dir', '--git-path', 'hooks');
  if (!Buffer.isBuffer(result)) return result.words;
  const [directory = '.git', hooks = join(directory, 'hooks')] = result.toString().trim().split('\n');
  return { directory: resolve(cwd, directory), hooks: resolve(cwd, hooks) };
}

/** Empty where git can't say. */
export function remoteUrls(cwd: string): readonly string[] {
  const output = tryGit(cwd, 'config', '--get-regexp', '-z', '^remote\\..*\\.url$');
  return Buffer.isBuffer(output) ? lines(output) : [];
}

/** As the working directory sees it, whatever links lead there. */
function rootOf(cwd: string, option: string): string {
  const result = tryGit(cwd, 'rev-parse', '--show-cdup');
  if (Buffer.isBuffer(result)) return resolve(cwd, result.toString().trim());
  if (result.isMissing) throw new UserError(`${option} needs git, which can't be run here; install it, or name the files instead`);
  if (/not a git repository/i.test(result.words)) throw new UserError(`${option} needs a git repository, and "${cwd}" is in none`);
  throw new UserError(`${option} needs git, and git refuses to work in "${cwd}"${quoted(result.words)}`);
}

function mergeBase(ref: string, root: string): string {
  const isShallow = git(root, 'rev-parse', '--is-shallow-repository').toString().trim() === 'true';
  const unshallow = 'this clone is shallow: run "git fetch --unshallow" first (in a GitHub workflow, "fetch-depth: 0" for actions/checkout)';
  const commit = ref.startsWith('-') ? noWords : tryGit(root, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  if (!Buffer.isBuffer(commit)) {
    const [, remote = 'origin', branch = ref] = /^(origin|upstream)\/(.+)$/.exec(ref) ?? [];
    throw new UserError(`git knows no commit "${ref}"; ${isShallow ? unshallow : `run "git fetch ${remote} ${branch}" first, or correct the name`}${quoted(commit.words)}`);
  }
  const base = tryGit(root, 'merge-base', ref, 'HEAD');
  if (Buffer.isBuffer(base)) return base.toString().trim();
  throw new UserError(`"${ref}" and HEAD have no commit in common; ${isShallow ? unshallow : 'name a commit that this branch comes from'}${quoted(base.words)}`);
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
  throw failure(args, cwd, result);
}

interface GitFailure {
  /** There is no git. */
  readonly isMissing: boolean;
  /** What git says, a few lines of it. */
  readonly words: string;
}

const noWords: GitFailure = { isMissing: false, words: '' };

function failure(args: readonly string[], cwd: string, { words }: GitFailure): UserError {
  return new UserError(`"git ${args.join(' ')}" failed in "${cwd}"${quoted(words)}`);
}

/** What git says stands below what we say. */
function quoted(words: string): string {
  return words === '' ? '' : `; git says:\n${words.replace(/^/gm, '  ')}`;
}

const most = { lines: 6, characters: 300 };

function tryGit(cwd: string, ...args: readonly string[]): Buffer | GitFailure {
  try {
    // Without optional locks: nothing is written, not even a fresher index.
    const env = { ...environmentIn(cwd), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
    return execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (error) {
    if (typeof error !== 'object' || error === null) return noWords;
    return { isMissing: 'code' in error && error.code === 'ENOENT', words: 'stderr' in error ? wordsIn(String(error.stderr ?? '')) : '' };
  }
}

/** To a hook in a linked worktree, git names the repository alone; below its top, git would take the working directory for that. */
function environmentIn(cwd: string): NodeJS.ProcessEnv {
  const { GIT_DIR, ...others } = process.env;
  const isNamedAlone = GIT_DIR !== undefined && others['GIT_WORK_TREE'] === undefined && repositoryRoot(cwd) !== undefined;
  return isNamedAlone ? others : process.env;
}

function wordsIn(stderr: string): string {
  const said = stderr.split('\n').map((line) => line.trim().slice(0, most.characters));
  return said.filter((line) => line !== '').slice(0, most.lines).join('\n');
}
