// SQL files of a tool that is not known, with a way up and a way down below lines of the same kind: `-- ==== UP ====` and `-- ==== DOWN ====`.

import type { TransactionMode } from '../../model/migration.ts';
import { cutAtLines, uncut } from './files/cut.ts';
import type { Cut, Framework, SqlFile } from './framework.ts';
import { plain } from './plain.ts';

export const inSections: Framework = { ...plain, cut };

export function hasSections(text: string): boolean {
  return downLineIn(text) >= 0;
}

/** Where the first line stands that begins a way down; -1 where none does, or nothing says what is the way up. */
export function downLineIn(text: string): number {
  const lines = headingsIn(text);
  return lines === undefined ? -1 : text.search(lines.down);
}

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const lines = headingsIn(file.text);
  return lines ? cutAtLines(file, lines, { up: transaction, down: transaction }) : uncut(file, transaction);
}

/** The first line that says no more than "up", and its counterpart. */
function headingsIn(text: string): { readonly up: RegExp; readonly down: RegExp } | undefined {
  const heading = /^[ \t]*--[^\w\n]{0,20}(?:[\w-]{1,20}[ :]{1,3})?up[^\w\n]{0,20}$/im.exec(text)?.[0].trim();
  return heading === undefined ? undefined : { up: lineOf(heading), down: lineOf(heading.replace(/up(?=\W*$)/i, downLike)) };
}

function downLike(word: string): string {
  if (word === 'UP') return 'DOWN';
  return word === 'Up' ? 'Down' : 'down';
}

function lineOf(line: string): RegExp {
  return new RegExp(`^[ \\t]*${line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}[ \\t]*\\r?$`, 'gm');
}
