// Whether the files of a directory are those of a tool: a single odd one neither makes it the tool's nor hides that it is.

import type { Directory } from '../../disk/directory.ts';
import { sampleOf } from '../../disk/sample.ts';

/** `most`: two of three, where nothing but the files speaks for the tool · `half`: where the project says that it runs the tool. */
export type Share = 'most' | 'half';

/** Of the SQL files that were there before, those that have a number at the start of their names, behind two letters at most; all where no two have one. */
export function migrationLike(directory: Directory): readonly string[] {
  const { olderSqlFiles } = directory;
  const numbered = olderSqlFiles.filter((name) => /^[A-Za-z]{0,2}\d/.test(name));
  return numbered.length < 2 ? olderSqlFiles : numbered;
}

/** One way down among files that run up does not make them those of a tool. */
export function withoutWaysDown(names: readonly string[], isDown: (name: string) => boolean): readonly string[] {
  const ups = names.filter((name) => !isDown(name));
  return ups.length === 0 ? names : ups;
}

export function areNamed(directory: Directory, pattern: RegExp, share: Share): boolean {
  return isShare(migrationLike(directory), (name) => pattern.test(name), share);
}

export function areMarked(directory: Directory, mark: RegExp, share: Share): boolean {
  return isShare(sampleOf(migrationLike(directory)), (name) => mark.test(directory.beginning(name)), share);
}

/** A folder for each migration. */
export function areMostlyFolders(directory: Directory, isMigration: (folder: Directory) => boolean): boolean {
  const folders = directory.folders.filter(({ name }) => /^\d/.test(name));
  const isMore = folders.length >= migrationLike(directory).length;
  return isMore && isShare(sampleOf(folders), isMigration, 'half');
}

/** One at least. */
export function isShare<T>(all: readonly T[], isOwn: (one: T) => boolean, share: Share): boolean {
  const own = all.filter(isOwn).length;
  return own > 0 && (share === 'most' ? own * 3 >= all.length * 2 : own * 2 >= all.length);
}
