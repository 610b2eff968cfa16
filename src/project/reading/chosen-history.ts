// A history that was found, with what holds for it, as it will be read.

import { dirname, resolve } from 'node:path';
import type { History } from '../../engine/parsed-migration.ts';
import type { Limits } from '../../model/limits.ts';
import { Directory } from '../../sources/disk/directory.ts';
import type { MigrationFile, MigrationHistory } from '../../sources/migrations/find-migrations.ts';
import type { GitChanges } from '../../sources/git.ts';
import { readInput, readText, strayText, type ReadText } from '../../sources/disk/read-text.ts';
import { strayReason } from '../../sources/disk/stray-file.ts';
import type { Input, Reading } from './migrations-in.ts';
import type { HistorySettings } from '../settings/settings.ts';
import { gapNotes } from './gaps.ts';
import { deployedNotes, isSkipped, skippedNotes, strayNotes } from './skipped.ts';

/** Without the files that are none of its migrations. */
export interface ChosenHistory extends MigrationHistory {
  readonly settings: HistorySettings;
  /** The dump that it starts from. */
  readonly dump: string | undefined;
  readonly notes: readonly string[];
}

export function chosen(
  history: MigrationHistory,
  settingsFor: (file: string) => HistorySettings,
  dumpAt: (settings: HistorySettings) => string | undefined,
): ChosenHistory {
  const { file } = history.files.find(({ linted, isDeployed }) => linted || isDeployed) ?? history.files[0] ?? { file: history.root.path };
  const settings = settingsFor(file);
  if (history.files.every(({ linted }) => !linted)) {
    return { ...history, settings, dump: undefined, files: [], notes: deployedNotes(history.files, settings.startAfter) };
  }
  const dump = dumpAt(settings);
  const skips = (one: MigrationFile): boolean => one.file === dump || isSkipped(one, settings.down);
  return {
    ...history,
    settings,
    dump,
    files: history.files.filter((one) => !skips(one)),
    notes: [
      ...skippedNotes(history.files.filter((one) => one.linted && skips(one)), history.framework, dump),
      ...strayNotes(history.files.filter((one) => !skips(one)), history.framework),
      ...gapNotes(history.files),
    ],
  };
}

export function readingOf({ settings, framework, root }: ChosenHistory, limits: Limits): Reading {
  return { ...settings, framework, isNamed: settings.framework !== undefined, root, limits };
}

/** What the configuration says wins over what the tool's own configuration says. */
export function inForce({
  settings: { settings, newTables, stated },
  framework,
  root,
}: Pick<ChosenHistory, 'settings' | 'framework' | 'root'>): Pick<History, 'settings' | 'newTables' | 'version' | 'versionSource'> {
  return { settings: new Map([...(framework.settings?.(root) ?? []), ...settings]), newTables, ...stated() };
}

/** Where the texts of files come from: an editor, what is staged, or the disk. */
export interface Texts {
  readonly cwd: string;
  readonly changes: GitChanges;
  readonly stdin?: { readonly bytes: Buffer; readonly path: string | undefined } | undefined;
  readonly limits: Limits;
  /** Files that nobody named are read below it. */
  readonly project: string;
  /** A person wrote the name of this very file. */
  readonly isNamed: (file: string) => boolean;
}

export function inputOf({ file, path, linted, role, code, deployedUpTo }: MigrationFile, texts: Texts): Input {
  const directory = new Directory(dirname(file));
  if (code) return { read: nothing, path, linted, role, directory, code };
  const before = (): string | undefined => {
    const old = linted ? texts.changes.before(file) : undefined;
    return old && readInput(old, texts.limits).text;
  };
  return { read: textOf(file, texts), path, linted, role, directory, before, deployedUpTo };
}

const nothing: ReadText = { text: '', problems: [] };

function textOf(file: string, { cwd, changes, stdin, limits, project, isNamed }: Texts): ReadText {
  const isUnsaved = stdin?.path !== undefined && resolve(cwd, stdin.path) === file;
  const bytes = isUnsaved ? stdin.bytes : changes.staged(file);
  if (bytes) return readInput(bytes, limits);
  const stray = isNamed(file) ? undefined : strayReason(file, project);
  return stray === undefined ? readText(file, limits) : strayText(stray);
}
