// One run over the files of a project: finds, reads, parses and tells them. The command line and the Node API stand on it.

import { resolve } from 'node:path';
import type { KnownFinding } from '../config/baseline.ts';
import type { Config } from '../config/config.ts';
import { explain } from '../engine/explain.ts';
import { lint, type Judgement } from '../engine/lint.ts';
import type { History } from '../engine/parsed-migration.ts';
import type { Limits } from '../model/limits.ts';
import type { ExplainedMigration, Explanation, Report } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import { toSlashes } from '../sources/disk/expand.ts';
import { configName } from '../sources/find-config.ts';
import { findMigrations, type MigrationHistory } from '../sources/migrations/find-migrations.ts';
import { findRoots } from '../sources/migrations/find-roots.ts';
import type { GitChanges } from '../sources/git.ts';
import { readInput, type ReadText } from '../sources/disk/read-text.ts';
import { repositoryRoot } from '../sources/disk/repository-path.ts';
import type { SourceText } from '../text/source-text.ts';
import { Checkpoints, type CheckpointPlace } from './reading/checkpoints.ts';
import { chosen, type Texts } from './reading/chosen-history.ts';
import { entryFor, readConfiguration, type Configuration } from './settings/configuration.ts';
import { historyOf, historyOfText } from './reading/history-of.ts';
import { judgementOf } from './judgement.ts';
import { baselinePath, goneFrom, goneNotes, readBaseline } from './known-findings.ts';
import { loadParser } from './reading/load-parser.ts';
import { resumptionOf } from './reading/resumption.ts';
import { settingsOf, type HistorySettings, type Overrides, type RunSettings } from './settings/settings.ts';
import { readDump, type Dump } from './reading/starting-point.ts';
import { tableSizesOf } from './settings/table-sizes-of.ts';

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
  /** Where to keep what histories have come to; nowhere if it is left out. */
  readonly checkpoints?: CheckpointPlace | undefined;
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
  const { limits } = settings;
  const changes = await changesOf(options);
  const texts: Texts = { ...options, ...placesOf(paths, configuration, options), changes, limits };
  const checkpoints = options.checkpoints && new Checkpoints(options.checkpoints);
  const found = (await find(paths, configuration, settingsFor, changes, options)).map((one) => {
    const history = chosen(one, settingsFor, dumpAt);
    const resumption = checkpoints && resumptionOf(history, settings.parser, texts, checkpoints);
    return { history, resumption, files: history.files.slice(resumption?.files ?? 0).map(({ file }) => file) };
  });
  const files = found.flatMap((one) => one.files);
  const standalone = standaloneInput(paths, options, limits);
  const dumpOfTexts = standalone.length > 0 ? dumpAt(settings.of(undefined)) : undefined;
  const { parser, warning } = await loadParser(settings.parser, limits);
  const dumpOf = (file: string | undefined): Dump | undefined =>
    file === undefined ? undefined : readDump(file, options.cwd, parser, changes, limits);
  const sources = new Map<string, SourceText>();
  const lost = new Set<string>();
  let done = 0;
  const reader = { parser, texts, sources, lost, progress: () => options.progress?.((done += 1), files.length) };
  const histories = [
    ...found.map(({ history, resumption }) => historyOf(history, dumpOf(history.dump), resumption, reader)),
    ...standalone.map((input) => historyOfText(input, settings.of(undefined), dumpOf(dumpOfTexts), reader)),
  ];
  const result = await work(histories, { settings, configuration });
  return {
    result,
    config: configuration.config,
    directory: configuration.directory,
    sources,
    warnings: [...(warning === undefined ? [] : [warning]), ...lost],
    notes: found.flatMap(({ history }) => history.notes),
  };
}

function placesOf(paths: readonly string[], { config, directory }: Configuration, { cwd }: WorkspaceOptions): Pick<Texts, 'project' | 'isNamed'> {
  const named = new Set([...paths.map((path) => resolve(cwd, path)), ...config.migrations.map(({ path }) => resolve(directory, path))]);
  return { project: repositoryRoot(directory) ?? directory, isNamed: (file) => named.has(file) };
}

/** Without git, all that is named is new. */
async function changesOf({ since, staged, cwd }: WorkspaceOptions): Promise<GitChanges> {
  if (since !== undefined && staged) throw new UserError('--since and --staged say two different things; give one of them');
  if (since === undefined && !staged) return { isNew: () => true, staged: () => undefined, before: () => undefined };
  const { changesSince, stagedChanges } = await import('../sources/git.ts');
  return since === undefined ? stagedChanges(cwd) : changesSince(since, cwd);
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

function standaloneInput(paths: readonly string[], { stdin }: WorkspaceOptions, limits: Limits): ReadText[] {
  return paths.includes('-') && stdin !== undefined && stdin.path === undefined ? [readInput(stdin.bytes, limits)] : [];
}
