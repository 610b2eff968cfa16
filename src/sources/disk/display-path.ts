// How reports show a file.

import { relative } from 'node:path';
import { toSlashes } from './expand.ts';

/** Relative to the working directory, with forward slashes; the working directory itself is shown whole. */
export function displayPath(file: string, cwd: string): string {
  return toSlashes(relative(cwd, file)) || file;
}
