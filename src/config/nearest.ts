// What somebody probably meant who wrote a word that we do not know.

import { distance } from 'fastest-levenshtein';

/** The candidate that is the fewest edits away, case aside; undefined where more than a third of the letters, or two, would change. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits <= mostEdits(word, candidate) && (best === undefined || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}

function mostEdits(word: string, candidate: string): number {
  const length = Math.max(word.length, candidate.length);
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}
