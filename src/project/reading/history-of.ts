// From the files of a history, or from a bare text, to migrations that can be told.

import { originOf } from '../../engine/origin.ts';
import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import { Catalog } from '../../model/catalog.ts';
import type { Parser } from '../../parser/parser.ts';
import { Directory } from '../../sources/disk/directory.ts';
import { hasNumber, isDump } from '../../sources/migrations/dumps.ts';
import type { MigrationFile } from '../../sources/migrations/migration-history.ts';
import type { Framework } from '../../sources/frameworks/framework.ts';
import { frameworks } from '../../sources/frameworks/index.ts';
import { readAs } from '../../sources/frameworks/read-as.ts';
import type { ReadText } from '../../sources/disk/read-text.ts';
import { withIncludes } from '../../sources/includes/included-text.ts';
import type { Passage, SourceText } from '../../text/source-text.ts';
import { inForce, includeSite, inputOf, mayRunInPsql, readingOf, splitsRun, type ChosenHistory, type Texts } from './chosen-history.ts';
import { migrationsIn, type Input, type Reading } from './migrations-in.ts';
import type { Pasts } from '../past/pasts.ts';
import type { Resumption } from './resumption.ts';
import type { HistorySettings } from '../settings/settings.ts';
import type { Tally } from './tally.ts';
import { startingWith, withoutContained, type Dump } from './starting-point.ts';

/** What it takes to read a history. */
export interface Reader {
  readonly parser: Parser;
  readonly texts: Texts;
  /** The linted texts, for the reports. */
  readonly sources: Map<string, SourceText>;
  /** What is said of files of the history that could not be read. */
  readonly lost: Set<string>;
  /** Paths of dumps that are linted as though they were migrations. */
  readonly dumps: Set<string>;
  /** What git knows of them. */
  readonly pasts: Pasts;
  /** After each file. */
  readonly progress: () => void;
}

/** `others`: what other histories make, see `madeByOthers`. `tally`: counts what is told of it. */
export function historyOf(
  history: ChosenHistory,
  dump: Dump | undefined,
  resumption: Resumption | undefined,
  others: ReadonlySet<string>,
  reader: Reader,
  tally: Tally,
): History {
  const { files } = history;
  const { parser, progress, lost } = reader;
  const reading = readingOf(history, reader.texts.limits);
  let isSplit: boolean | undefined;
  const areApart = (): boolean => (isSplit ??= splitsRun(history, reader.texts));
  const read = (file: MigrationFile): ParsedMigration[] =>
    keep(migrationsIn(withRemarks(inputOf(file, reader.texts, history, areApart), file, history, reader), reading, parser), reader);
  const all = inForce(history);
  const told = tellingOf(tally, reader);
  if (dump) {
    const readOnce = once(read);
    const start = startingWith(dump, files, readOnce, all.version);
    return { migrations: told(lazily(withoutContained(files, dump), readOnce, progress)), start, dump: dump.migration, ...all };
  }
  const onHistoryTold: History['onHistoryTold'] = (...reached) => (lost.size > 0 ? undefined : resumption?.save(...reached));
  const resumed = resumption?.load(parser);
  if (resumed) {
    const { catalog, migrations: before } = resumed.checkpoint;
    const start = catalog.with({ madeByOthers: others });
    tally.resume(before);
    return { migrations: told(lazily(files.slice(resumed.files), read, progress)), start, told: before, onHistoryTold, ...all };
  }
  const origin = history.isWhole ? originOf(lazily(files, read, () => undefined), all.settings, all.version) : 'unknown';
  return { migrations: told(lazily(files, read, progress)), start: startAt(origin, history, others), onHistoryTold, ...all };
}

function withRemarks(input: Input, { file }: MigrationFile, history: ChosenHistory, { pasts }: Reader): Input {
  const remarks = pasts.remarksOn(file, input.read, history);
  return remarks.length === 0 ? input : { ...input, read: { ...input.read, problems: [...input.read.problems, ...remarks] } };
}

