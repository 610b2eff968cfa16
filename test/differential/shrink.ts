// The fewest statements behind which the last one still differs in the same way.

import type { Difference } from './trial.ts';

/** `differs`: what the last statement of a history differs in; nothing where it is refused or all agree. */
export async function shrink(
  history: readonly string[],
  like: Difference,
  differs: (history: readonly string[]) => Promise<readonly Difference[]>,
): Promise<readonly string[]> {
  let shortest = history;
  const last = history.at(-1) ?? '';
  for (let size = Math.ceil((history.length - 1) / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = shortest.length - 1; end > 0; end -= size) {
      const shorter = [...shortest.slice(0, Math.max(0, end - size)), ...shortest.slice(end, -1), last];
      const found = await differs(shorter);
      if (found.some((one) => isLike(one, like))) shortest = shorter;
    }
  }
  return shortest;
}

export function isLike(left: Difference, right: Difference): boolean {
  return left.kind === right.kind && shapeOf(left.words) === shapeOf(right.words);
}

/** Without names and numbers. */
export function shapeOf(words: string): string {
  return words.replace(/"[^"]*"|\b[\w$]+\.(?:"[^"]*"|[\w$ ]+?)(?=[:.,( ]|$)/g, '*').replace(/\d+/g, '0');
}
