// Lines and white space as programs in Go see them. Source: bufio.ScanLines, strings.TrimSpace, strings.Fields.

import type { Span } from '../../../text/span.ts';
import { trimBy } from '../../../text/trim.ts';

/** Cut at line feeds alone; a carriage return before one is no part of the line. */
export function* goLines(text: string): Generator<Span> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield { start, end: text[end - 1] === '\r' && end > start ? end - 1 : end };
    start = end + 1;
  }
}

const space = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const isSpace = new RegExp(space);
const between = new RegExp(`${space}+`);

export function goTrim(text: string): string {
  return trimBy(text, isSpace);
}

export function goFields(text: string): readonly string[] {
  return text.split(between).filter((field) => field !== '');
}

/** goose and sql-migrate end a statement where a line ends with a semicolon, comments aside. */
export function endsWithSemicolon(line: string): boolean {
  const words = goFields(line);
  const comment = words.findIndex((word) => word.startsWith('--'));
  return (comment < 0 ? words.at(-1) : words[comment - 1])?.endsWith(';') === true;
}
