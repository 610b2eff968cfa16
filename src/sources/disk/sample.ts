// Some of many, which tell what all of them are.

/** The first, the last, and others at equal distances. */
export function sampleOf<T>(all: readonly T[]): readonly T[] {
  if (all.length <= MOST) return all;
  return Array.from({ length: MOST }, (_, index) => Math.floor((index * (all.length - 1)) / (MOST - 1))).flatMap((at) => all.slice(at, at + 1));
}

/** So many are looked at. */
const MOST = 12;
