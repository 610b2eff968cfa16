// From paths, directories, globs and what a search has found to files.

import { statSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { codeIn } from '../code/code-in.ts';
import { namedFileOf, readerOfUnsaved } from '../code/named-file.ts';
import { Directory } from '../disk/directory.ts';
import { noExclusions, type Exclusions } from '../disk/exclusions.ts';
import { expand, sqlFilesBelow } from '../disk/expand.ts';
import { isGlob } from '../../text/glob.ts';
import type { FoundFolder } from '../search/found-folder.ts';
import { foldersBelow } from '../search/walk.ts';
import type { CodeFile } from './code-home.ts';
import type { Search } from './migration-history.ts';

export interface LookedUp {
  /** Undefined: the files were named themselves. */
  readonly named: string | undefined;
  readonly files: readonly string[];
  readonly code: readonly CodeFile[];
}

/** Without what the configuration excludes. */
export function lookedUp({ root, sql, code }: FoundFolder, exclusions: Exclusions): LookedUp {
  const files = sql.flatMap((folder) => folder.sqlFiles.map((name) => join(folder.path, name)));
  const others = code.flatMap(({ folder, tool, names }) => names.map((name) => ({ file: join(folder.path, name), tool })));
  const isWanted = (file: string): boolean => !exclusions.has(file);
  return { named: root.path, files: files.filter(isWanted), code: others.filter(({ file }) => isWanted(file)) };
}

function lookUpDirectory(named: string, exclusions: Exclusions): LookedUp {
  const files = sqlFilesBelow(named).filter((file) => !exclusions.has(file));
  const top = new Directory(named);
  const code = [...foldersBelow(top)].flatMap((folder) => codeFilesIn(folder, top, exclusions));
  return { named, files, code };
}

export function codeFilesIn(folder: Directory, top: Directory, exclusions: Exclusions): CodeFile[] {
  const found = codeIn(folder, top).flatMap(({ tool, names }) => names.map((name) => ({ file: join(folder.path, name), tool })));
  return found.filter(({ file }) => !exclusions.has(file));
}

/** What looking for files depends on. */
export type Lookup = Pick<Search, 'cwd' | 'exclusions' | 'namedBy' | 'unsaved'>;

/** Throws a `UserError` for a path that leads to nothing. */
export function lookUp(path: string, search: Lookup): LookedUp[] {
  const absolute = resolve(search.cwd, path);
  const stats = statOf(absolute);
  if (stats === 'unreadable') throw new UserError(`"${path}"${origin(search)} can't be read: permission denied`);
  if (stats?.isDirectory()) {
    const found = lookUpDirectory(absolute, search.exclusions);
    if (isEmpty(found)) throw new UserError(noMigrationIn(path, absolute, search));
    return [found];
  }
  if (path === search.unsaved?.path) return [unsavedFile(absolute, search.unsaved.text())];
  if (stats) return [themselves([absolute])];
  if (!isGlob(path)) throw new UserError(`there is no file or directory "${path}"${origin(search)}`);
  return lookUpGlob(path, search);
}

function unsavedFile(file: string, text: string): LookedUp {
  const tool = readerOfUnsaved(file, text);
  return tool ? { named: undefined, files: [], code: [{ file, tool }] } : { named: undefined, files: [file], code: [] };
}

/** Code that nobody reads is named like SQL: what is wrong with that is said of its text. */
function themselves(named: readonly string[]): LookedUp {
  const code = named.flatMap((file): CodeFile[] => {
    const tool = namedFileOf(file)?.tool;
    return tool?.reader ? [{ file, tool }] : [];
  });
  const isCode = new Set(code.map(({ file }) => file));
  return { named: undefined, files: named.filter((file) => !isCode.has(file)), code };
}

function noMigrationIn(path: string, absolute: string, search: Lookup): string {
  if (!isEmpty(lookUpDirectory(absolute, noExclusions))) return allExcluded(path);
  return `there is no migration in "${path}"${origin(search)}, neither in SQL nor in code; name the directory that holds them`;
}

function origin({ namedBy }: Lookup): string {
  return namedBy === undefined ? '' : ` (${namedBy})`;
}

function allExcluded(path: string): string {
  return `"exclude:" in the configuration leaves out every migration of "${path}"`;
}

/** A glob may name files, and directories that hold them. */
function lookUpGlob(path: string, search: Lookup): LookedUp[] {
  const { cwd, exclusions } = search;
  const all = expand(path, cwd);
  const found = all.filter((file) => !exclusions.has(file));
  if (found.length > 0) return [themselves(found)];
  const directories = expand(path, cwd, 'folders');
  const below = directories.map((named) => lookUpDirectory(named, exclusions));
  if (!below.every(isEmpty)) return below;
  const isExcluded = all.length > 0 || directories.some((named) => !isEmpty(lookUpDirectory(named, noExclusions)));
  throw new UserError(isExcluded ? allExcluded(path) : `no file matches "${path}"${origin(search)}`);
}

function isEmpty({ files, code }: LookedUp): boolean {
  return files.length === 0 && code.length === 0;
}

function statOf(path: string): Stats | 'unreadable' | undefined {
  try {
    return statSync(path);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES' ? 'unreadable' : undefined;
  }
}
