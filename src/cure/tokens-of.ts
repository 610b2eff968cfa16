// The words of a piece of SQL, for edits that have to find their place in it.

import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { sqlTokens, type Token } from '../text/sql-tokens.ts';

/** Without comments. */
export function tokensOf({ text }: SourceText, { start, end }: Span): readonly Token[] {
  return [...sqlTokens(text, start, end)].filter(({ kind }) => kind !== 'comment');
}

/** The first of its tokens that are these words, one behind the other; undefined where they don't stand there. */
export function wordsIn(source: SourceText, span: Span, ...words: readonly string[]): Span | undefined {
  const tokens = tokensOf(source, span);
  const index = tokens.findIndex((_, place) => words.every((word, offset) => isWord(tokens[place + offset], word, source)));
  const [first, last] = [tokens[index], tokens[index + words.length - 1]];
  return index < 0 || first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** `word` in capitals; what is quoted is none. */
export function isWord(token: Token | undefined, word: string, source: SourceText): token is Token {
  return token?.kind === 'word' && source.slice(token).toUpperCase() === word;
}
