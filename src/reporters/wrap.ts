// Breaks a sentence into lines of a terminal.

import { displayWidth } from './display-width.ts';

/** Lines of at most `width` columns, the first behind `first`, the others behind as many spaces; a longer word stays whole. */
export function wrap(text: string, width: number, first = ''): string[] {
  const indent = ' '.repeat(displayWidth(first));
  const lines: string[] = [];
  let line = first;
  let column = indent.length;
  let isEmpty = true;
  const words = text.split(' ');
  const begins = beginningsOf(words);
  for (const [index, word] of words.entries()) {
    const wordWidth = displayWidth(word);
    if (!isEmpty && begins[index] === true && column + 1 + wordWidth > width) {
      lines.push(line);
      line = indent;
      column = indent.length;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    column += isEmpty ? wordWidth : 1 + wordWidth;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Which words a line may begin with: none that GitHub would take for a command, whatever white space stands before it. */
function beginningsOf(words: readonly string[]): readonly boolean[] {
  let isHarmless = true;
  return words.map((_, index) => {
    const word = words.at(-1 - index) ?? '';
    return (isHarmless = word.trim() === '' ? isHarmless : !/^\s*::/.test(word));
  }).toReversed();
}
