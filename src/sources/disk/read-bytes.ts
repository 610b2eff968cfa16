// Reads a file, but never more of it than is wanted: a pipe or a device may never end.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface ReadBytes {
  /** Of what is no file: as far as it was read. */
  readonly size: number;
  /** Undefined where there are more than the most that is wanted. */
  readonly bytes: Buffer | undefined;
}

/** Throws what the file system throws. */
export function readBytes(file: string, most: number): ReadBytes {
  const opened = openSync(file, 'r');
  try {
    const stats = fstatSync(opened);
    if (stats.isFile() && stats.size > most) return { size: stats.size, bytes: undefined };
    // What a file says of its size may be wrong: it grows, or the system makes it up as it is read.
    const bytes = readUpTo(opened, most, stats.isFile() ? stats.size + 1 : CHUNK);
    return { size: bytes.length, bytes: bytes.length > most ? undefined : bytes };
  } finally {
    closeSync(opened);
  }
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

/** All of it, or more than `most` bytes. `expected`: how many bytes there may be. */
function readUpTo(opened: number, most: number, expected: number): Buffer {
  let bytes = Buffer.allocUnsafe(expected);
  let length = 0;
  for (let count = 1; count > 0 && length <= most; length += count) {
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.max(2 * length, CHUNK));
    count = readSync(opened, bytes, length, Math.min(bytes.length - length, CHUNK), null);
  }
  return bytes.subarray(0, length);
}

const CHUNK = 65_536;