function startAt(origin: 'empty' | 'unknown', { framework }: ChosenHistory, madeByOthers: ReadonlySet<string>): Catalog {
  return Catalog.start(origin).with({ madeByOthers, isFilledByOthers: framework.takesUpOthers === true, isOptionalByHabit: framework.writesIfNotExists === true });
}

/** Migrations as they are told: counted, and looked at for dumps. */
function tellingOf(tally: Tally, { dumps }: Reader): (migrations: Iterable<ParsedMigration>) => Iterable<ParsedMigration> {
  return (migrations) =>
    tally.counting(migrations, ({ linted, source }) => {
      if (linted && (tally.migrations > 0 || !hasNumber(source.path)) && isDump(source.text)) dumps.add(source.path);
    });
}

/** Linted files are read to find where the history starts, and to be told. */
function once(read: (file: MigrationFile) => ParsedMigration[]): typeof read {
  const linted = new Map<MigrationFile, ParsedMigration[]>();
  return (file) => {
    const migrations = linted.get(file) ?? read(file);
    if (file.linted) linted.set(file, migrations);
    return migrations;
  };
}

/** `cwd`: whose project the text may be of. */
export function frameworkOfText({ text }: ReadText, { framework }: HistorySettings, cwd: string): Framework {
  const file = { text, name: '', directory: undefined, root: new Directory(cwd) };
  return framework ?? readAs(file, { framework: frameworks.plain, isNamed: false }).framework;
}

export function readingOfText(settings: HistorySettings, { cwd, limits }: Texts): Reading {
  return { ...settings, framework: settings.framework ?? frameworks.plain, isNamed: settings.framework !== undefined, root: new Directory(cwd), limits };
}

export function historyOfText(input: ReadText, settings: HistorySettings, dump: Dump | undefined, reader: Reader, tally: Tally): History {
  const { parser, texts } = reader;
  const framework = frameworkOfText(input, settings, texts.cwd);
  const root = new Directory(texts.cwd);
  const reading = readingOfText(settings, texts);
  const read = mayRunInPsql(framework, input) ? withIncludes(input, undefined, '<stdin>', includeSite(texts, texts.cwd)) : input;
  const migrations = migrationsIn({ read, path: '<stdin>', linted: true, role: 'up', directory: undefined }, reading, parser);
  const start = dump ? startingWith(dump, [], () => [], settings.stated().version) : Catalog.start('unknown');
  return { migrations: tellingOf(tally, reader)(keep(migrations, reader)), start, dump: dump?.migration, ...inForce({ settings, framework, root }) };
}

/** Keeps the linted texts, and what is said of history that is lost: its syntax errors are for those who lint it. */
function keep(migrations: ParsedMigration[], { sources, lost }: Reader): ParsedMigration[] {
  for (const migration of migrations) {
    const { linted, source, parsed } = migration;
    if (linted) for (const file of filesIn(migration)) sources.set(file.path, file);
    const [problem] = linted ? [] : parsed.problems.filter(({ rule }) => rule === 'unreadable-file' || rule === 'oversized-input');
    if (problem) lost.add(`the history is not known: in ${source.path}, ${problem.message}`);
  }
  return migrations;
}

/** It, or those that it is put together from. */
function filesIn({ source, parts }: ParsedMigration): readonly SourceText[] {
  if (source.passages.length === 0) return [source];
  const isIn = ({ start, end }: Passage): boolean => parts.some(({ spans }) => spans.some((span) => start < span.end && span.start < end));
  return [...new Set(source.passages.filter(isIn).map((passage) => passage.source))];
}

function* lazily(
  files: readonly MigrationFile[],
  read: (file: MigrationFile) => ParsedMigration[],
  progress: () => void,
): Generator<ParsedMigration> {
  for (const file of files) {
    yield* read(file);
    progress();
  }
}
