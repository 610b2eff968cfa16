// A statement that is too large for a parser: it is not given to one.

import { tooMuch } from '../model/limits.ts';
import type { Span } from '../text/span.ts';
import { utf8Length } from '../text/utf8-length.ts';
import type { Problem } from './parser.ts';

/** `largest` counts bytes. Undefined: it is small enough. */
export function oversized(text: string, { start, end }: Span, largest: number): Problem | undefined {
  if ((end - start) * WIDEST <= largest) return undefined;
  const size = utf8Length(text.slice(start, end));
  if (size <= largest) return undefined;
  return {
    rule: 'oversized-input',
    span: { start, end },
    message: `the statement ${tooMuch(size, largest)} of a statement are read`,
    help: 'It was not checked: split it, or raise "limits: { statement-size: … }" in .pgmigrate-lint.yml',
  };
}

/** Bytes of UTF-8 that a UTF-16 code unit can need. */
const WIDEST = 3;
