// Spans of a text, some of which lie in others and none of which overlap: which of them hold a place.

import { contains, type Span } from './span.ts';

interface Nested<S extends Span> {
  readonly span: S;
  /** The smallest one that it lies in. */
  readonly around: Nested<S> | undefined;
}

export class NestedSpans<S extends Span> {
  readonly #nested: readonly Nested<S>[];

  /** Of those with the same ends, the first one counts. */
  constructor(spans: Iterable<S>) {
    const nested: Nested<S>[] = [];
    for (const span of [...spans].toSorted((left, right) => left.start - right.start || right.end - left.end)) {
      let around = nested.at(-1);
      if (around?.span.start === span.start && around.span.end === span.end) continue;
      while (around !== undefined && !contains(around.span, span)) around = around.around;
      nested.push({ span, around });
    }
    this.#nested = nested;
  }

  /** Does one of them hold it? */
  hold(place: Span): boolean {
    return !this.around(place).next().done;
  }

  /** The innermost first. */
  *around(place: Span): Generator<S, undefined> {
    let [low, high] = [0, this.#nested.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#nested[middle]?.span.start ?? 0) <= place.start) low = middle + 1;
      else high = middle;
    }
    for (let one = this.#nested[low - 1]; one !== undefined; one = one.around) if (contains(one.span, place)) yield one.span;
  }
}
