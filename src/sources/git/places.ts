// Where git keeps what belongs to a repository, and where it came from.

import { join, resolve } from 'node:path';
import { listed, tryGit } from './run-git.ts';

/** Where git keeps what belongs to the repository, and where it looks for hooks; absolute. */
export interface GitPlaces {
  readonly directory: string;
  readonly hooks: string;
}

/** Where git can't say, what it says instead; empty where there is no git. */
export function placesOf(cwd: string): GitPlaces | string {
  const result = tryGit(cwd, ['rev-parse', '--git-common-dir', '--git-path', 'hooks']);
  if (!Buffer.isBuffer(result)) return result.words;
  const [directory = '.git', hooks = join(directory, 'hooks')] = result.toString().trim().split('\n');
  return { directory: resolve(cwd, directory), hooks: resolve(cwd, hooks) };
}

/** Empty where git can't say. */
export function remoteUrls(cwd: string): readonly string[] {
  const output = tryGit(cwd, ['config', '--get-regexp', '-z', '^remote\\..*\\.url$']);
  return Buffer.isBuffer(output) ? listed(output) : [];
}
