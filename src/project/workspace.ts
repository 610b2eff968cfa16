// One run over the files of a project: finds, reads, parses and tells them. The command line and the Node API stand on it.

import { dirname, resolve } from 'node:path';
import type { KnownFinding } from '../config/baseline.ts';
import { emptyConfig, type Config, type MigrationsConfig } from '../config/config.ts';
import { explain } from '../engine/explain.ts';
import { lint, type Judgement } from '../engine/lint.ts';
import { originOf } from '../engine/origin.ts';
import type { History, ParsedMigration } from '../engine/parsed-migration.ts';
import type { Limits } from '../model/limits.ts';
import { Catalog } from '../model/catalog.ts';
import type { ExplainedMigration, Explanation, Report } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import type { Parser } from '../parser/parser.ts';
import { covers } from '../sources/covers.ts';
import { Directory } from '../sources/directory.ts';
import { toSlashes } from '../sources/expand.ts';
import { configName, commonDirectory, findConfig } from '../sources/find-config.ts';
import { displayPath, findMigrations, type MigrationFile, type MigrationHistory } from '../sources/find-migrations.ts';
import { findRoots } from '../sources/find-roots.ts';
import { detectInText } from '../sources/frameworks/index.ts';
import { changesSince, stagedChanges, type GitChanges } from '../sources/git.ts';
import { readInput, readText, strayText, type ReadText } from '../sources/read-text.ts';
import { repositoryRoot } from '../sources/repository-path.ts';
import { strayReason } from '../sources/stray-file.ts';
import type { SourceText } from '../text/source-text.ts';
import { configurableRules } from './configurable-rules.ts';
import { judgementOf } from './judgement.ts';
import { baselinePath, goneFrom, goneNotes, readBaseline } from './known-findings.ts';
import { bytesOf, loadParser } from './load-parser.ts';
import { migrationsIn, type Reading } from './migrations-in.ts';
import { settingsOf, type HistorySettings, type Overrides, type RunSettings } from './settings.ts';
import { readDump, startingWith, withoutContained, type Dump } from './starting-point.ts';
import { deployedNotes, isSkipped, skippedNotes } from './skipped.ts';
import { tableSizesOf } from './table-sizes-of.ts';

export interface WorkspaceOptions extends Overrides {
  readonly cwd: string;
  /** A configuration file; else the nearest one at or above the paths. */
  readonly config?: string | undefined;
  /** False: named files stand alone. */
  readonly history?: boolean | undefined;
  /** Only what is new since a commit, or staged, is linted. */
  readonly since?: string | undefined;
  readonly staged?: boolean | undefined;
  /** False: what the baseline knows is reported too. */
  readonly baseline?: boolean | undefined;
  /** What `start-after` calls deployed is looked at too. */
  readonly withDeployed?: boolean | undefined;
  /** What `-` stands for, and under which path it is reported. */
  readonly stdin?: { readonly bytes: Buffer; readonly path: string | undefined } | undefined;
  /** After each file, history included. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

export interface Run<Result> {
  readonly result: Result;
  readonly config: Config;
  /** Where paths of the configuration start, and where the baseline lies. */
  readonly directory: string;
  /** The linted texts by the path that findings name. */
  readonly sources: ReadonlyMap<string, SourceText>;
  readonly warnings: readonly string[];
  /** Files that were named and not linted. */
  readonly notes: readonly string[];
}

export async function lintPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[]): Promise<Run<Report>> {
  const linted = await reviewPaths(paths, options, rules, false);
  return { ...linted, result: linted.result.report };
}

export interface Review {
  readonly report: Report;
  /** What the statements of the linted migrations will do. */
  readonly explained: readonly ExplainedMigration[];
}

/** Lints, and explains what is linted where that `isExplained`, which is as much work again. */
export async function reviewPaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
  isExplained: boolean,
): Promise<Run<Review>> {
  let known: readonly KnownFinding[] = [];
  const done = await run(paths, options, rules, async (histories, site) => {
    const place = { cwd: options.cwd, directory: site.configuration.directory };
    known = options.baseline === false ? [] : await readBaseline(place);
    const judgement = judgementFor(site, known, options);
    if (!isExplained) return { report: lint(histories, judgement), explained: [] };
    const read = histories.map((history) => ({ ...history, migrations: [...history.migrations] }));
    return { report: lint(read, judgement), explained: explain(read, site.settings.postgres).migrations };
  });
  const place = { cwd: options.cwd, directory: done.directory };
  const gone = goneFrom(known, done.result.report, new Set(Array.from(done.sources.keys(), (path) => baselinePath(path, place))));
  return { ...done, notes: [...done.notes, ...goneNotes(gone)] };
}

