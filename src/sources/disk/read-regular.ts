// Reads a file that has to be one: of a pipe or a device nobody knows when it ends, or whether it ever begins.

import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

export type RegularFile =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'larger'; readonly size: number }
  /** `it is a pipe or a device, and no file` */
  | { readonly kind: 'refused'; readonly reason: string };

/** What is opened is looked at, and not what lay there before. Throws what the file system throws. */
export function readRegular(file: string, most: number): RegularFile {
  const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile()) return { kind: 'refused', reason: kindOf(stats) };
    if (stats.size > most) return { kind: 'larger', size: stats.size };
    return upTo(opened, most);
  } finally {
    closeSync(opened);
  }
}

function kindOf(stats: Stats): string {
  return stats.isDirectory() ? 'it is a directory' : 'it is a pipe or a device, and no file';
}

/** The size of what the system makes up is 0, whatever stands in it. */
function upTo(opened: number, most: number): RegularFile {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size <= most) {
    const chunk = Buffer.alloc(CHUNK);
    const count = readSync(opened, chunk);
    if (count === 0) return { kind: 'read', bytes: Buffer.concat(chunks) };
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return { kind: 'larger', size };
}

const CHUNK = 65_536;
