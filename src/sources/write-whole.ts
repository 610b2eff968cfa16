// Writes a file whole or not at all, whoever else writes or reads it.

import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** `mode`: of the file that it takes the place of. Throws what the file system throws, and leaves nothing behind. */
export function writeWhole(file: string, content: string | Buffer, mode?: number): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
