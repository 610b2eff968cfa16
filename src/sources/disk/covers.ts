// Whether a path or a glob leads to a file.

import { isGlob } from './expand.ts';

/** Both are absolute, with forward slashes. A directory leads to all that is below it. */
export function covers(path: string, file: string): boolean {
  if (!isGlob(path)) return file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`);
  return new RegExp(`^${patternOf(path)}(?:/|$)`).test(file);
}

const wildcards: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
  ',': '|',
};

function patternOf(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|[*?{},]|[.+^$()|\\]/g, (piece) => wildcards[piece] ?? `\\${piece}`);
}
