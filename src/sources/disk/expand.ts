// From globs to files.

import { readdirSync, type Dirent } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { UserError } from '../../model/user-error.ts';

export interface Exclusions {
  /** Globs, relative to `excludeFrom`. */
  readonly exclude: readonly string[];
  readonly excludeFrom: string;
}

export function isGlob(path: string): boolean {
  return /[*?[\]{}!]/.test(path);
}

/** Files, and with `directories` what else matches. fast-glob is loaded where it is needed: one named file needs none. */
export async function expand(
  pattern: string,
  cwd: string,
  { exclude, excludeFrom }: Exclusions,
  wanted: 'files' | 'all' = 'files',
): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const ignore = exclude.flatMap((one) => patternsOf(resolve(excludeFrom, one), excludeFrom, cwd, glob.escapePath));
  const options = { cwd, absolute: true, ignore: ['**/node_modules/**', ...ignore], caseSensitiveMatch: false };
  try {
    // Linked directories may go in a circle; a linked file that is not there stays in the list, so that reading it says so.
    const entries = glob.sync(toSlashes(pattern), { ...options, followSymbolicLinks: false, onlyFiles: false, objectMode: true });
    return entries.filter(({ dirent }) => wanted === 'all' || !dirent.isDirectory()).map(({ path }) => path);
  } catch (error) {
    throw new UserError(`"${cwd}" can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A directory stands for all that is below it. What is above `cwd` is known by absolute paths alone; relative ones save looking into folders. */
function patternsOf(path: string, from: string, cwd: string, escape: (path: string) => string): string[] {
  const absolute = path.startsWith(from) ? escape(toSlashes(from)) + toSlashes(path.slice(from.length)) : toSlashes(path);
  const below = toSlashes(relative(cwd, path));
  return [absolute, `${absolute}/**`, ...(below.startsWith('..') ? [] : [below])];
}

/** The SQL files in a directory, or one level below it. */
export async function sqlFilesAt(directory: string, level: 'here' | 'below', exclusions: Exclusions): Promise<string[]> {
  if (exclusions.exclude.length > 0) return expand(level === 'here' ? '*.sql' : '*/*.sql', directory, exclusions);
  if (level === 'here') return sqlFilesIn(directory);
  return foldersIn(directory).flatMap((folder) => sqlFilesIn(join(directory, folder)));
}

function sqlFilesIn(directory: string): string[] {
  return entriesIn(directory).filter((entry) => !entry.isDirectory() && /\.sql$/i.test(entry.name)).map(({ name }) => join(directory, name));
}

function foldersIn(directory: string): string[] {
  return entriesIn(directory).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git').map(({ name }) => name);
}

function entriesIn(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw new UserError(`"${directory}" can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
