// Where a report goes: to standard output, or to a file that is written whole or not at all.

import { accessSync, constants, realpathSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { writeWhole } from '../sources/disk/write-whole.ts';
import type { Terminal } from './terminal.ts';

/** `file`: undefined for standard output. Throws a `UserError` for one that can't be written. */
export function deliver(text: string, file: string | undefined, { cwd, out }: Pick<Terminal, 'cwd' | 'out'>): void {
  if (file === undefined) return out(text);
  try {
    write(resolve(cwd, file), text);
  } catch (error) {
    if (isUnheard(error)) return;
    throw new UserError(`"${file}" can't be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where who reads has gone away, as behind `json=/dev/stdout | head`, the verdict stands. */
function isUnheard(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** A pipe or a device can't be put in place of another; it is written to. */
function write(file: string, text: string): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old === undefined) putInPlace(file, text, undefined);
  else if (old.isFile()) putInPlace(realpathSync(file), text, old);
  else writeFileSync(file, text);
}

function putInPlace(file: string, text: string, old: Stats | undefined): void {
  if (old) accessSync(file, constants.W_OK);
  writeWhole(file, text, old?.mode);
}
