// Reads a file, but never more of it than is wanted: a pipe or a device may never end.

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

export interface ReadBytes {
  /** Of what is no file: as far as it was read. */
  readonly size: number;
  /** Undefined where there are more than the most that is wanted. */
  readonly bytes: Buffer | undefined;
}

/** Throws what the file system throws. */
export function readBytes(file: string, most: number): ReadBytes {
  const stats = statSync(file);
  if (stats.isFile() && stats.size > most) return { size: stats.size, bytes: undefined };
  const bytes = stats.isFile() ? readFileSync(file) : readStream(file, most);
  return { size: bytes.length, bytes: bytes.length > most ? undefined : bytes };
}

/** No more than its first bytes. Throws what the file system throws. */
export function readBeginning(file: string, most: number): Buffer {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(most);
    return bytes.subarray(0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}

function readStream(file: string, most: number): Buffer {
  const opened = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= most; ) {
      const chunk = Buffer.alloc(CHUNK);
      const count = readSync(opened, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      size += count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(opened);
  }
}

const CHUNK = 65_536;
