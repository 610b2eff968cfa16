// From globs to files.

import { readdirSync, type Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { UserError } from '../../model/user-error.ts';

export function isGlob(path: string): boolean {
  return /[*?[\]{}!]/.test(path);
}

/** fast-glob is loaded where it is needed: one named file needs none. */
export async function expand(
  pattern: string,
  cwd: string,
  wanted: 'files' | 'folders' = 'files',
): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const options = { cwd, absolute: true, ignore: ['**/node_modules/**'], caseSensitiveMatch: false };
  try {
    // Linked directories may go in a circle; a linked file that is not there stays in the list, so that reading it says so.
    const entries = glob.sync(toSlashes(pattern), { ...options, followSymbolicLinks: false, onlyFiles: false, objectMode: true });
    return entries.filter(({ dirent }) => dirent.isDirectory() === (wanted === 'folders')).map(({ path }) => path);
  } catch (error) {
    throw new UserError(`"${cwd}" can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * What is nearer before what is deeper; without hidden folders and what npm installs. Linked directories may go in a circle, and are not
 * looked into.
 */
export function sqlFilesBelow(directory: string): string[] {
  const folders = [directory];
  for (const folder of folders) folders.push(...foldersIn(folder).filter((name) => !name.startsWith('.')).map((name) => join(folder, name)));
  return folders.flatMap((folder) => sqlFilesIn(folder).filter(isVisible));
}

function isVisible(file: string): boolean {
  return !basename(file).startsWith('.');
}

/** The SQL files in a directory, or one level below it. */
export function sqlFilesAt(directory: string, level: 'here' | 'below'): string[] {
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
