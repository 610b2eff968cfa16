// Tools whose files are known by what stands in them.

import type { Directory } from '../../disk/directory.ts';
import type { Framework } from '../framework.ts';
import { areMostlyMarked } from './majority.ts';

/** A directory is a root where most of its files have the mark. */
export function looksInside(mark: RegExp): Framework['rootOf'] {
  return (directory) => (hasMark(directory, mark) ? directory : undefined);
}

export function hasMark(directory: Directory, mark: RegExp): boolean {
  return directory.sqlFiles.length > 0 && areMostlyMarked(directory, mark);
}
