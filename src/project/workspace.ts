// One run over the files of a project: finds, reads, parses and tells them. The command line and the Node API stand on it.

import { dirname, resolve } from 'node:path';
import { emptyConfig, type Config } from '../config/config.ts';
import { explain } from '../engine/explain.ts';
import { lint, type History, type ParsedMigration } from '../engine/lint.ts';
import { originOf } from '../engine/origin.ts';
import { Catalog } from '../model/catalog.ts';
import type { Explanation, Report } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import type { Parser } from '../parser/parser.ts';
import { configName, commonDirectory, findConfig } from '../sources/find-config.ts';
import { displayPath, findMigrations, type MigrationFile, type MigrationHistory } from '../sources/find-migrations.ts';
import { readText, type ReadText } from '../sources/read-text.ts';
import type { SourceText } from '../text/source-text.ts';
import { bytesOf, loadParser } from './load-parser.ts';
import { parseMigration } from './parse-migration.ts';
import { settingsOf, type Overrides, type RunSettings } from './settings.ts';

export interface WorkspaceOptions extends Overrides {
  readonly cwd: string;
  /** A configuration file; else the nearest one at or above the paths. */
  readonly config?: string | undefined;
  /** False: named files stand alone. */
  readonly history?: boolean | undefined;
  /** What `-` stands for, and under which path it is reported. */
  readonly stdin?: { readonly text: ReadText; readonly path: string | undefined } | undefined;
}

export interface Run<Result> {
  readonly result: Result;
  readonly config: Config;
  /** The linted texts by the path that findings name. */
  readonly sources: ReadonlyMap<string, SourceText>;
  readonly warnings: readonly string[];
}

export async function lintPaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
): Promise<Run<Report>> {
  return run(paths, options, rules, (histories, settings) => lint(histories, settings.rules, settings.postgres));
}

export async function explainPaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
): Promise<Run<Explanation>> {
  return run(paths, options, rules, (histories, settings) => explain(histories, settings.postgres));
}

/** Finds, reads and parses what the paths mean, and hands it to `work`. */
export async function run<Result>(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
  work: (histories: readonly History[], settings: RunSettings) => Result | Promise<Result>,
): Promise<Run<Result>> {
  const { config, directory } = await readConfiguration(paths, options, rules);
  const settings = settingsOf(config, options, rules);
  const found = await find(paths, config, directory, options);
  const standalone = standaloneInput(paths, options);
  const files = found.flatMap((history) => history.map(({ file }) => file));
  const { parser, warning } = await loadParser(settings.parser, bytesOf(files) + (options.stdin?.text.text.length ?? 0));
  const sources = new Map<string, SourceText>();
  const histories = [
    ...found.map((history) => historyOf(history, parser, settings, sources, options)),
    ...standalone.map((input) => historyOfText(input, parser, settings, sources)),
  ];
  return { result: await work(histories, settings), config, sources, warnings: warning === undefined ? [] : [warning] };
}

interface Configuration {
  readonly config: Config;
  /** Where paths of the configuration start. */
  readonly directory: string;
}

async function readConfiguration(
  paths: readonly string[],
  { config, cwd }: WorkspaceOptions,
  rules: readonly Rule[],
): Promise<Configuration> {
  const file = findConfig(
    commonDirectory(
      paths.filter((path) => path !== '-'),
      cwd,
    ),
    config,
    cwd,
  );
  if (file === undefined) return { config: emptyConfig, directory: cwd };
  const { parseConfig } = await import('../config/read-config.ts');
  return {
    config: parseConfig(
      file.text,
      displayPath(file.file, cwd),
      rules.map(({ meta }) => meta),
    ),
    directory: dirname(file.file),
  };
}

/** A directory that holds the configuration stands for the migrations that the configuration names. */
async function find(
  paths: readonly string[],
  config: Config,
  directory: string,
  options: WorkspaceOptions,
): Promise<MigrationHistory[]> {
  const { cwd, history = true, stdin } = options;
  const migrations = config.migrations.map((path) => resolve(directory, path));
  const named = paths.flatMap((path) => {
    if (path === '-') return stdin?.path === undefined ? [] : [stdin.path];
    return resolve(cwd, path) === directory && migrations.length > 0 ? migrations : [path];
  });
  const all = paths.length === 0 ? migrations : named;
  if (all.length === 0 && paths.length === 0) {
    throw new UserError(
      `nothing to lint: name a file or a directory, or say where the migrations are with "migrations:" in ${configName}`,
    );
  }
  return findMigrations(all, {
    cwd,
    exclude: config.exclude,
    excludeFrom: directory,
    withHistory: history,
    unsaved: stdin?.path,
  });
}

function standaloneInput(paths: readonly string[], { stdin }: WorkspaceOptions): ReadText[] {
  return paths.includes('-') && stdin !== undefined && stdin.path === undefined ? [stdin.text] : [];
}

function historyOf(
  files: MigrationHistory,
  parser: Parser,
  settings: RunSettings,
  sources: Map<string, SourceText>,
  { stdin, cwd }: WorkspaceOptions,
): History {
  const read = ({ file, path, linted }: MigrationFile): ParsedMigration => {
    const isUnsaved = stdin?.path !== undefined && resolve(cwd, stdin.path) === file;
    return parseInto(sources, isUnsaved ? stdin.text : readText(file), path, linted, parser);
  };
  const [first] = files;
  const origin = first && files.length > 1 ? originOf(read(first), settings.runner, settings.postgres) : 'unknown';
  return { migrations: lazily(files, read), start: Catalog.start(origin), runner: settings.runner };
}

function historyOfText(input: ReadText, parser: Parser, settings: RunSettings, sources: Map<string, SourceText>): History {
  return {
    migrations: [parseInto(sources, input, '<stdin>', true, parser)],
    start: Catalog.start('unknown'),
    runner: settings.runner,
  };
}

/** Parses, and keeps the text for the reports. */
function parseInto(
  sources: Map<string, SourceText>,
  input: ReadText,
  path: string,
  linted: boolean,
  parser: Parser,
): ParsedMigration {
  const migration = parseMigration(input, path, linted, parser);
  if (linted) sources.set(path, migration.source);
  return migration;
}

function* lazily(files: MigrationHistory, read: (file: MigrationFile) => ParsedMigration): Generator<ParsedMigration> {
  for (const file of files) yield read(file);
}
