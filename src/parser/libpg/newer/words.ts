// A statement as words, to find in it what the parser's grammar does not know yet.

import type { Span } from '../../../text/span.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';

export interface Word extends Span {
  /** A keyword or a plain name in small letters; anything else as it stands. */
  readonly text: string;
  /** In how many parentheses it stands; those themselves stand in one less. */
  readonly depth: number;
}

/** Without comments. */
export function wordsIn(text: string, span: Span): readonly Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const { kind, start, end } of sqlTokens(text, span.start, span.end)) {
    if (kind === 'comment') continue;
    const written = text.slice(start, end);
    if (kind === 'symbol' && written === ')') depth -= 1;
    words.push({ start, end, text: kind === 'word' ? written.toLowerCase() : written, depth });
    if (kind === 'symbol' && written === '(') depth += 1;
  }
  return words;
}

/** Where the words stand in a row, from `from` on; -1 where they don't. A word may be one of several: `update|delete`. */
export function findWords(words: readonly Word[], pattern: string, from = 0): number {
  const wanted = pattern.split(' ').map((one) => one.split('|'));
  for (let at = from; at + wanted.length <= words.length; at += 1) {
    if (wanted.every((one, index) => one.includes(words[at + index]?.text ?? ''))) return at;
  }
  return -1;
}

/** Wherever they stand in a row. */
export function everyPlaceOf(words: readonly Word[], pattern: string): readonly number[] {
  const places: number[] = [];
  for (let at = findWords(words, pattern); at >= 0; at = findWords(words, pattern, at + 1)) places.push(at);
  return places;
}

/** The words from `at` on, up to the first that is one of `ends` beside them, or that closes the parentheses in which they stand. */
export function wordsUpTo(words: readonly Word[], at: number, ends: ReadonlySet<string>): readonly Word[] {
  const depth = words[at]?.depth ?? 0;
  const end = words.findIndex((word, index) => index > at && (word.depth < depth || (word.depth === depth && ends.has(word.text))));
  return words.slice(at, end < 0 ? words.length : end);
}

export function beginsWith(words: readonly Word[], pattern: string): boolean {
  return findWords(words.slice(0, pattern.split(' ').length), pattern) === 0;
}

/** The index of the parenthesis that closes the one at `open`; -1 where none does. */
export function closing(words: readonly Word[], open: number): number {
  const depth = words[open]?.depth;
  return words.findIndex((word, index) => index > open && word.text === ')' && word.depth === depth);
}

/** What stands between the commas of a list, in the parentheses that open at `open`. */
export function itemsIn(words: readonly Word[], open: number): readonly (readonly Word[])[] {
  const depth = (words[open]?.depth ?? 0) + 1;
  const items: Word[][] = [[]];
  for (const word of words.slice(open + 1, closing(words, open))) {
    if (word.text === ',' && word.depth === depth) items.push([]);
    else items.at(-1)?.push(word);
  }
  return items;
}

/** From the first of them to the last. */
export function spanOf(words: readonly Word[], orElse: Span): Span {
  return { start: words[0]?.start ?? orElse.start, end: words.at(-1)?.end ?? orElse.end };
}
