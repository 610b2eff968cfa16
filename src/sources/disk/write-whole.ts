// Writes a file whole or not at all, whoever else writes or reads it.

import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Of a file that is not whole yet, behind the name that it will have. */
export const temporaryEnding = '.tmp';

/**
 * `mode`: of the file that it takes the place of. Throws what the file system throws, and leaves nothing behind: who interrupts us
 * meanwhile is not heard.
 */
export function writeWhole(file: string, content: string | Buffer, mode?: number): void {
  process.on('SIGINT', dontHear).on('SIGTERM', dontHear);
  try {
    writeAndRename(file, content, mode);
  } finally {
    process.off('SIGINT', dontHear).off('SIGTERM', dontHear);
  }
}

function dontHear(): void {}

function writeAndRename(file: string, content: string | Buffer, mode: number | undefined): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}${temporaryEnding}`;
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
