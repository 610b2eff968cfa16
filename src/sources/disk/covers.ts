// Whether a path or a glob leads to a file.

import { isGlob } from './expand.ts';

/** Both are absolute, with forward slashes. A directory leads to all that is below it. */
export function covers(path: string, file: string): boolean {
  if (!isGlob(path)) return file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`);
  return new RegExp(`^${patternOf(path)}(?:/|$)`).test(file);
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

const alternatives: Readonly<Record<string, string>> = { '{': '(?:', '}': ')', ',': '|' };

/** A bracket or a brace without its counterpart stands for itself, as in a shell. */
function patternOf(glob: string): string {
  const known = isBalanced(glob) ? { ...wildcards, ...alternatives } : wildcards;
  return glob.replace(/\*\*\/|\*\*|\[[^\]/]+\]|[*?,.+^$()|{}[\]\\]/g, (piece) => known[piece] ?? (piece.length > 1 ? classOf(piece) : `\\${piece}`));
}

function isBalanced(glob: string): boolean {
  let depth = 0;
  for (const character of glob) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** `[!a-z]` is `[^a-z]`. */
function classOf(written: string): string {
  const characters = written.slice(1, -1).replace(/^!/, '^').replace(/[\\[]/g, '\\$&');
  return isOrdered(characters) ? `[${characters}]` : written.replace(/[[\]\\^]/g, '\\$&');
}

/** `z-a` is no range. */
function isOrdered(characters: string): boolean {
  return Array.from(characters.matchAll(/(.)-(.)/gs)).every(([, from = '', to = '']) => from <= to);
}
