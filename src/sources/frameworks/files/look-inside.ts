// Tools whose files are known by what stands in them.

import type { Directory } from '../../disk/directory.ts';
import type { Framework } from '../framework.ts';

/** A directory is a root where its first or its last file has the mark. */
export function looksInside(mark: RegExp): Framework['rootOf'] {
  return (directory) => (hasMark(directory, mark) ? directory : undefined);
}

export function hasMark(directory: Directory, mark: RegExp): boolean {
  const { sqlFiles } = directory;
  return [sqlFiles[0], sqlFiles.at(-1)].some((name) => name !== undefined && mark.test(directory.text(name) ?? ''));
}
