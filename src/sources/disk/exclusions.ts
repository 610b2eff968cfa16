// Which files a configuration leaves out.

import { sep } from 'node:path';
import { covers } from './covers.ts';
import { toSlashes } from './expand.ts';

/** Paths and globs, relative to the configuration. Later ones win: one behind `!` brings back what others leave out. */
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
    const matching = this.patterns.filter((pattern) => covers(toSlashes(pattern.replace(/^!/, '')), toSlashes(this.#directory), toSlashes(file)));
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
