// What somebody probably meant who wrote a word that we do not know.

import { distance } from 'fastest-levenshtein';

/** The candidate that is the fewest edits away, case aside; undefined where more than a third of the letters, or two, would change. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  return nearestFirst(word, candidates)[0];
}

/** All candidates that are as near as that. */
export function nearestFirst(word: string, candidates: Iterable<string>): string[] {
  if (word.length > LONGEST) return [];
  const small = word.toLowerCase();
  const near: { readonly candidate: string; readonly edits: number }[] = [];
  for (const candidate of candidates) {
    const most = mostEdits(word, candidate);
    if (Math.abs(word.length - candidate.length) > most) continue;
    const edits = distance(small, candidate.toLowerCase());
    if (edits <= most) near.push({ candidate, edits });
  }
  return near.toSorted((left, right) => left.edits - right.edits).map(({ candidate }) => candidate);
}

/** No name or keyword that we know is longer; measuring takes time with the length. */
const LONGEST = 100;

function mostEdits(word: string, candidate: string): number {
  const length = Math.max(word.length, candidate.length);
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}
