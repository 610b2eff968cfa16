// A history that was found, with what holds for it, as it will be read.

import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import type { History } from '../../engine/parsed-migration.ts';
import type { LeftOutKind } from '../../model/left-out.ts';
import type { Limits } from '../../model/limits.ts';
import { Directory } from '../../sources/disk/directory.ts';
import { dialectFor } from '../../sources/frameworks/dialect.ts';
import type { Framework } from '../../sources/frameworks/framework.ts';
import { withIncludes, type IncludeSite } from '../../sources/includes/included-text.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { MigrationFile, MigrationHistory } from '../../sources/migrations/migration-history.ts';
import type { GitChanges } from '../../sources/git/changes.ts';
import type { CodeTool } from '../../sources/code/code-tool.ts';
import { namedFileOf, type NamedFile } from '../../sources/code/named-file.ts';
import type { ReadCode, Section } from '../../sources/code/reading/code-reading.ts';
import { composedText } from '../../sources/code/reading/composed-text.ts';
import { foreignText, readInput, readText, strayText, type ReadText } from '../../sources/disk/read-text.ts';
import { leadsOut, strayReason } from '../../sources/disk/stray-file.ts';
import type { Input, Reading, ReadMigration } from './migrations-in.ts';
import type { HistorySettings } from '../settings/settings.ts';
import { beginsAsSql } from '../../text/begins-as-sql.ts';
import { SourceText } from '../../text/source-text.ts';
import { gapNotes } from './gaps.ts';
import { wayForward } from './unread-migration.ts';
import { deployedNotes, isSkipped, skippedNotes, strayNotes } from './skipped.ts';

/** Without the files that are none of its migrations. */
export interface ChosenHistory extends MigrationHistory {
  readonly settings: HistorySettings;
  /** The dump that it starts from. */
  readonly dump: string | undefined;
  readonly notes: readonly string[];
  /** Of files that were asked for, those that its tool does not run on the way up, or not on PostgreSQL. */
  readonly leftOut: readonly LeftOutKind[];
}

/** `whyNone`: why a file is no migration, whatever lies beside it. */
export function chosen(
  history: MigrationHistory,
  settingsFor: (file: string) => HistorySettings,
  dumpAt: (settings: HistorySettings) => string | undefined,
  whyNone: (file: MigrationFile) => string | undefined,
): ChosenHistory {
  const { file } = history.files.find(({ linted, isDeployed }) => linted || isDeployed) ?? history.files[0] ?? { file: history.root.path };
  const settings = settingsFor(file);
  if (history.files.every(({ linted }) => !linted)) {
    return { ...history, settings, dump: undefined, files: [], leftOut: [], notes: deployedNotes(history.files, settings.startAfter) };
  }
  const dump = dumpAt(settings);
  const strangers = strangersIn(history.files, (one) => (one.file === dump ? undefined : whyNone(one)));
  const skips = (one: MigrationFile): boolean => one.file === dump || strangers.has(one) || isSkipped(one, settings.down);
  const skipped = history.files.filter((one) => one.linted && skips(one) && !strangers.has(one));
  return {
    ...history,
    settings,
    dump,
    files: history.files.filter((one) => !skips(one)),
    leftOut: skipped.flatMap(({ file, role }) => (file !== dump && (role === 'down' || role === 'elsewhere') ? [role] : [])),
    notes: [
      ...skippedNotes(skipped, history.framework, dump),
      ...Array.from(strangers, ([{ path }, why]) => `${path} is not linted: ${why}`),
      ...strayNotes(history.files.filter((one) => !skips(one)), history.framework),
      ...gapNotes(history.files),
    ],
  };
}

/** Files that were asked for and are no migrations, with the reason. */
function strangersIn(
  files: readonly MigrationFile[],
  whyNone: (file: MigrationFile) => string | undefined,
): ReadonlyMap<MigrationFile, string> {
  const strangers = new Map<MigrationFile, string>();
  for (const file of files) {
    const why = file.linted ? whyNone(file) : undefined;
    if (why !== undefined) strangers.set(file, why);
  }
  return strangers;
}

export function readingOf({ settings, framework, root }: Pick<ChosenHistory, 'settings' | 'framework' | 'root'>, limits: Limits): Reading {
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
  /** Where the configuration lies. */
  readonly configured: string;
  readonly changes: GitChanges | undefined;
  readonly stdin?: { readonly bytes: Buffer; readonly path: string | undefined } | undefined;
  readonly limits: Limits;
  /** Files that nobody named are read below it. */
  readonly project: string;
  /** The caller named this very file. */
  readonly isOnCommandLine: (file: string) => boolean;
  /** The caller or the configuration named it. */
  readonly isNamed: (file: string) => boolean;
  /** Those who read the code of migrations, by its tool. */
  readonly readers: ReadonlyMap<CodeTool, ReadCode>;
}

