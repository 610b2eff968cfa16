// Paths and globs as a configuration writes them: relative to its directory, wherever a run starts and whatever that directory is called.

import { dirname, isAbsolute, relative, sep } from 'node:path';
import { covers } from './covers.ts';
import { toSlashes } from './expand.ts';

/** Whether it leads to a file, by its absolute path; a directory leads to all that is below it. */
export function leadsTo(pattern: string, directory: string, file: string): boolean {
  const { rest, from } = anchored(toSlashes(pattern), directory);
  if (isAbsolute(rest)) return covers(rest, toSlashes(file));
  const below = toSlashes(relative(from, file));
  if (below.startsWith('../') || isAbsolute(below)) return false;
  return rest === '' || below === rest || below.startsWith(`${rest}/`) || covers(rest, below);
}

interface Anchored {
  /** Where the rest starts. */
  readonly from: string;
  readonly rest: string;
}

/** Without `.` and `..` at its start, and what says nothing between its names. */
function anchored(pattern: string, from: string): Anchored {
  if (pattern === '..' || pattern.startsWith('../')) return anchored(pattern.slice(3), dirname(from));
  if (pattern === '.' || pattern.startsWith('./')) return anchored(pattern.slice(2), from);
  const rest = pattern.replace(/\/(?:\.?\/)+/g, '/').replace(/(?<=[^/])\/\.?$/, '');
  return { from, rest };
}

/** Which files a configuration leaves out. Later patterns win: one behind `!` brings back what others leave out. */
export class Exclusions {
  readonly patterns: readonly string[];
  readonly #directory: string;
  readonly #used = new Set<string>();
  readonly #known = new Map<string, boolean>();

  /** `directory`: absolute, of the configuration. */
  constructor(patterns: readonly string[], directory: string) {
    this.patterns = patterns;
    this.#directory = directory;
  }

  /** `file`: absolute. */
  has(file: string): boolean {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const matching = this.patterns.filter((pattern) => leadsTo(pattern.replace(/^!/, ''), this.#directory, file));
    for (const pattern of matching) this.#used.add(pattern);
    const isExcluded = matching.length > 0 && matching.at(-1)?.startsWith('!') !== true;
    this.#known.set(file, isExcluded);
    return isExcluded;
  }

  /** Patterns that led to none of the files that were asked about. */
  get unused(): readonly string[] {
    return this.patterns.filter((pattern) => !this.#used.has(pattern));
  }
}

export const noExclusions = new Exclusions([], sep);
