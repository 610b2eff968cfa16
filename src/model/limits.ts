// How much of a project is read at most, so that no input can use up memory or time.

import { printSize } from './table-sizes.ts';

export interface Limits {
  /** Bytes of a file, or of standard input. */
  readonly fileSize: number;
  /** Bytes of one statement. A tree is hundreds of times as large as its text. */
  readonly statementSize: number;
  /** Of a file; all that is true behind each of them is kept. */
  readonly changes: number;
}

/** Bytes. No string of V8 holds half a gigabyte. */
export const largestFile = 500_000_000;

/** Where nobody says anything, as the configuration writes it. The grammar has no memory for some statements of more than 4 MB. */
export const usualLimits = { 'file-size': '10MB', 'statement-size': '4MB', changes: 10_000 } as const;

/** `has 12 MB, and no more than 10 MB`, in bytes where both look the same. */
export function tooMuch(size: number, largest: number): string {
  const [has, may] = [printSize(size), printSize(largest)];
  return has === may ? `has ${size} bytes, and no more than ${largest} bytes` : `has ${has}, and no more than ${may}`;
}

/** Branches in branches that are told apart: behind deeper ones stands what code leaves that was not read. */
export const deepestBranch = 64;

const MB = 1024 * 1024;

export const defaultLimits: Limits = { fileSize: 10 * MB, statementSize: 4 * MB, changes: 10_000 };
