// What keeps a file out of the transaction that its tool opens: a line at its head, or a word on a line that is there.

import type { SqlFile } from '../framework.ts';
import type { Marking } from './authoring.ts';

/** Lines of their own before all others. */
export function lineAtHead(...lines: readonly string[]): (file: SqlFile) => Marking {
  return ({ text }) => ({ edits: [{ span: { start: 0, end: 0 }, text: lines.map((line) => line + (text.includes('\r\n') ? '\r\n' : '\n')).join('') }], files: [] });
}

/** Another file in its folder. */
export function fileBeside(name: string, content: string): (file: SqlFile, path: string) => Marking {
  return (_, path) => ({ edits: [], files: [{ path: path.slice(0, path.lastIndexOf('/') + 1) + name, text: content, isMigration: false }] });
}

/** Another file that is called as it is, with an ending more. */
export function fileCalledAlike(ending: string, content: string): (file: SqlFile, path: string) => Marking {
  return (_, path) => ({ edits: [], files: [{ path: path + ending, text: content, isMigration: false }] });
}

/** Behind what the pattern finds first, on its line. */
export function wordBehind(pattern: RegExp, word: string): (file: SqlFile) => Marking {
  return ({ text }) => {
    const found = pattern.exec(text);
    const end = found === null ? 0 : found.index + found[0].length;
    return { edits: found === null ? [] : [{ span: { start: end, end }, text: word }], files: [] };
  };
}
