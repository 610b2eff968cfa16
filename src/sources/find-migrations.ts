// Which files are migrations, which of them are to be linted, and which are the history before them.

import { readdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { inNaturalOrder } from './natural-order.ts';

export interface MigrationFile {
  /** Absolute. */
  readonly file: string;
  /** For reports: relative to the working directory, with forward slashes. */
  readonly path: string;
  readonly linted: boolean;
}

/** Files that build on each other, oldest first. */
export type MigrationHistory = readonly MigrationFile[];

export interface Search {
  readonly cwd: string;
  /** Globs, relative to `excludeFrom`. */
  readonly exclude: readonly string[];
  readonly excludeFrom: string;
  /** False: named files stand alone. */
  readonly withHistory: boolean;
  /** A file that need not be on the disk yet: its text comes from elsewhere. */
  readonly unsaved: string | undefined;
}

/** The histories behind paths, directories and globs. Throws a `UserError` for one that leads to nothing. */
export async function findMigrations(paths: readonly string[], search: Search): Promise<MigrationHistory[]> {
  const histories = new Map<string, Map<string, boolean>>();
  const add = (root: string, file: string, linted: boolean): void => {
    const files = histories.get(root) ?? new Map<string, boolean>();
    files.set(file, linted || files.get(file) === true);
    histories.set(root, files);
  };
  for (const path of paths) {
    const { root, files } = await lookUp(path, search);
    for (const file of files) add(root ?? dirname(file), file, true);
  }
  if (search.withHistory) {
    for (const [root, files] of histories) for (const file of await siblings(root, files, search)) add(root, file, false);
  }
  return Array.from(histories, ([root, files]) => inOrder(root, files, search.cwd));
}

interface LookedUp {
  /** Undefined: each file belongs to the directory that it lies in. */
  readonly root: string | undefined;
  readonly files: readonly string[];
}

async function lookUp(path: string, search: Search): Promise<LookedUp> {
  const absolute = resolve(search.cwd, path);
  const stats = statOf(absolute);
  if (stats === 'unreadable') throw new UserError(`"${path}" can't be read: permission denied`);
  if (stats?.isDirectory()) {
    const files = await sqlFilesBelow(absolute, search);
    if (files.length === 0)
      throw new UserError(`there is no SQL file in "${path}"; name the directory that holds the migrations`);
    return { root: absolute, files };
  }
  if (stats || path === search.unsaved) return { root: undefined, files: [absolute] };
  if (!isGlob(path)) throw new UserError(`there is no file or directory "${path}"`);
  const files = await expand(path, search.cwd, search);
  if (files.length === 0) throw new UserError(`no file matches "${path}"`);
  return { root: undefined, files };
}

function statOf(path: string): Stats | 'unreadable' | undefined {
  try {
    return statSync(path);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES' ? 'unreadable' : undefined;
  }
}

function isGlob(path: string): boolean {
  return /[*?[\]{}!]/.test(path);
}

function sqlFilesBelow(directory: string, search: Search): Promise<string[]> {
  return expand('**/*.sql', directory, search);
}

/** fast-glob is loaded where it is needed: one named file needs none. */
async function expand(pattern: string, cwd: string, { exclude, excludeFrom }: Search): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const ignore = exclude.map((one) => toSlashes(relative(cwd, resolve(excludeFrom, one))));
  const options = { cwd, absolute: true, ignore: ['**/node_modules/**', ...ignore], caseSensitiveMatch: false };
  try {
    // Linked directories may go in a circle; a linked file that is not there stays in the list, so that reading it says so.
    const entries = glob.sync(toSlashes(pattern), { ...options, followSymbolicLinks: false, onlyFiles: false, objectMode: true });
    return entries.filter(({ dirent }) => !dirent.isDirectory()).map(({ path }) => path);
  } catch (error) {
    throw new UserError(`"${cwd}" can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The SQL files that lie beside named ones and come before the last of them. */
async function siblings(root: string, named: ReadonlyMap<string, boolean>, search: Search): Promise<string[]> {
  const last = [...named.keys()].toSorted(byPathFrom(root)).at(-1) ?? '';
  const all = search.exclude.length > 0 ? await expand('*.sql', root, search) : sqlFilesIn(root);
  return all.filter((file) => byPathFrom(root)(file, last) < 0);
}

function sqlFilesIn(directory: string): string[] {
  if (!statSync(directory, { throwIfNoEntry: false })) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory() && /\.sql$/i.test(entry.name)).map(({ name }) => join(directory, name));
}

function inOrder(root: string, files: ReadonlyMap<string, boolean>, cwd: string): MigrationHistory {
  const sorted = [...files.keys()].toSorted(byPathFrom(root));
  return sorted.map((file) => ({ file, path: displayPath(file, cwd), linted: files.get(file) === true }));
}

function byPathFrom(root: string): (left: string, right: string) => number {
  return (left, right) => inNaturalOrder(relative(root, left), relative(root, right));
}

export function displayPath(file: string, cwd: string): string {
  return toSlashes(relative(cwd, file)) || file;
}

function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
