// What of a text begins in each of some places.

import type { Span } from './span.ts';

/** Each place is one or more spans, none of which overlaps another. In the order of the text; what begins in no place is left out. */
export function beginningIn<T>(places: readonly (readonly Span[])[], items: readonly T[], spanOf: (item: T) => Span): readonly (readonly T[])[] {
  const found: T[][] = places.map(() => []);
  const spans = places.flatMap((own, place) => own.map(({ start, end }) => ({ start, end, place }))).toSorted((a, b) => a.start - b.start);
  let index = 0;
  for (const item of items.toSorted((a, b) => spanOf(a).start - spanOf(b).start)) {
    const { start } = spanOf(item);
    while (start >= (spans[index]?.end ?? Infinity)) index += 1;
    const span = spans[index];
    if (span && start >= span.start) found[span.place]?.push(item);
  }
  return found;
}
