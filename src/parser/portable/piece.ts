// One statement's text as pgsql-ast-parser can read it, and what its tokens say that the tree does not.

import type { Span } from '../../text/span.ts';
import { sqlTokens, type Token } from '../../text/sql-tokens.ts';
import { isGrammarWord } from './expressions.ts';
import { unsupported } from './unsupported.ts';

export interface Piece {
  /** The whole text; `span` is the statement in it. */
  readonly text: string;
  readonly span: Span;
  /** The statement with spaces in place of its comments, in which pgsql-ast-parser would see quotes. */
  readonly sql: string;
  /** What its strings hold, in order. */
  readonly strings: readonly string[];
  /** Behind ALTER TABLE [IF EXISTS] [ONLY]. */
  readonly nameStart: number;
}

/** Throws `Unsupported` for a token that pgsql-ast-parser takes for something else. */
export function pieceOf(text: string, span: Span): Piece {
  const strings: string[] = [];
  let sql = '';
  let offset = span.start;
  let nameStart: number | undefined;
  for (const token of sqlTokens(text, span.start, span.end)) {
    const isComment = token.kind === 'comment';
    const word = text.slice(token.start, token.end);
    if (!isComment && isMisread(token, token.kind === 'number' ? text.slice(token.start, token.end + 1) : word)) unsupported();
    sql += text.slice(offset, token.start) + (isComment ? word.replace(/[^\n\r]/g, ' ') : word);
    offset = token.end;
    if (token.kind === 'string') strings.push(word.slice(1, -1).replaceAll("''", "'"));
    if (!isComment && !beforeName.test(word)) nameStart ??= token.start;
  }
  return { text, span, sql, strings, nameStart: nameStart ?? span.end };
}

const beforeName = /^(?:alter|table|if|exists|only)$/i;

const isMisreadAs: Readonly<Record<Token['kind'], (word: string) => boolean>> = {
  comment: () => false,
  symbol: () => false,
  'meta-command': () => true,
  word: (word) => /^system_user$/i.test(word),
  /** With the character behind it. */
  number: (word) => !/^(?:\d+(?:\.\d*)?|\.\d+)[^\w]?$/.test(word),
  string: (word) => !word.startsWith("'"),
  'quoted-name': (word) => {
    const name = word.slice(1, -1);
    return !word.startsWith('"') || name.includes('"') || name.trim() !== name || isGrammarWord(name);
  },
};

function isMisread({ kind, unterminated }: Token, word: string): boolean {
  return unterminated || isMisreadAs[kind](word);
}
