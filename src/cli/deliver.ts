// Where a report goes: to standard output, or to a file that is written whole or not at all.

import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { isWithin } from '../sources/disk/real-folder.ts';
import { repositoryRoot } from '../sources/disk/repository-path.ts';
import { writeWhole } from '../sources/disk/write-whole.ts';
import type { Terminal } from './terminal.ts';

/** `file`: undefined for standard output. Throws a `UserError` for one that can't be written. */
export function deliver(text: string, file: string | undefined, { cwd, out }: Pick<Terminal, 'cwd' | 'out'>): void {
  if (file === undefined) return out(text);
  try {
    write(insideOrNamed(resolve(cwd, file), cwd), text);
  } catch (error) {
    if (isUnheard(error)) return;
    throw new UserError(`"${file}" can't be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The file, unless a link of the checkout leads out of it: who commits a link chooses no file of ours to write over. */
function insideOrNamed(file: string, cwd: string): string {
  const checkout = repositoryRoot(cwd) ?? cwd;
  const target = realpathSync(existsSync(file) ? file : dirname(file));
  if (!isWithin(file, checkout) || isWithin(target, realpathSync(checkout))) return file;
  throw new Error(`a link leads out of the project there, to ${target}`);
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