export async function explainPaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
): Promise<Run<Explanation>> {
  return run(paths, { ...options, withDeployed: true }, rules, (histories, { settings }) => explain(histories, settings.postgres));
}

/** What a run knows of the project. */
export interface Site {
  readonly settings: RunSettings;
  readonly configuration: Configuration;
}

function judgementFor(
  { settings, configuration: { config, directory } }: Site,
  known: readonly KnownFinding[],
  { cwd }: WorkspaceOptions,
): Judgement {
  return judgementOf(settings, {
    fileOf: (path) => toSlashes(resolve(cwd, path)),
    identify: (path) => baselinePath(path, { directory, cwd }),
    baseline: new Set(known.map(({ fingerprint }) => fingerprint)),
    tables: tableSizesOf(config.tables, directory, cwd),
  });
}

/** Finds, reads and parses what the paths mean, and hands it to `work`. */
export async function run<Result>(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
  work: (histories: readonly History[], site: Site) => Result | Promise<Result>,
): Promise<Run<Result>> {
  const configuration = await readConfiguration(paths, options, rules);
  const settings = settingsOf(configuration.config, configuration.directory, options, rules);
  const dumpAt = ({ schema }: HistorySettings): string | undefined =>
    schema === undefined || options.history === false ? undefined : resolve(configuration.directory, schema);
  const settingsFor = (file: string): HistorySettings => settings.of(entryFor(file, configuration));
  const changes = changesOf(options);
  const found = (await find(paths, configuration, settingsFor, changes, options)).map((history) => chosen(history, settingsFor, dumpAt));
  const files = found.flatMap((history) => history.files.map(({ file }) => file));
  const texts = standaloneInput(paths, options, settings.limits);
  const dumpOfTexts = texts.length > 0 ? dumpAt(settings.of(undefined)) : undefined;
  const dumps = [...found.flatMap(({ dump }) => dump ?? []), ...(dumpOfTexts === undefined ? [] : [dumpOfTexts])];
  const bytes = bytesOf([...dumps, ...files]) + (options.stdin?.bytes.length ?? 0);
  const { parser, warning } = await loadParser(settings.parser, bytes, settings.limits);
  const dumpOf = (file: string | undefined): Dump | undefined =>
    file === undefined ? undefined : readDump(file, options.cwd, parser, changes, settings.limits);
  const sources = new Map<string, SourceText>();
  const lost = new Set<string>();
  const tools: Tools = { parser, sources, changes, lost, limits: settings.limits, ...placesOf(paths, configuration, options) };
  let done = 0;
  const progress = (): void => options.progress?.((done += 1), files.length);
  const histories = [
    ...found.map((history) => historyOf(history, dumpOf(history.dump), tools, { ...options, progress })),
    ...texts.map((input) => historyOfText(input, dumpOf(dumpOfTexts), settings.of(undefined), tools, options)),
  ];
  const result = await work(histories, { settings, configuration });
  return {
    result,
    config: configuration.config,
    directory: configuration.directory,
    sources,
    warnings: [...(warning === undefined ? [] : [warning]), ...lost],
    notes: found.flatMap(({ notes }) => notes),
  };
}

/** What all histories of a run are read with. */
interface Tools {
  readonly parser: Parser;
  /** The linted texts. */
  readonly sources: Map<string, SourceText>;
  readonly changes: GitChanges;
  /** What is said of files of the history that could not be read. */
  readonly lost: Set<string>;
  readonly limits: Limits;
  /** Files that nobody named are read below it. */
  readonly project: string;
  /** A person wrote the name of this very file. */
  readonly isNamed: (file: string) => boolean;
}

function placesOf(paths: readonly string[], { config, directory }: Configuration, { cwd }: WorkspaceOptions): Pick<Tools, 'project' | 'isNamed'> {
  const named = new Set([...paths.map((path) => resolve(cwd, path)), ...config.migrations.map(({ path }) => resolve(directory, path))]);
  return { project: repositoryRoot(directory) ?? directory, isNamed: (file) => named.has(file) };
}

/** Without git, all that is named is new. */
function changesOf({ since, staged, cwd }: WorkspaceOptions): GitChanges {
  if (since !== undefined && staged) throw new UserError('--since and --staged say two different things; give one of them');
  if (since !== undefined) return changesSince(since, cwd);
  return staged ? stagedChanges(cwd) : { isNew: () => true, staged: () => undefined, before: () => undefined };
}

export interface Configuration {
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
      configurableRules(rules),
    ),
    directory: dirname(file.file),
  };
}

/** The longest path of the configuration that leads to the file says most about it. */
function entryFor(file: string, { config, directory }: Configuration): MigrationsConfig | undefined {
  const entries = config.migrations.filter(({ path }) => covers(toSlashes(resolve(directory, path)), toSlashes(file)));
  return entries.toSorted((left, right) => right.path.length - left.path.length)[0];
}

