// What keeps a file out of the transaction that its tool opens: a line at its head, or a word on a line that is there.

import type { SqlFile } from '../framework.ts';
import type { Marking } from './authoring.ts';

/** A line of its own before all others. */
export function lineAtHead(line: string): (file: SqlFile) => Marking {
  return ({ text }) => ({ edits: [{ span: { start: 0, end: 0 }, text: line + (text.includes('\r\n') ? '\r\n' : '\n') }], files: [] });
}

/** Behind what the pattern finds first, on its line. */
export function wordBehind(pattern: RegExp, word: string): (file: SqlFile) => Marking {
  return ({ text }) => {
    const found = pattern.exec(text);
    const end = found === null ? 0 : found.index + found[0].length;
    return { edits: found === null ? [] : [{ span: { start: end, end }, text: word }], files: [] };
  };
}
