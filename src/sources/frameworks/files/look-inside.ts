// Tools whose files are known by what stands in them.

import type { Directory } from '../../disk/directory.ts';
import type { Framework } from '../framework.ts';
import { areMarked, type Share } from './majority.ts';

/** A directory is a root where most of its files have the mark; half of them are enough where the project says that it runs the tool. */
export function knownByMark(marks: RegExp): Pick<Framework, 'marks' | 'rootOf' | 'rootIfRun'> {
  const rootAt = (share: Share) => (directory: Directory) => (areMarked(directory, marks, share) ? directory : undefined);
  return { marks, rootOf: rootAt('most'), rootIfRun: rootAt('half') };
}
