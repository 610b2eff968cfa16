// Files that lie beside the configuration, or that it names, and itself.

import { isUtf8 } from 'node:buffer';
import { lstatSync } from 'node:fs';
import { tooMuch } from '../../model/limits.ts';
import { UserError } from '../../model/user-error.ts';
import { readRegular, type RegularFile } from './read-regular.ts';

/** A link that leads to nothing is there; what lies where nobody may look is not. */
export function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** `name`: what errors show; `most`: bytes. Throws a `UserError` where it can't be read, is no file, is no text, or has more. */
export function readNamed(file: string, name: string, what = 'file', most = 100_000_000): string {
  const read = readOrExplain(file, `the ${what} "${name}"`, most);
  if (read.kind === 'refused') throw new UserError(`the ${what} "${name}" can't be read: ${read.reason}`);
  if (read.kind === 'larger') throw new UserError(`the ${what} "${name}" ${tooMuch(read.size, most)} are read`);
  if (!isUtf8(read.bytes)) throw new UserError(`the ${what} "${name}" is no text in UTF-8: save it as UTF-8`, { path: name, line: 1, column: 1 });
  return read.bytes.toString('utf8');
}

function readOrExplain(file: string, subject: string, most: number): RegularFile {
  try {
    return readRegular(file, most);
  } catch (error) {
    const isAbsent = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
    const reason = isAbsent && isThere(file) ? ': it is a link that leads to nothing' : '';
    throw new UserError(`${subject} can't be read${reason}`);
  }
}
