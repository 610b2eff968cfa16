// Which commit a branch left: what `--since` names, and nothing else of the same name.

import { resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { list } from '../../text/list.ts';
import { git, quoted, tryGit, type GitFailure } from './run-git.ts';

/** The top of the repository as the working directory sees it, whatever links lead there. `option`: who needs it. */
export function topOf(cwd: string, option: string): string {
  const result = tryGit(cwd, ['rev-parse', '--show-cdup']);
  if (Buffer.isBuffer(result)) return resolve(cwd, result.toString().trim());
  if (result.isMissing) throw new UserError(`${option} needs git, which can't be run here; install it, or name the files instead`);
  if (/not a git repository/i.test(result.words)) throw new UserError(`${option} needs a git repository, and "${cwd}" is in none`);
  throw new UserError(`${option} needs git, and git refuses to work in "${cwd}"${quoted(result.words)}`);
}

/** Where a branch left another one, and where that one has come to. */
export interface Base {
  readonly commit: string;
  readonly tip: string;
}

/** Throws a `UserError` where git knows no such commit, or several. */
export function baseCommit(ref: string, top: string): Base {
  const isShallow = git(top, 'rev-parse', '--is-shallow-repository').toString().trim() === 'true';
  const unshallow = 'this clone is shallow: run "git fetch --unshallow" first (in a GitHub workflow, "fetch-depth: 0" for actions/checkout)';
  const commit = ref.startsWith('-') ? noWords : tryGit(top, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (!Buffer.isBuffer(commit)) {
    const [, remote = 'origin', branch = ref] = /^(origin|upstream)\/(.+)$/.exec(ref) ?? [];
    throw new UserError(`git knows no commit "${ref}"; ${isShallow ? unshallow : `run "git fetch ${remote} ${branch}" first, or correct the name`}${quoted(commit.words)}`);
  }
  const tip = commit.toString().trim();
  refuseAmbiguous(ref, tip, top);
  const base = tryGit(top, ['merge-base', tip, 'HEAD']);
  if (Buffer.isBuffer(base)) return { commit: base.toString().trim(), tip };
  throw new UserError(`"${ref}" and HEAD have no commit in common; ${isShallow ? unshallow : 'name a commit that this branch comes from'}${quoted(base.words)}`);
}

const noWords: GitFailure = { isMissing: false, words: '' };

/** In the order in which git takes them. Source: gitrevisions(7). */
const kinds = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];

/**
 * A tag `origin/main` wins over the branch that everybody means, and a branch that is called like the beginning of a commit over the
 * commit: who may push a name could decide what is new.
 */
function refuseAmbiguous(ref: string, commit: string, top: string): void {
  const at = ref.search(/[~^:]|@\{/);
  const [name, operations] = at < 0 ? [ref, ''] : [ref.slice(0, at), ref.slice(at)];
  if (name === '' || /^(?:[A-Z]+_)?HEAD$/.test(name)) return;
  const full = [...kinds.map((kind) => `${kind}${name}`), `refs/remotes/${name}/HEAD`];
  const known = full.filter((one) => Buffer.isBuffer(tryGit(top, ['rev-parse', '--verify', '--quiet', `${one}^{commit}`])));
  const commits = new Map(known.map((one) => [one, commitOf(`${one}${operations}`, top)]));
  if (/^[\da-f]{4,39}$/i.test(name)) for (const one of abbreviatedBy(name, top)) commits.set(one, commitOf(`${one}${operations}`, top));
  if ([...commits.values()].every((one) => one === commit)) return;
  throw new UserError(`"${ref}" is short for ${list([...commits.keys()])}, which are different commits; name the one that you mean in full`);
}

function commitOf(ref: string, top: string): string | undefined {
  const result = tryGit(top, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return Buffer.isBuffer(result) ? result.toString().trim() : undefined;
}

/** Commits whose ids begin so. */
function abbreviatedBy(start: string, top: string): readonly string[] {
  const result = tryGit(top, ['rev-parse', `--disambiguate=${start}`]);
  const ids = Buffer.isBuffer(result) ? result.toString().trim().split('\n').filter((id) => id !== '') : [];
  return ids.filter((id) => commitOf(id, top) === id);
}