/** `isSplit`: pending migrations share no transaction, whatever each of them says. */
export function inputOf({ file, path, linted, role, code, deployedUpTo, standsFor, earlier }: MigrationFile, texts: Texts, { framework, root }: Pick<ChosenHistory, 'framework' | 'root'>, isSplit = () => false): Input {
  const directory = directoryOf(file, root);
  const reader = code && texts.readers.get(code);
  if (reader) return { read: readCode(linted && isSplit() ? apart(reader) : reader, { file, path, root }, texts), path, linted, role, directory };
  if (code && !texts.isNamed(file)) return { read: nothing, path, linted, role, directory, code };
  const before = (): readonly string[] => (linted ? earlier().map((old) => readInput(old, texts.limits).text) : []);
  const own = textOf(file, texts);
  const read = mayRunInPsql(framework, own) ? withIncludes(own, file, path, includeSite(texts, root.path, standsFor?.files)) : own;
  return { read, path, linted, role, directory, before, deployedUpTo, standsFor };
}

/** Other tools send what psql takes for commands. */
export function mayRunInPsql(framework: Framework, { text }: ReadText): boolean {
  return dialectFor(framework, { text, name: '', directory: undefined }).psql !== 'no';
}

/** Below the root of a history, what is read of a directory is read once. */
export function directoryOf(file: string, root: Directory): Directory {
  const path = relative(root.path, dirname(file));
  if (path === '') return root;
  return path.startsWith('..') || isAbsolute(path) ? new Directory(dirname(file)) : root.below(path);
}

const noFiles: ReadonlyMap<string, boolean> = new Map();

/** `migrations`: files that are such by themselves, and included. */
export function includeSite(texts: Texts, root: string, migrations: ReadonlyMap<string, boolean> = noFiles): IncludeSite {
  return {
    directories: [root, texts.configured, texts.cwd],
    workingDirectory: texts.cwd,
    project: texts.project,
    read: (file) => textOf(file, texts),
    pathOf: (file) => displayPath(file, texts.cwd),
    largest: texts.limits.fileSize,
    isMigration: (file) => migrations.has(file),
  };
}

/** Whether one of the files that are linted keeps them all from sharing a transaction. */
export function splitsRun({ files }: ChosenHistory, texts: Texts): boolean {
  return files.some(({ file, linted, code }) => linted && code?.splitsRun?.test(codeOf(file, texts).text) === true);
}

function apart(read: ReadCode): ReadCode {
  const own = (section: Section): Section => (section.transaction === 'run' ? { ...section, transaction: 'file' } : section);
  return (file) => {
    const { up, down, comments } = read(file);
    return { up: up.map(own), down: down.map(own), comments };
  };
}

/** The SQL that stands in a file of code. */
function readCode(read: ReadCode, { file, path, root }: { readonly file: string; readonly path: string; readonly root: Directory }, texts: Texts): ReadMigration {
  const { text, problems } = codeOf(file, texts);
  if (problems.length > 0) return { text: '', problems };
  return composedText(read({ text, name: basename(file), root, directory: directoryOf(file, root) }), new SourceText(path, text));
}

/** Of a file that holds code, as an editor, git or the disk has it. */
export function codeOf(file: string, texts: Texts): ReadText {
  const { changes, limits, project, isNamed } = texts;
  const bytes = unsaved(file, texts) ?? changes?.staged(file);
  if (bytes) return readInput(bytes, limits);
  const stray = isNamed(file) ? undefined : strayReason(file, project);
  return stray === undefined ? readText(file, limits) : strayText(stray);
}

const nothing: ReadText = { text: '', problems: [] };

function helpFor({ tool }: NamedFile, path: string): string {
  return tool === undefined ? 'Name SQL, or lint the SQL that it runs with "pgmigrate-lint -"; nothing of it was checked' : wayForward(tool, path);
}

/** What came through standard input under the name of the file. */
function unsaved(file: string, { cwd, stdin }: Texts): Buffer | undefined {
  return stdin?.path !== undefined && resolve(cwd, stdin.path) === file ? stdin.bytes : undefined;
}

/** Who brings a branch decides what is called `.sql`, but not what a person names, unless that leads elsewhere. */
function isMeant(file: string, { project, isOnCommandLine }: Texts): boolean {
  try {
    return !leadsOut(file, project) && (isOnCommandLine(file) || /\.sql$/i.test(file));
  } catch {
    return true;
  }
}

const NO_SQL = 'this does not begin as SQL does, and nothing of it is shown';

export function textOf(file: string, texts: Texts): ReadText {
  const { cwd, changes, limits, project, isNamed } = texts;
  const typed = unsaved(file, texts);
  if (typed) return readInput(typed, limits);
  const other = namedFileOf(file);
  if (other) return foreignText({ message: `this is ${other.language}, not SQL`, help: helpFor(other, displayPath(file, cwd)) });
  const staged = changes?.staged(file);
  if (staged) return readInput(staged, limits);
  const stray = isNamed(file) ? undefined : strayReason(file, project);
  if (stray !== undefined) return strayText(stray);
  const read = readText(file, limits);
  return beginsAsSql(read.text) || isMeant(file, texts) ? read : strayText(NO_SQL);
}
