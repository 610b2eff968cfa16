// Breaks a sentence into lines of a terminal.

import { displayWidth } from './display-width.ts';

/** Lines of at most `width` columns, the first behind `first`, the others behind as many spaces; a longer word stays whole. */
export function wrap(text: string, width: number, first = ''): string[] {
  const indent = ' '.repeat(displayWidth(first));
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
