// Whether most files of a directory are those of a tool: a single odd one neither makes it the tool's nor hides that it is.

import type { Directory } from '../../disk/directory.ts';

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
  return isMajority(sampleOf(migrationLike(directory)), (name) => mark.test(directory.text(name) ?? ''));
}

/** A folder for each migration. */
export function areMostlyFolders(directory: Directory, isMigration: (folder: Directory) => boolean): boolean {
  const folders = directory.names.filter((name) => /^\d[^.]*$/.test(name));
  const isMore = folders.length >= migrationLike(directory).length;
  return isMore && isMajority(sampleOf(folders), (name) => isMigration(directory.below(name)));
}

/** At least half, and one at least. */
function isMajority(names: readonly string[], isOwn: (name: string) => boolean): boolean {
  const own = names.filter(isOwn).length;
  return own > 0 && own * 2 >= names.length;
}

/** So many are looked at. */
const MOST = 12;

/** The first, the last, and others at equal distances. */
export function sampleOf(names: readonly string[]): readonly string[] {
  if (names.length <= MOST) return names;
  return Array.from({ length: MOST }, (_, index) => names[Math.floor((index * (names.length - 1)) / (MOST - 1))] ?? '');
}
