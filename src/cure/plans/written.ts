// Pieces of a statement as they are written, which no word of ours keeps: the type of a column, the expression behind USING.

import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import type { Token } from '../../text/sql-tokens.ts';
import { tokensOf } from '../tokens-of.ts';

/** A word with where it stands, outside of all parentheses and brackets. */
interface OuterWord {
  readonly word: string;
  readonly token: Token;
}

function outerWords(source: SourceText, span: Span): readonly OuterWord[] {
  const words: OuterWord[] = [];
  let depth = 0;
  for (const token of tokensOf(source, span)) {
    const text = source.slice(token);
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (depth === 0 && token.kind === 'word') words.push({ word: text.toUpperCase(), token });
  }
  return words;
}

export interface WrittenType {
  readonly type: string;
  /** `COLLATE "C"`; empty where none is written. */
  readonly collation: string;
  readonly using: string | undefined;
}

/** Of `ALTER COLUMN … TYPE type COLLATE … USING …`. */
export function typeWrittenIn(source: SourceText, span: Span): WrittenType | undefined {
  const words = outerWords(source, span);
  const type = words.find(({ word }) => word === 'TYPE');
  if (type === undefined) return undefined;
  const behind = words.filter(({ token }) => token.start > type.token.end);
  const using = behind.find(({ word }) => word === 'USING')?.token;
  const collate = behind.find(({ word, token }) => word === 'COLLATE' && token.start < (using?.start ?? span.end))?.token;
  const slice = (start: number, end: number): string => source.slice({ start, end }).trim();
  const end = using?.start ?? span.end;
  return {
    type: slice(type.token.end, collate?.start ?? end),
    collation: collate ? slice(collate.start, end) : '',
    using: using && slice(using.end, span.end),
  };
}

/** What stands between the first parentheses behind a word: the condition of a CHECK. */
export function parenthesizedBehind(source: SourceText, span: Span, word: string): Span | undefined {
  const tokens = tokensOf(source, span);
  const at = tokens.findIndex((token) => token.kind === 'word' && source.slice(token).toUpperCase() === word);
  const open = tokens.findIndex((token, index) => index > at && source.slice(token) === '(');
  if (at < 0 || open < 0) return undefined;
  let depth = 0;
  for (const token of tokens.slice(open)) {
    const text = source.slice(token);
    if (text === '(') depth += 1;
    if (text === ')' && (depth -= 1) === 0) return { start: tokens[open]?.end ?? 0, end: token.start };
  }
  return undefined;
}

/** The text without the words that stand at these places, and without the space before them. */
export function without(source: SourceText, span: Span, removed: readonly Span[]): string {
  let text = '';
  let offset = span.start;
  for (const { start, end } of removed) {
    text += source.slice({ start: offset, end: start }).trimEnd();
    offset = end;
  }
  return text + source.slice({ start: offset, end: span.end });
}

/** `NOT NULL`, with `CONSTRAINT` and its name before it, in a column definition. */
export function notNullWrittenIn(source: SourceText, span: Span): readonly Span[] {
  const tokens = tokensOf(source, span);
  const word = (index: number): string => {
    const token = tokens[index];
    return token?.kind === 'word' ? source.slice(token).toUpperCase() : '';
  };
  const outer = new Set(outerWords(source, span).map(({ token }) => token.start));
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1];
    if (word(index) !== 'NOT' || word(index + 1) !== 'NULL' || next === undefined || !outer.has(token.start)) return [];
    const named = word(index - 2) === 'CONSTRAINT' ? tokens[index - 2] : undefined;
    return [{ start: named?.start ?? token.start, end: next.end }];
  });
}

/** From a word outside of parentheses to the end of the text: `GENERATED … AS IDENTITY`. */
export function writtenFrom(source: SourceText, span: Span, word: string): Span | undefined {
  const found = outerWords(source, span).find((one) => one.word === word);
  return found && { start: found.token.start, end: span.end };
}

/** The text with other words in the place of one that is not a part of a longer name. */
export function wordReplaced(source: SourceText, span: Span, word: string, by: string): string {
  let text = '';
  let offset = span.start;
  const tokens = tokensOf(source, span);
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (token.kind !== 'word' || source.slice(token).toUpperCase() !== word || (before && source.slice(before) === '.')) continue;
    text += source.slice({ start: offset, end: token.start }) + by;
    offset = token.end;
  }
  return text + source.slice({ start: offset, end: span.end });
}
