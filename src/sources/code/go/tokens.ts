// The tokens of Go. Source: go.dev/ref/spec#Lexical_elements.

import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';

export interface Token {
  /** `line`: a semicolon, or the end of a line that ends a statement. */
  readonly kind: 'name' | 'number' | 'text' | 'mark' | 'line' | 'end';
  readonly text: string;
  readonly place: Span;
  /** Of a text. */
  readonly pieces: readonly Piece[];
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** With their marks. */
  readonly comments: readonly Span[];
}

const pattern = /(?<space>[ \t\f\r]+)|(?<line>\n)|(?<comment>\/\/[^\n]*)|(?<raw>`[^`]*`)|(?<text>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|$|(?=\\)))|(?<rune>'(?:[^'\\\n]|\\.){0,12}')|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\w.]*)|(?<mark>:=|\.\.\.|<-|[!=<>+\-*/%&|^]=|&&|\|\||\+\+|--|[^])/uy;

export function tokensOf(code: string): Tokens {
  const tokens: Token[] = [];
  const comments: Span[] = [];
  let at = 0;
  const push = (kind: Token['kind'], text: string, start: number, pieces: readonly Piece[] = []): void => {
    tokens.push({ kind, text, place: { start, end: at }, pieces });
  };
  while (at < code.length) {
    if (code.startsWith('/*', at)) {
      const [start, close] = [at, code.indexOf('*/', at + 2)];
      at = close < 0 ? code.length : close + 2;
      comments.push({ start, end: at });
      if (code.slice(start, at).includes('\n') && endsStatement(tokens.at(-1))) push('line', '', start);
      continue;
    }
    pattern.lastIndex = at;
    const found = pattern.exec(code);
    const start = at;
    at += Math.max(1, found?.[0].length ?? 1);
    const { line, comment, raw, text, rune, name, number, mark } = found?.groups ?? {};
    if (line !== undefined && endsStatement(tokens.at(-1))) push('line', '', start);
    if (comment !== undefined) comments.push({ start, end: at });
    else if (raw !== undefined) push('text', '', start, rawPieces(raw, start));
    else if (text !== undefined) push('text', '', start, pieces(text, start));
    else if (mark === ';') push('line', '', start);
    else if (name !== undefined || number !== undefined || rune !== undefined || mark !== undefined) push(name !== undefined ? 'name' : mark === undefined ? 'number' : 'mark', name ?? number ?? mark ?? '0', start);
  }
  push('line', '', at);
  push('end', '', at);
  return { tokens, comments };
}

function endsStatement(token: Token | undefined): boolean {
  return token !== undefined && (/^(?:name|number|text)$/.test(token.kind) || /^(?:\)|\]|\}|\+\+|--)$/.test(token.text));
}

function rawPieces(written: string, start: number): readonly Piece[] {
  const text = written.slice(1, -1);
  return text === '' ? [] : [{ text, place: { start: start + 1, end: start + 1 + text.length } }];
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function pieces(written: string, start: number): readonly Piece[] {
  const found: Piece[] = [];
  for (const { 0: text, index } of written.slice(1, -1).matchAll(/[^\\]+|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)/g)) {
    const place = { start: start + 1 + index, end: start + 1 + index + text.length };
    found.push({ text: text.startsWith('\\') ? unescaped(text.slice(1)) : text, place });
  }
  return found;
}

function unescaped(behind: string): string {
  const code = /^[xuU]([\da-fA-F]+)$/.exec(behind)?.[1];
  const point = code === undefined ? (/^[0-7]{3}$/.test(behind) ? Number.parseInt(behind, 8) : undefined) : Number.parseInt(code, 16);
  if (point === undefined) return letters[behind] ?? behind;
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}