/** A directory that holds the configuration stands for the migrations that the configuration names. */
async function find(
  paths: readonly string[],
  { config, directory }: Configuration,
  settingsFor: (file: string) => HistorySettings,
  { isNew }: GitChanges,
  { cwd, history = true, stdin, withDeployed = false }: WorkspaceOptions,
): Promise<MigrationHistory[]> {
  const migrations = config.migrations.map(({ path }) => resolve(directory, path));
  const named = paths.flatMap((path) => {
    if (path === '-') return stdin?.path === undefined ? [] : [stdin.path];
    return resolve(cwd, path) === directory && migrations.length > 0 ? migrations : [path];
  });
  const all = paths.length > 0 ? named : migrations.length > 0 ? migrations : findRoots(directory);
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
    frameworkOf: (file) => settingsFor(file).framework,
    startAfterOf: (file) => (withDeployed ? undefined : settingsFor(file).startAfter),
    isNew,
  });
}

/** A history with what holds for it, without the files that are none of its migrations. */
interface ChosenHistory extends MigrationHistory {
  readonly settings: HistorySettings;
  /** The dump that it starts from. */
  readonly dump: string | undefined;
  readonly notes: readonly string[];
}

function chosen(
  history: MigrationHistory,
  settingsFor: (file: string) => HistorySettings,
  dumpAt: (settings: HistorySettings) => string | undefined,
): ChosenHistory {
  const { file = '' } = history.files.find(({ linted, isDeployed }) => linted || isDeployed) ?? {};
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
    notes: skippedNotes(history.files.filter((one) => one.linted && skips(one)), history.framework, dump),
  };
}

function standaloneInput(paths: readonly string[], { stdin }: WorkspaceOptions, limits: Limits): ReadText[] {
  return paths.includes('-') && stdin !== undefined && stdin.path === undefined ? [readInput(stdin.bytes, limits)] : [];
}

function historyOf(
  { files, framework, root, settings }: ChosenHistory,
  dump: Dump | undefined,
  tools: Tools,
  { stdin, cwd, progress }: Pick<WorkspaceOptions, 'stdin' | 'cwd'> & { readonly progress: () => void },
): History {
  const { parser, limits, changes, project, isNamed } = tools;
  const reading: Reading = { ...settings, framework, isNamed: settings.framework !== undefined, root, limits };
  const read = ({ file, path, linted, role }: MigrationFile): ParsedMigration[] => {
    const isUnsaved = stdin?.path !== undefined && resolve(cwd, stdin.path) === file;
    const bytes = isUnsaved ? stdin.bytes : changes.staged(file);
    const stray = bytes || isNamed(file) ? undefined : strayReason(file, project);
    const text = bytes ? readInput(bytes, limits) : stray === undefined ? readText(file, limits) : strayText(stray);
    const migrations = migrationsIn({ read: text, path, linted, role, directory: new Directory(dirname(file)) }, reading, parser);
    return keep(migrations, tools);
  };
  const all = inForce(settings, framework.settings?.(root));
  if (dump) {
    const readOnce = once(read);
    const start = startingWith(dump, files, readOnce, settings.version);
    return { migrations: lazily(withoutContained(files, dump), readOnce, progress), start, dump: dump.migration, ...all };
  }
  const origin = files.length > 1 ? originOf(lazily(files, read, () => undefined), all.settings, all.version) : 'unknown';
  return { migrations: lazily(files, read, progress), start: Catalog.start(origin), ...all };
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

function historyOfText(
  input: ReadText,
  dump: Dump | undefined,
  settings: HistorySettings,
  tools: Tools,
  { cwd }: WorkspaceOptions,
): History {
  const { framework = detectInText(input.text) } = settings;
  const root = new Directory(cwd);
  const reading: Reading = { ...settings, framework, isNamed: settings.framework !== undefined, root, limits: tools.limits };
  const migrations = migrationsIn({ read: input, path: '<stdin>', linted: true, role: 'up', directory: undefined }, reading, tools.parser);
  const start = dump ? startingWith(dump, [], () => [], settings.version) : Catalog.start('unknown');
  return { migrations: keep(migrations, tools), start, dump: dump?.migration, ...inForce(settings, framework.settings?.(root)) };
}

/** What the configuration says wins over what the tool's own configuration says. */
function inForce(
  { settings, newTables, version }: HistorySettings,
  own: HistorySettings['settings'] = new Map(),
): Pick<History, 'settings' | 'newTables' | 'version'> {
  return { settings: new Map([...own, ...settings]), newTables, version };
}

/** Keeps the linted texts for the reports, and what is said of history that is lost: its syntax errors are for those who lint it. */
function keep(migrations: ParsedMigration[], { sources, lost }: Tools): ParsedMigration[] {
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
