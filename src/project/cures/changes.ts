// What cures change on the disk: files that are edited, and files that are new; all of it or nothing.

import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, mkdirSync, chmodSync, linkSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { textAt, type Manuscript } from './documents.ts';

export interface FileChange {
  /** As reports show it. */
  readonly path: string;
  /** Undefined: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** `texts`: what was read of each file. What a file begins with that is no text of it, a byte order mark, it keeps. */
export function changesIn(manuscripts: readonly Manuscript[], texts: ReadonlyMap<string, string>): readonly FileChange[] {
  return manuscripts.flatMap((manuscript) => [
    ...manuscript.checked.flatMap(({ document: { path, place, text, isMade } }): FileChange[] => {
      if (isMade) return [{ path, before: undefined, after: text }];
      const before = texts.get(path);
      const mark = textAt(place, manuscript).startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
      return before === undefined || before === text ? [] : [{ path, before: mark + before, after: mark + text }];
    }),
    ...Array.from(manuscript.beside, ([place, after]): FileChange => ({ path: manuscript.workshop.shown(place), before: textAt(place, manuscript), after })),
  ]);
}

const BYTE_ORDER_MARK = '\uFEFF';

/** What the user has to do then. */
export function afterwardsOf(manuscripts: readonly Manuscript[], texts: ReadonlyMap<string, string>): readonly string[] {
  const changed = manuscripts.filter((one) => changesIn([one], texts).length > 0);
  return [...new Set(changed.flatMap(({ workshop }) => workshop.framework.authoring?.afterwards ?? []))];
}

/** Throws a `UserError` before anything is written, or takes back what was. */
export function writeAll(changes: readonly FileChange[], cwd: string): void {
  const undone: (() => void)[] = [];
  try {
    const ready = changes.map((change) => prepare(change, cwd, undone));
    for (const put of ready) undone.push(put());
  } catch (error) {
    for (const undo of undone.toReversed()) undo();
    if (error instanceof UserError) throw error;
    throw new UserError(`nothing was written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Writes the text beside its place. Returns what puts it there, and that what takes it away again. */
function prepare({ path, before, after }: FileChange, cwd: string, undone: (() => void)[]): () => () => void {
  const file = resolve(cwd, path);
  if (before === undefined && existsSync(file)) throw new UserError(`nothing was written: "${path}" is there already`);
  if (before !== undefined && readFileSync(file, 'utf8') !== before) throw new UserError(`nothing was written: "${path}" has changed since it was read`);
  const folder = dirname(file);
  const made = mkdirSync(folder, { recursive: true });
  if (made !== undefined) undone.push(() => rmSync(made, { recursive: true, force: true }));
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, after, { flag: 'wx' });
  undone.push(() => rmSync(temporary, { force: true }));
  if (before === undefined) {
    return () => {
      linkSync(temporary, file);
      rmSync(temporary, { force: true });
      return () => rmSync(file, { force: true });
    };
  }
  chmodSync(temporary, statSync(file).mode);
  return () => {
    renameSync(temporary, file);
    return () => writeFileSync(file, before);
  };
}
