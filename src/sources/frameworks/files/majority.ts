// Whether most files of a directory are those of a tool: a single odd one neither makes it the tool's nor hides that it is.

import type { Directory } from '../../disk/directory.ts';
import { sampleOf } from '../../disk/sample.ts';

/** Of the SQL files that have a number at the start of their names, behind two letters at most; of all where none has one. */
export function migrationLike(directory: Directory): readonly string[] {
  const { sqlFiles } = directory;
  const numbered = sqlFiles.filter((name) => /^[A-Za-z]{0,2}\d/.test(name));
  return numbered.length === 0 ? sqlFiles : numbered;
}

export function areMostlyNamed(directory: Directory, pattern: RegExp): boolean {
  return isMajority(migrationLike(directory), (name) => pattern.test(name));
}

export function areMostlyMarked(directory: Directory, mark: RegExp): boolean {
  return isMajority(sampleOf(migrationLike(directory)), (name) => mark.test(directory.beginning(name)));
}

/** A folder for each migration. */
export function areMostlyFolders(directory: Directory, isMigration: (folder: Directory) => boolean): boolean {
  const folders = directory.folders.filter(({ name }) => /^\d/.test(name));
  const isMore = folders.length >= migrationLike(directory).length;
  return isMore && isMajority(sampleOf(folders), isMigration);
}

/** At least half, and one at least. */
export function isMajority<T>(all: readonly T[], isOwn: (one: T) => boolean): boolean {
  const own = all.filter(isOwn).length;
  return own > 0 && own * 2 >= all.length;
}
