// A text line by line.

import type { Span } from './span.ts';

/** Without their line breaks: `\n`, `\r\n` or `\r`. */
export function* linesIn(text: string): Generator<Span, undefined> {
  const lineBreak = /\r\n|\n|\r/g;
  let start = 0;
  for (let match = lineBreak.exec(text); match !== null; match = lineBreak.exec(text)) {
    yield { start, end: match.index };
    start = lineBreak.lastIndex;
  }
  yield { start, end: text.length };
  return undefined;
}
