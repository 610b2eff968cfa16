// From the files of a history, or from a bare text, to migrations that can be told.

import { originOf } from '../../engine/origin.ts';
import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import { Catalog } from '../../model/catalog.ts';
import type { Parser } from '../../parser/parser.ts';
import { Directory } from '../../sources/disk/directory.ts';
import type { MigrationFile } from '../../sources/migrations/find-migrations.ts';
import { detectInText } from '../../sources/frameworks/index.ts';
import type { ReadText } from '../../sources/disk/read-text.ts';
import type { SourceText } from '../../text/source-text.ts';
import { inForce, inputOf, readingOf, type ChosenHistory, type Texts } from './chosen-history.ts';
import { migrationsIn, type Reading } from './migrations-in.ts';
import type { Resumption } from './resumption.ts';
import type { HistorySettings } from '../settings/settings.ts';
import { startingWith, withoutContained, type Dump } from './starting-point.ts';

/** What it takes to read a history. */
export interface Reader {
  readonly parser: Parser;
  readonly texts: Texts;
  /** The linted texts, for the reports. */
  readonly sources: Map<string, SourceText>;
  /** What is said of files of the history that could not be read. */
  readonly lost: Set<string>;
  /** After each file. */
  readonly progress: () => void;
}

export function historyOf(history: ChosenHistory, dump: Dump | undefined, resumption: Resumption | undefined, reader: Reader): History {
  const { files } = history;
  const { parser, progress, lost } = reader;
  const reading = readingOf(history, reader.texts.limits);
  const read = (file: MigrationFile): ParsedMigration[] =>
    keep(migrationsIn(inputOf(file, reader.texts), reading, parser), reader);
  const all = inForce(history);
  if (dump) {
    const readOnce = once(read);
    const start = startingWith(dump, files, readOnce, all.version);
    return { migrations: lazily(withoutContained(files, dump), readOnce, progress), start, dump: dump.migration, ...all };
  }
  const onHistoryTold: History['onHistoryTold'] = (...told) => (lost.size > 0 ? undefined : resumption?.save(...told));
  const resumed = resumption?.load(parser);
  if (resumed) {
    const { catalog: start, migrations: told } = resumed.checkpoint;
    return { migrations: lazily(files.slice(resumed.files), read, progress), start, told, onHistoryTold, ...all };
  }
  const origin = history.isWhole ? originOf(lazily(files, read, () => undefined), all.settings, all.version) : 'unknown';
  return { migrations: lazily(files, read, progress), start: Catalog.start(origin), onHistoryTold, ...all };
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

export function historyOfText(input: ReadText, settings: HistorySettings, dump: Dump | undefined, reader: Reader): History {
  const { parser, texts } = reader;
  const { framework = detectInText(input.text) } = settings;
  const root = new Directory(texts.cwd);
  const reading: Reading = { ...settings, framework, isNamed: settings.framework !== undefined, root, limits: texts.limits };
  const migrations = migrationsIn({ read: input, path: '<stdin>', linted: true, role: 'up', directory: undefined }, reading, parser);
  const start = dump ? startingWith(dump, [], () => [], settings.stated().version) : Catalog.start('unknown');
  return { migrations: keep(migrations, reader), start, dump: dump?.migration, ...inForce({ settings, framework, root }) };
}

/** Keeps the linted texts, and what is said of history that is lost: its syntax errors are for those who lint it. */
function keep(migrations: ParsedMigration[], { sources, lost }: Reader): ParsedMigration[] {
  for (const { linted, source, parsed } of migrations) {
    if (linted) sources.set(source.path, source);
    const [problem] = linted ? [] : parsed.problems.filter(({ rule }) => rule === 'unreadable-file' || rule === 'oversized-input');
    if (problem) lost.add(`the history is not known: in ${source.path}, ${problem.message}`);
  }
  return migrations;
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
