// Files of ours in a folder of ours: regular files, whatever somebody else has put under their names.

import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, rmSync, type Stats } from 'node:fs';
import { join } from 'node:path';

export interface RegularFile {
  readonly bytes: Buffer;
  readonly stats: Stats;
  /** Nanoseconds. It can't be chosen: a file that is copied, unpacked or checked out has another one. */
  readonly changedAt: bigint;
}

/** Undefined for what is no regular file, has more than `most` bytes, or can't be read. */
export function readRegular(file: string, most: number): RegularFile | undefined {
  try {
    if (!lstatSync(file).isFile()) return undefined;
    const opened = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(opened);
      if (!stats.isFile() || stats.size > most) return undefined;
      return { bytes: readWhole(opened, stats.size), stats, changedAt: fstatSync(opened, { bigint: true }).ctimeNs };
    } finally {
      closeSync(opened);
    }
  } catch {
    return undefined;
  }
}

/** As much as it had: one that grows meanwhile has no end. */
function readWhole(descriptor: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let length = 0;
  for (let count = 1; length < size && count > 0; length += count) count = readSync(descriptor, bytes, length, size - length, length);
  return bytes.subarray(0, length);
}

export interface FileInFolder {
  readonly name: string;
  readonly size: number;
  /** Milliseconds. */
  readonly usedAt: number;
}

/** Empty where the folder can't be read. */
export function regularFiles(folder: string, isOurs: (name: string) => boolean): FileInFolder[] {
  return namesIn(folder).filter(isOurs).flatMap((name) => {
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return stats?.isFile() ? [{ name, size: stats.size, usedAt: stats.mtimeMs }] : [];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Nothing else is deleted: no folder, and nothing that a link leads to. */
export function removeRegular(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) rmSync(file, { force: true });
}
