// What cures change on the disk: files that are edited, and files that are new; all of it or nothing.

import { chmodSync, constants, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Rename } from '../../model/cure.ts';
import { UserError } from '../../model/user-error.ts';
import { temporaryEnding } from '../../sources/disk/write-whole.ts';
import { targetOf } from '../../sources/disk/inside.ts';
import { textAt, type Manuscript } from './documents.ts';

export interface FileChange {
  /** As reports show it. */
  readonly path: string;
  /** Undefined: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** `texts`: what was read of each file. */
export function changesIn(manuscripts: readonly Manuscript[], texts: ReadonlyMap<string, string>): readonly FileChange[] {
  return manuscripts.flatMap((manuscript) => [
    ...manuscript.checked.flatMap(({ document: { path, text, isMade } }): FileChange[] => {
      if (isMade) return [{ path, before: undefined, after: text }];
      const before = texts.get(path);
      return before === undefined || before === text ? [] : [{ path, before, after: text }];
    }),
    ...Array.from(manuscript.beside, ([place, after]): FileChange => ({ path: manuscript.workshop.shown(place), before: unmarked(textAt(place, manuscript)), after: unmarked(after) })),
  ]);
}

function unmarked(text: string): string {
  return text.replace(/^\ufeff/, '');
}

/** What was read of a file has no byte order mark: the file keeps it. `bytesOf`: what is there, by the path that reports show. */
export function withMarks(changes: readonly FileChange[], bytesOf: (path: string) => Buffer): readonly FileChange[] {
  return changes.map((change) => {
    const { path, before, after } = change;
    const hasMark = before !== undefined && bytesOf(path).subarray(0, 3).equals(byteOrderMark);
    return hasMark ? { path, before: `\ufeff${before}`, after: `\ufeff${after}` } : change;
  });
}

const byteOrderMark = Buffer.from('\ufeff');

/** Throws a `UserError` before anything is written, or takes back what was. Who interrupts us meanwhile is not heard. */
export function writeAll(changes: readonly FileChange[], cwd: string, renames: readonly Rename[] = []): void {
  const undone: (() => void)[] = [];
  process.on('SIGINT', dontHear).on('SIGTERM', dontHear);
  try {
    const ready = changes.map((change) => prepare(change, cwd, undone));
    for (const put of ready) undone.push(put());
    for (const { from, to } of renames) undone.push(move(resolve(cwd, from), resolve(cwd, to), cwd));
  } catch (error) {
    for (const undo of undone.toReversed()) undo();
    throw new UserError(`nothing was written: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    process.off('SIGINT', dontHear).off('SIGTERM', dontHear);
  }
}

function dontHear(): void {}

/** Writes the text beside its place. Returns what puts it there, and that what takes it away again. */
function prepare({ path, before, after }: FileChange, cwd: string, undone: (() => void)[]): () => () => void {
  const file = resolve(cwd, path);
  if (before === undefined && existsSync(file)) throw new Error(`"${path}" is there already`);
  if (before !== undefined && readFileSync(file, 'utf8') !== before) throw new Error(`"${path}" has changed since it was read`);
  const folder = dirname(file);
  refuseLink(folder, cwd);
  const made = mkdirSync(folder, { recursive: true });
  if (made !== undefined) undone.push(() => rmSync(made, { recursive: true, force: true }));
  const temporary = `${file}.${randomBytes(6).toString('hex')}${temporaryEnding}`;
  writeFileSync(temporary, after, { flag: 'wx' });
  undone.push(() => rmSync(temporary, { force: true }));
  if (before === undefined) {
    return () => {
      putNew(temporary, file);
      return () => rmSync(file, { force: true });
    };
  }
  const { mode } = statSync(file);
  chmodSync(temporary, mode);
  return () => {
    renameSync(temporary, file);
    return () => writeFileSync(file, before);
  };
}

/** Returns what moves it back. A folder that nothing is left in goes too. */
function move(from: string, to: string, cwd: string): () => void {
  if (existsSync(to)) throw new Error(`"${to}" is there already`);
  refuseLink(dirname(to), cwd);
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  if (dirname(from) !== dirname(to) && readdirSync(dirname(from)).length === 0) rmdirSync(dirname(from));
  return () => {
    mkdirSync(dirname(from), { recursive: true });
    renameSync(to, from);
    if (dirname(from) !== dirname(to) && readdirSync(dirname(to)).length === 0) rmdirSync(dirname(to));
  };
}

/** Throws where anything has come there meanwhile. Not every file system has hard links. */
function putNew(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (existsSync(file)) throw error;
    copyFileSync(temporary, file, constants.COPYFILE_EXCL);
  }
  rmSync(temporary, { force: true });
}

/** A link of the project would choose where a file of ours goes. */
function refuseLink(folder: string, cwd: string): void {
  const below = relative(cwd, folder);
  const there = below === '..' || below.startsWith(`..${sep}`) ? undefined : resolve(targetOf(cwd) ?? cwd, below);
  if (there !== undefined && targetOf(folder) !== there) throw new Error(`a symbolic link leads to "${folder}"`);
}
