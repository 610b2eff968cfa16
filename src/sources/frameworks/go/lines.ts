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

const spaces = String.raw`\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const space = `[${spaces}]`;
const isSpace = new RegExp(space);
const between = new RegExp(`${space}+`);

export function goTrim(text: string): string {
  return trimBy(text, isSpace);
}

export function goFields(text: string): readonly string[] {
  return text.split(between).filter((field) => field !== '');
}

/** Where goose and sql-migrate end a statement: at a semicolon that ends a line, comments aside; undefined where the line has none. */
export function semicolonAtEnd(text: string, line: Span): Span | undefined {
  const words = text.slice(line.start, line.end);
  const comment = words.search(beginsComment);
  const end = trimEnd(comment < 0 ? words : words.slice(0, comment)).length;
  const at = line.start + end - 1;
  return words[end - 1] === ';' ? { start: at, end: at + 1 } : undefined;
}

const beginsComment = new RegExp(`(?<![^${spaces}])--`);

function trimEnd(text: string): string {
  return goTrim(`.${text}`).slice(1);
}
