// Which statements stand in a branch of a script that may not run: psql's \if, and what a template decides.

import type { Turn } from '../model/turn.ts';
import type { Span } from '../text/span.ts';

/** `begins`: \if, {{ if }} · `turns`: \else · `ends`: \endif. */
export type Fork = Extract<Turn, { readonly kind: 'branch' }>;

export class Branches {
  readonly #forks: readonly Fork[];
  /** How deep what stands behind each fork is. */
  readonly #depths: readonly number[];

  constructor(forks: readonly Fork[]) {
    this.#forks = forks.toSorted((left, right) => left.at - right.at);
    let depth = 0;
    this.#depths = this.#forks.map(({ step }) => {
      if (step === 'begins') depth += 1;
      if (step === 'ends') depth = Math.max(0, depth - 1);
      return depth;
    });
  }

  get isEmpty(): boolean {
    return this.#forks.length === 0;
  }

  /** Does it stand in a branch? */
  holds({ start }: Span): boolean {
    return (this.#depths[this.#before(start) - 1] ?? 0) > 0;
  }

  /** Is a part of it decided over? */
  divides({ start, end }: Span): boolean {
    return this.#before(end) > this.#before(start);
  }

  /** How many forks stand before a place. */
  #before(offset: number): number {
    let [low, high] = [0, this.#forks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#forks[middle]?.at ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
