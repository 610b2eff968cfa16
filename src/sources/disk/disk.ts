// What detection asks a disk, or whatever is like one: a commit of git.

import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { readBytes } from './read-bytes.ts';

/** All paths are absolute. Nothing is thrown: what can't be read is not there. */
export interface Disk {
  /** What lies in a folder, in any order. */
  readonly entriesIn: (path: string) => readonly DiskEntry[];
  readonly exists: (path: string) => boolean;
  /** Undefined where there is no such file. */
  readonly textOf: (path: string) => string | undefined;
  /** The first 64 kB of a file; empty where it can't be read. */
  readonly beginningOf: (path: string) => string;
}

export interface DiskEntry {
  readonly name: string;
  /** A link to one is none. */
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

export const localDisk: Disk = { entriesIn, exists: existsSync, textOf, beginningOf };

/** In bytes: nothing that tells of a tool is larger. */
const LARGEST = 16 * 1024 * 1024;

export const BEGINNING = 65_536;

function entriesIn(path: string): readonly DiskEntry[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory(), isLink: entry.isSymbolicLink() }));
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= LARGEST ? readBytes(path, LARGEST).bytes?.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}

function beginningOf(path: string): string {
  try {
    if (!statSync(path).isFile()) return '';
    const opened = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(BEGINNING);
      return bytes.toString('utf8', 0, readSync(opened, bytes)).replace(/^\uFEFF/, '');
    } finally {
      closeSync(opened);
    }
  } catch {
    return '';
  }
}
