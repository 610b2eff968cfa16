// The arguments of one of psql's commands, as psql cuts them. Source: src/bin/psql/psqlscanslash.l.

import type { Span } from './span.ts';

/** `variable`: `:x`, `:'x'` or `:"x"`, by its quote · `test`: `:{?x}` · `program`: what stands in backticks. */
export type ArgumentPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly quote: string }
  | { readonly kind: 'test'; readonly name: string }
  | { readonly kind: 'program' };

/** What stands together without space. */
export type Argument = readonly ArgumentPiece[];

export interface ArgumentList extends Span {
  readonly items: readonly Argument[];
  /** A pipe to a program takes the rest of the line. */
  readonly hasPipe: boolean;
}

/** From behind a command's name, up to the next backslash or to `end`, that of the line. `mayPipe`: an argument may begin with a pipe. */
export function argumentsIn(text: string, start: number, end: number, mayPipe: boolean): ArgumentList {
  const items: Argument[] = [];
  let at = start;
  for (;;) {
    while (at < end && SPACE.includes(text.charAt(at))) at += 1;
    if (at >= end || text[at] === '\\') return { start, end: at, items, hasPipe: false };
    if (mayPipe && text[at] === '|') return { start, end, items, hasPipe: true };
    const argument = argumentAt(text, at, end);
    // psql drops an argument whose quote is open, and the line with it
    if (argument.isOpen) return { start, end, items, hasPipe: false };
    items.push(argument.pieces);
    at = argument.end;
  }
}

const SPACE = ' \t\r\f\v';

interface ScannedArgument {
  readonly pieces: Argument;
  readonly end: number;
  readonly isOpen: boolean;
}

function argumentAt(text: string, start: number, end: number): ScannedArgument {
  const pieces: ArgumentPiece[] = [];
  let plain = '';
  let at = start;
  const take = (piece: ArgumentPiece): void => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    plain = '';
    pieces.push(piece);
  };
  while (at < end) {
    const character = text.charAt(at);
    if (SPACE.includes(character) || character === '\\') break;
    const reference = character === ':' ? referenceAt(text, at, end) : undefined;
    const quoted = isQuote(character) ? quotedAt(text, at, end) : undefined;
    if (quoted && quoted.end > end) return { pieces, end, isOpen: true };
    if (reference) take(reference.piece);
    else if (quoted && character === '`') take({ kind: 'program' });
    else plain += quoted ? quoted.text : character;
    at = reference?.end ?? quoted?.end ?? at + 1;
  }
  if (plain !== '' || pieces.length === 0) pieces.push({ kind: 'text', text: plain });
  return { pieces, end: at, isOpen: false };
}

function isQuote(character: string): boolean {
  return character === "'" || character === '"' || character === '`';
}

const REFERENCE = /:(?:(['"]?)([A-Za-z0-9_\u0080-\uffff]{1,200})\1|\{\?([A-Za-z0-9_\u0080-\uffff]{1,200})\})/y;

function referenceAt(text: string, start: number, end: number): { readonly piece: ArgumentPiece; readonly end: number } | undefined {
  REFERENCE.lastIndex = start;
  const [whole = '', quote = '', name, tested] = REFERENCE.exec(text) ?? [];
  if (whole === '' || start + whole.length > end) return undefined;
  const piece: ArgumentPiece = name === undefined ? { kind: 'test', name: tested ?? '' } : { kind: 'variable', name, quote };
  return { piece, end: start + whole.length };
}

/** With what it says; its end lies behind `end` where it is open. */
function quotedAt(text: string, start: number, end: number): { readonly text: string; readonly end: number } {
  const quote = text.charAt(start);
  let said = quote === '"' ? quote : '';
  let at = start + 1;
  while (at < end) {
    const character = text.charAt(at);
    if (quote === "'" && character === '\\') {
      const [whole, value] = escapeAt(text, at);
      said += value;
      at += whole.length;
    } else if (character !== quote) {
      said += character;
      at += 1;
    } else if (quote === "'" && text[at + 1] === quote && at + 1 < end) {
      said += quote;
      at += 2;
    } else return { text: quote === '"' ? said + quote : said, end: at + 1 };
  }
  return { text: said, end: end + 1 };
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([^]?))/y;
const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', r: '\r', f: '\f' };

function escapeAt(text: string, at: number): readonly [string, string] {
  ESCAPE.lastIndex = at;
  const [whole = '\\', octal, hexadecimal, letter = ''] = ESCAPE.exec(text) ?? [];
  if (octal !== undefined) return [whole, String.fromCharCode(Number.parseInt(octal, 8) & 0xff)];
  if (hexadecimal !== undefined) return [whole, String.fromCharCode(Number.parseInt(hexadecimal, 16))];
  return [whole, letters[letter] ?? letter];
}
