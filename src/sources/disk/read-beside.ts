// Files that lie beside the configuration, or that it names, and itself.

import { existsSync } from 'node:fs';
import { tooMuch } from '../../model/limits.ts';
import { UserError } from '../../model/user-error.ts';
import { readBytes, type ReadBytes } from './read-bytes.ts';

/** Undefined where there is none. `name`: what errors show. */
export function readIfThere(file: string, name: string): string | undefined {
  return existsSync(file) ? readNamed(file, name) : undefined;
}

/** `most`: bytes. Throws a `UserError` where it can't be read, or has more. */
export function readNamed(file: string, name: string, what = 'file', most = 100_000_000): string {
  const { size, bytes } = readOrExplain(file, `the ${what} "${name}"`, most);
  if (bytes === undefined) throw new UserError(`the ${what} "${name}" ${tooMuch(size, most)} are read`);
  return bytes.toString('utf8');
}

function readOrExplain(file: string, subject: string, most: number): ReadBytes {
  try {
    return readBytes(file, most);
  } catch {
    throw new UserError(`${subject} can't be read`);
  }
}
