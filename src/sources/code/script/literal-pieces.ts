// The pieces of a text that stands in a literal: what is written as it is, and escapes.

import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';

/** `\n`, `\x41`, `\u{1F600}`, the end of a line that goes on, any other character behind a backslash; and line ends, which are all `\n`. */
const escape = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[0-7]{1,3}|[^])|\r\n?/g;

/** `written`: between its quotes. `start`: where that is in the code. */
export function literalPieces(written: string, start: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const plain = (end: number): void => {
    if (end > from) pieces.push({ text: written.slice(from, end), place: spanAt(start, from, end) });
  };
  for (const { 0: found, index } of written.matchAll(escape)) {
    plain(index);
    from = index + found.length;
    const text = found.startsWith('\\') ? unescaped(found.slice(1)) : '\n';
    if (text !== '') pieces.push({ text, place: spanAt(start, index, from) });
  }
  plain(written.length);
  return pieces;
}

function spanAt(start: number, from: number, end: number): Span {
  return { start: start + from, end: start + end };
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '\n': '', '\r\n': '', '\r': '', '\u2028': '', '\u2029': '' };

/** Of what stands behind the backslash. */
function unescaped(written: string): string {
  const code = /^(?:u\{(?<point>[0-9a-fA-F]+)\}|[ux](?<unit>[0-9a-fA-F]{2,4}))$/.exec(written)?.groups;
  if (code) return pointOf(Number.parseInt(code['point'] ?? code['unit'] ?? '', 16));
  if (/^[0-7]+$/.test(written)) return pointOf(Number.parseInt(written, 8));
  return letters[written] ?? written;
}

function pointOf(point: number): string {
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}
