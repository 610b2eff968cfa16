// The text of a file of SQL that a migration in code names.

import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Directory } from '../../disk/directory.ts';
import { isInside } from '../../disk/inside.ts';

/** `path`: from `directory` on, with forward slashes. Undefined for what is no SQL, is not there, or lies outside of the repository, behind links too. */
export function sqlBeside(path: string, directory: Directory): string | undefined {
  if (isAbsolute(path) || !/\.sql$/i.test(path)) return undefined;
  const top = [...directory.upwards()].at(-1) ?? directory;
  return isInside(join(directory.path, path), [top.path]) ? directory.below(dirname(path)).text(basename(path)) : undefined;
}
