// Where a file is in its repository, for reports that are read beside the whole of it.

import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative } from 'node:path';
import { toSlashes } from './expand.ts';

/** From paths relative to `cwd` to paths relative to the root of the repository; unchanged where there is none. */
export function repositoryPaths(cwd: string): (path: string) => string {
  const root = repositoryRoot(cwd);
  const prefix = root === undefined ? '' : toSlashes(relative(root, cwd));
  return (path) => (prefix === '' || path === '<stdin>' || isAbsolute(path) ? path : posix.join(prefix, path));
}

/** Absolute; undefined where no repository holds the directory. */
export function repositoryRoot(directory: string): string | undefined {
  if (existsSync(join(directory, '.git'))) return directory;
  return dirname(directory) === directory ? undefined : repositoryRoot(dirname(directory));
}
