// Runs git, which never writes and never sees objects that are put in the place of others.

import { execFileSync } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { repositoryRoot } from '../disk/repository-path.ts';

export interface GitFailure {
  /** There is no git. */
  readonly isMissing: boolean;
  /** What git says, a few lines of it. */
  readonly words: string;
}

/** Throws a `UserError` with git's own words where it fails. */
export function git(cwd: string, ...args: readonly string[]): Buffer {
  const result = tryGit(cwd, args);
  if (Buffer.isBuffer(result)) return result;
  throw new UserError(`"git ${args.join(' ')}" failed in "${cwd}"${quoted(result.words)}`);
}

/** `input`: what it reads from standard input. */
export function tryGit(cwd: string, args: readonly string[], input?: string): Buffer | GitFailure {
  try {
    // Without optional locks: nothing is written, not even a fresher index. Replaced objects and grafts are seen by this clone alone.
    const env = { ...environmentIn(cwd), GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1', GIT_GRAFT_FILE: join(devNull, 'none'), GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C' };
    const stdio = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] as const;
    return execFileSync('git', args, { cwd, env, input, stdio: [...stdio], maxBuffer: 1 << 28 });
  } catch (error) {
    if (typeof error !== 'object' || error === null) return { isMissing: false, words: '' };
    return { isMissing: 'code' in error && error.code === 'ENOENT', words: 'stderr' in error ? wordsIn(String(error.stderr ?? '')) : '' };
  }
}

/** What git says stands below what we say. */
export function quoted(words: string): string {
  return words === '' ? '' : `; git says:\n${words.replace(/^/gm, '  ')}`;
}

/** What git prints with `-z`. */
export function listed(output: Buffer): string[] {
  return output.toString().split('\0').filter((line) => line !== '');
}

/** To a hook in a linked worktree, git names the repository alone; below its top, git would take the working directory for that. */
function environmentIn(cwd: string): NodeJS.ProcessEnv {
  const { GIT_DIR, ...others } = process.env;
  const isNamedAlone = GIT_DIR !== undefined && others['GIT_WORK_TREE'] === undefined && repositoryRoot(cwd) !== undefined;
  return isNamedAlone ? others : process.env;
}

const most = { lines: 6, characters: 300 };

function wordsIn(stderr: string): string {
  const said = stderr.split('\n').map((line) => line.trim().slice(0, most.characters));
  return said.filter((line) => line !== '').slice(0, most.lines).join('\n');
}
