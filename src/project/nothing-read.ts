// A run that reads nothing of what it was asked to read is a mistake of the call, never a clean result.

import { UserError } from '../model/user-error.ts';
import { titleOf } from '../sources/code/code-tool.ts';
import { isBlank, type ReadText } from '../sources/disk/read-text.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import type { MigrationHistory } from '../sources/migrations/migration-history.ts';
import { list, listSome } from '../text/list.ts';
import type { ChosenHistory } from './reading/chosen-history.ts';
import type { Tally } from './reading/tally.ts';
import type { Site } from './site.ts';

/** Whatever should have written into the pipe has failed, or has written elsewhere. */
export function refuseEmptyInput({ texts: { stdin, limits } }: Site): void {
  if (stdin === undefined || stdin.bytes.length > limits.fileSize || !isBlank(stdin.bytes)) return;
  throw new UserError('standard input is empty, so nothing was read; did the command before the pipe print its SQL?');
}

/** What paths lead to. */
export interface Found {
  readonly histories: readonly MigrationHistory[];
  readonly asked: Asked;
}

/** Absolute paths of all that was asked for, be it new or not; and of what git can say nothing of. */
export interface Asked {
  readonly files: string[];
  readonly unknown: string[];
  /** Folders that were looked into and hold what was asked for, with the endings of the files that their tool runs beside `.sql`. */
  readonly folders: Map<string, readonly string[]>;
}

/** What a run is about. */
interface Chosen {
  readonly histories: readonly ChosenHistory[];
  readonly texts: readonly ReadText[];
  readonly notes: readonly string[];
}

/** An empty migration is fine, and so is a branch that brings none, and one whose migrations are all deployed. */
export function refuseNothing(paths: readonly string[], { histories, asked }: Found, choice: Chosen, site: Site): void {
  const isRead = choice.texts.length > 0 || choice.histories.some(({ files }) => files.some(({ linted }) => linted));
  if (isRead) return;
  if (asked.unknown.length > 0 && asked.unknown.length === asked.files.length) {
    throw new UserError(`${gitIgnores(asked.unknown, site)}: ${site.options.staged ? '--staged' : '--since'} can't say what is new there`);
  }
  const wanted = histories.flatMap(({ files }) => files.filter(({ linted, isDeployed }) => linted || isDeployed));
  const areAllKnown = wanted.every((file) => file.isDeployed || (file.role !== 'up' && site.texts.isNamed(file.file)));
  if (!areAllKnown) throw new UserError(`there is no migration ${placeInWords(paths)}: ${choice.notes.join('; ')}`);
}

/**
 * Why nothing could be read of what is linted; undefined where something was. A branch that brings nothing but code is fine: its
 * findings say what was not read.
 */
export function whyUnread({ histories }: Pick<Chosen, 'histories'>, tallies: readonly Tally[], { options: { since, staged } }: Site): string | undefined {
  const sum = (count: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + count(tally), 0);
  const [linted, unreadable, inCode] = [sum((one) => one.linted), sum((one) => one.unreadable), sum((one) => one.inCode)];
  if (linted === 0 || unreadable + inCode < linted) return undefined;
  if (unreadable > 0) return linted === 1 ? "nothing was read: the only file can't be" : `nothing was read: none of ${linted} files can be`;
  if (since !== undefined || staged === true) return undefined;
  const tools = new Set(histories.flatMap(({ files }) => files.flatMap((file) => (file.linted && file.code ? [titleOf(file.code)] : []))));
  return `nothing was read: ${linted === 1 ? 'the only migration is' : `all ${linted} migrations are`} code of ${list([...tools])}`;
}

function placeInWords(paths: readonly string[]): string {
  return paths.length === 0 ? 'where they were looked for' : `in ${list(paths.map((path) => `"${path}"`))}`;
}

/** What is new in folders that git knows nothing of is not linted by `--since` and `--staged`. */
export function notesOnGit(unknown: readonly string[], site: Site): string[] {
  return unknown.length === 0 ? [] : [`${gitIgnores(unknown, site)}, so what is new there is not linted`];
}

function gitIgnores(files: readonly string[], { options: { cwd } }: Site): string {
  const it = files.length === 1 ? 'it' : 'them';
  return `git ignores ${listSome(files.map((file) => displayPath(file, cwd)))}, or keeps ${it} in another repository`;
}
