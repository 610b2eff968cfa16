// PostgreSQL's lexical rules, enough to cut a text into tokens: for spans of actions, recovery after errors, and comments.
// Source: src/backend/parser/scan.l, with standard_conforming_strings on. It never throws: what is unterminated ends with the text.

import type { Span } from './span.ts';

export type TokenKind = 'word' | 'quoted-name' | 'string' | 'number' | 'comment' | 'meta-command' | 'symbol';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** A string, quoted name or block comment whose end is missing. */
  readonly unterminated: boolean;
}

const SPACE = /[ \t\n\r\f\v]+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const NUMBER =
  /(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?|\.[0-9][0-9_]*(?:[eE][+-]?[0-9][0-9_]*)?)/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const STRING_PREFIX = /(?:[eEbBxX]|[uU]&)?'/y;
/** A string goes on in the next one where a line break stands between them, and nothing but white space and comments. */
const CONTINUATION = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y;
const PARAMETER = /\$[0-9]+/y;
/** psql's: to the end of the line, but `\;` and `\:` stand for themselves. */
const META_COMMAND = /\\(?:[;:]|[^\n\r]*)/y;

/** PostgreSQL's comments nest; those of many tools, and of other databases, end with the first end that comes. */
export type CommentStyle = 'nested' | 'flat';

/** All tokens of `text` between `start` and `end`, comments included, white space left out. */
export function* sqlTokens(text: string, start = 0, end: number = text.length, comments: CommentStyle = 'nested'): Generator<Token> {
  let offset = start;
  while (offset < end) {
    const afterSpace = match(SPACE, text, offset);
    if (afterSpace > offset) {
      offset = afterSpace;
      continue;
    }
    const token = tokenAt(text, offset, comments);
    yield token;
    offset = token.end;
  }
}

/** The offset of the first token at or behind `start` that is not a comment; `end` where there is none. */
export function skipTrivia(text: string, start: number, end: number): number {
  for (const token of sqlTokens(text, start, end)) if (token.kind !== 'comment') return token.start;
  return end;
}

function tokenAt(text: string, start: number, comments: CommentStyle): Token {
  const pair = text.slice(start, start + 2);
  if (pair === '--') return { kind: 'comment', start, end: match(LINE_COMMENT, text, start), unterminated: false };
  if (pair === '/*') return comments === 'nested' ? blockComment(text, start) : flatComment(text, start);
  const quote = match(STRING_PREFIX, text, start);
  if (quote > start) return quoted(text, start, quote, "'", /[eE]/.test(pair[0] ?? ''), 'string');
  if (/^[uU]&$/.test(pair) && text[start + 2] === '"') return quoted(text, start, start + 3, '"', false, 'quoted-name');
  if (pair[0] === '"') return quoted(text, start, start + 1, '"', false, 'quoted-name');
  if (pair[0] === '$') return dollar(text, start);
  const word = match(WORD, text, start);
  if (word > start) return { kind: 'word', start, end: word, unterminated: false };
  const number = pair === '..' ? start : match(NUMBER, text, start);
  if (number > start) return { kind: 'number', start, end: number, unterminated: false };
  if (pair[0] === '\\') return { kind: 'meta-command', start, end: match(META_COMMAND, text, start), unterminated: false };
  return { kind: 'symbol', start, end: start + (pair === '..' ? 2 : 1), unterminated: false };
}

/** What stands between the pieces of a string that goes on in the next line: white space and comments. */
export function gapsIn(text: string, { start }: Token): readonly Span[] {
  const gaps: Span[] = [];
  const inside = match(STRING_PREFIX, text, start);
  if (inside > start) quoted(text, start, inside, "'", /[eE]/.test(text[start] ?? ''), 'string', gaps);
  return gaps;
}

/** The string whose quote stands at `start`, as it is where standard_conforming_strings is off: with escapes. */
export function escapedStringAt(text: string, start: number): Token {
  return quoted(text, start, start + 1, "'", true, 'string');
}

/** Adds to `gaps` what stands between the pieces of a string. */
function quoted(text: string, start: number, inside: number, mark: string, backslash: boolean, kind: TokenKind, gaps: Span[] = []): Token {
  let offset = inside;
  while (offset < text.length) {
    const character = text[offset];
    if (character === '\\' && backslash) offset += 2;
    else if (character !== mark) offset += 1;
    else if (text[offset + 1] === mark) offset += 2;
    else {
      const end = offset + 1;
      offset = kind === 'string' ? match(CONTINUATION, text, end) : end;
      if (offset === end) return { kind, start, end, unterminated: false };
      gaps.push({ start: end, end: offset - 1 });
    }
  }
  return { kind, start, end: text.length, unterminated: true };
}

function dollar(text: string, start: number): Token {
  const inside = match(DOLLAR_QUOTE, text, start);
  if (inside === start)
    return { kind: 'symbol', start, end: Math.max(start + 1, match(PARAMETER, text, start)), unterminated: false };
  const mark = text.slice(start, inside);
  const close = text.indexOf(mark, inside);
  const end = close < 0 ? text.length : close + mark.length;
  return { kind: 'string', start, end, unterminated: close < 0 };
}

function blockComment(text: string, start: number): Token {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', start, end: marks.lastIndex, unterminated: false };
  }
  return { kind: 'comment', start, end: text.length, unterminated: true };
}

function flatComment(text: string, start: number): Token {
  const close = text.indexOf('*/', start + 2);
  return { kind: 'comment', start, end: close < 0 ? text.length : close + 2, unterminated: close < 0 };
}

function match(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}
