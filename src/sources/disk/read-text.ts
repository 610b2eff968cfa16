// Reads a migration from a disk or a stream. What is no UTF-8 text is a problem with a place, never an exception.

import { isUtf8 } from 'node:buffer';
import { tooMuch, type Limits } from '../../model/limits.ts';
import type { Problem } from '../../parser/parser.ts';
import { foreignBytes, type ForeignBytes } from './foreign-bytes.ts';
import { readBytes } from './read-bytes.ts';

export interface ReadText {
  /** Without a byte order mark; empty where nothing could be read. */
  readonly text: string;
  readonly hasByteOrderMark?: boolean;
  readonly problems: readonly Problem[];
}

export function readText(file: string, { fileSize }: Pick<Limits, 'fileSize'>): ReadText {
  try {
    const { size, bytes } = readBytes(file, fileSize);
    return bytes === undefined ? tooLarge('file', size, fileSize) : decode(bytes);
  } catch (error) {
    return unreadable(
      '',
      0,
      `the file can't be read: ${reasonOf(error)}`,
      'Correct the path or the permissions; nothing of this file was checked',
    );
  }
}

/** What comes from no file. */
export function readInput(bytes: Buffer, { fileSize }: Pick<Limits, 'fileSize'>): ReadText {
  return bytes.length > fileSize ? tooLarge('input', bytes.length, fileSize) : decode(bytes);
}

/** Nothing but white space. */
export function isBlank(bytes: Buffer): boolean {
  return bytes.toString('utf8').trim() === '';
}

/** A file that nobody named, and that is not where it seems to be. */
export function strayText(reason: string): ReadText {
  return unreadable('', 0, reason, 'Nothing of it was checked: to lint it, name this very file');
}

function tooLarge(what: 'file' | 'input', size: number, largest: number): ReadText {
  const of = what === 'file' ? 'of a file' : 'of it';
  const message = `the ${what} ${tooMuch(size, largest)} ${of} are read`;
  const help = 'Nothing of it was checked: split the file, or raise "limits: { file-size: … }" in .pgmigrate-lint.yml';
  return { text: '', problems: [{ rule: 'oversized-input', span: { start: 0, end: 0 }, message, help }] };
}

/** A file of which it is known that it holds something else than SQL. */
export function foreignText({ message, help }: ForeignBytes): ReadText {
  return unreadable('', 0, message, help);
}

function decode(bytes: Buffer): ReadText {
  const foreign = isUtf8(bytes) && !bytes.includes(0) ? undefined : foreignBytes(bytes);
  if (foreign) return foreignText(foreign);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const before = UNREADABLE.test(text.slice(0, nul)) ? '' : text.slice(0, nul);
    return unreadable(before, before.length, 'this is a binary file: it holds a NUL byte', 'Write the migration as UTF-8 text');
  }
  if (isUtf8(bytes)) return { text, problems: [], hasByteOrderMark: bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) };
  const at = Math.max(0, text.indexOf('\uFFFD'));
  const problem: Problem = {
    rule: 'unreadable-file',
    span: { start: at, end: at + 1 },
    message: 'the file is not valid UTF-8 from here on',
    help: 'Save the file as UTF-8; PostgreSQL refuses these bytes as well',
  };
  return { text, problems: [problem] };
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** What no text has in it. */
const UNREADABLE = /[\x01-\x08\x0e-\x1f\x7f\ufffd]/;

function unreadable(before: string, at: number, message: string, help: string): ReadText {
  return { text: before, problems: [{ rule: 'unreadable-file', span: { start: at, end: at }, message, help }] };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOENT: 'it is gone',
  ELOOP: 'its links go round in a circle',
};

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code || String(error));
}
