// Which migrations a run is about: the histories behind the paths, and texts that lie nowhere.

import { dirname, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { covers } from '../sources/disk/covers.ts';
import { Exclusions } from '../sources/disk/exclusions.ts';
import { sqlFilesAt, sqlFilesBelow, toSlashes } from '../sources/disk/expand.ts';
import { readInput, type ReadText } from '../sources/disk/read-text.ts';
import { configName } from '../sources/find-config.ts';
import type { BesideFile, Surroundings } from '../sources/migrations/beside.ts';
import type { StartAfter } from '../sources/migrations/deployed.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import { findMigrations } from '../sources/migrations/find-migrations.ts';
import type { Home } from '../sources/migrations/home.ts';
import { isNamedLikeDump } from '../sources/migrations/dumps.ts';
import type { MigrationHistory, Search } from '../sources/migrations/migration-history.ts';
import { allNew, newsIn, type Asking } from '../sources/migrations/news.ts';
import { pastOf, type Past } from '../sources/migrations/past/past.ts';
import { searchMigrations, type SearchResult } from '../sources/search/search.ts';
import { chosen, type ChosenHistory } from './reading/chosen-history.ts';
import { absenceNotes } from './reading/skipped.ts';
import { isNewFile, uncheckedFiles, type UncheckedFiles } from './reading/unchecked-files.ts';
import { notesOnGit, refuseEmptyInput, refuseNothing, type Asked } from './nothing-read.ts';
import { whyNoMigration } from './no-migration.ts';
import { withoutIncluded } from './reading/included-files.ts';
import { otherConfigurations } from './other-configurations.ts';
import { entryFor } from './settings/configuration.ts';
import { configuredPath } from './settings/configured-path.ts';
import { dumpOf, settingsFor, type Site } from './site.ts';
import { isInside } from '../sources/disk/inside.ts';
import { listSome } from '../text/list.ts';
import { visible } from '../text/visible.ts';

export interface Choice {
  readonly histories: readonly ChosenHistory[];
  /** What came through standard input without a name. */
  readonly texts: readonly ReadText[];
  /** What was found where nobody named anything but the project; undefined where somebody did. */
  readonly search: SearchResult | undefined;
  /** What lies among migrations, or may be some, and is not read. */
  readonly unchecked: UncheckedFiles;
  /** What git knows of the past of the histories; empty where it is not asked. */
  readonly pasts: readonly Past[];
  /** Of what is passed over. */
  readonly notes: readonly string[];
}

/** Throws a `UserError` where there is nothing of what was asked for. */
export function choose(paths: readonly string[], site: Site): Choice {
  refuseEmptyInput(site);
  const { named, search } = placesIn(paths, site);
  const asked: Asked = { files: [], unknown: [], folders: new Map() };
  const { config, directory } = site.configuration;
  const exclusions = new Exclusions(config.exclude, directory);
  const pasts: Past[] = [];
  const found = findMigrations(named ?? search?.found ?? [], searchSettings(paths, asked, pasts, exclusions, site));
  const all = found.map((history) => chosenAt(history, site));
  const histories = withoutIncluded(all, site.texts);
  const notes = [
    ...histories.flatMap((history) => [...history.notes, ...absentFrom(history, site)]),
    ...notesOnGit(asked.unknown, site),
    ...(paths.length === 0 ? unusedNotes(exclusions, asked, site) : []),
    ...otherConfigurations(found, site),
    ...(paths.length > 0 && search ? outsideNotes(search, found, exclusions, site) : []),
  ];
  const unchecked = uncheckedFiles(surroundingsOf(asked, search, exclusions, site), guessedFiles(search, exclusions), site.texts.changes);
  const choice: Choice = { histories, texts: standaloneInput(paths, site), search, unchecked, pasts: withoutPassedOver(pasts, found, all, site), notes };
  refuseNothing(paths, { histories: found, asked }, choice, site);
  return choice;
}

/** Of patterns that lead to nothing of what a run without paths looks at. */
function unusedNotes({ unused }: Exclusions, { files }: Asked, { configuration: { config, directory } }: Site): readonly string[] {
  const paths = new Set(config.overrides.flatMap((one) => one.paths ?? []));
  const idle = [...paths].filter((path) => !files.some((file) => covers(toSlashes(path), toSlashes(directory), toSlashes(file))));
  const note = (pattern: string, key: string): string => `"${visible(pattern)}" of "${key}:" in the configuration matches no migration`;
  return [
    ...unused.map((pattern) => `${note(pattern, 'exclude')}, so it leaves out nothing`),
    ...idle.map((path) => `${note(path, 'overrides')}, so it changes nothing`),
  ];
}

function absentFrom(history: ChosenHistory, { options: { cwd } }: Site): readonly string[] {
  return history.files.length === 0 ? [] : absenceNotes(history, (file) => displayPath(file, cwd));
}

function chosenAt(history: MigrationHistory, site: Site): ChosenHistory {
  return chosen(
    history,
    (file) => settingsFor(file, site),
    (settings) => dumpOf(settings, site),
    (file) => whyNoMigration(file, site),
  );
}

interface Places {
  readonly named: readonly string[] | undefined;
  /** Where nobody named anything, or all of the project. */
  readonly search: SearchResult | undefined;
}

/** Who names all of the project means what a search finds in it, unless that is nothing. */
function placesIn(paths: readonly string[], site: Site): Places {
  const named = namedIn(paths, site);
  if (named === undefined) return { named, search: searchIn(site) };
  if (!isProject(paths, site)) return { named, search: undefined };
  const search = searchMigrations(site.configuration.directory, broughtIn(site));
  return search.found.some(({ isGuess }) => !isGuess) ? { named: undefined, search } : { named, search: undefined };
}

/** Nobody says where its migrations are. SQL that lies in the named directory itself is meant. */
function isProject([path, ...others]: readonly string[], { options: { cwd }, configuration: { config, directory } }: Site): boolean {
  return config.migrations.length === 0 && path !== undefined && others.length === 0 && resolve(cwd, path) === directory && sqlFilesAt(directory, 'here').length === 0;
}

/** Of SQL in a project that somebody named, where it is neither among migrations nor left out for a reason of its own. */
function outsideNotes({ found, leftOut }: SearchResult, histories: readonly MigrationHistory[], exclusions: Exclusions, { options: { cwd }, configuration: { directory } }: Site): readonly string[] {
  const folders = [...found.flatMap(({ sql }) => sql.map(({ path }) => path)), ...leftOut.map(({ path }) => path)];
  const read = new Set(histories.flatMap(({ files }) => files.map(({ file }) => file)));
  const outside = sqlFilesBelow(directory).filter((file) => !read.has(file) && !isInside(file, folders) && !exclusions.has(file));
  if (outside.length === 0) return [];
  const [verb, it] = outside.length === 1 ? ['1 SQL file is not taken for a migration', 'it'] : [`${outside.length} SQL files are not taken for migrations`, 'them'];
  return [`${verb}; name ${it} to lint ${it}: ${listSome([...new Set(outside.map(dirname))].map((folder) => displayPath(folder, cwd)))}`];
}

/** A directory that holds the configuration stands for the migrations that the configuration names. Undefined where nobody names any. */
function namedIn(paths: readonly string[], { options: { cwd, stdin }, configuration }: Site): readonly string[] | undefined {
  const { config, directory } = configuration;
  const migrations = (): string[] => config.migrations.map(({ path }) => displayPath(configuredPath(path, 'migrations', configuration), cwd));
  const isConfigured = config.migrations.length > 0;
  if (paths.length === 0) return isConfigured ? migrations() : undefined;
  return paths.flatMap((path) => {
    if (path === '-') return stdin?.path === undefined ? [] : [stdin.path];
    return resolve(cwd, path) === directory && isConfigured ? migrations() : [path];
  });
}

/** What is asked for, be it new or not, is added to `asked`, and what git knows of its past to `pasts`. */
function searchSettings(paths: readonly string[], asked: Asked, pasts: Past[], exclusions: Exclusions, site: Site): Search {
  const {
    options: { cwd, history = true, stdin },
    texts: { changes },
  } = site;
  return {
    exclusions,
    cwd,
    namedBy: paths.length === 0 ? '"migrations:" in the configuration' : undefined,
    withHistory: history,
    unsaved: stdin?.path === undefined ? undefined : { path: stdin.path, text: () => site.texts.stdin?.bytes.toString('utf8') ?? '' },
    frameworkOf: (file) => settingsFor(file, site).framework,
    startAfterOf: (file) => startAfterFor(file, paths, site),
    newsIn: (home, files) => {
      for (const folder of foldersIn(home, files)) asked.folders.set(folder, home.framework.endings?.(home.root) ?? []);
      const news = changes ? newsIn(home, files, changes, exclusions) : allNew;
      asked.files.push(...[...files].flatMap(([file, asking]) => (asking === 'history' ? [] : [file])));
      asked.unknown.push(...news.unknown);
      if (changes && site.options.withDeployed !== true) pasts.push(pastOf(home, files, changes, exclusions, settingsFor([...files.keys()].at(-1) ?? home.root.path, site).startAfter));
      return news;
    },
    isBrought: broughtIn(site),
  };
}

/** Of documents, dumps and what is run elsewhere, nothing is said. */
function withoutPassedOver(pasts: readonly Past[], found: readonly MigrationHistory[], chosen: readonly ChosenHistory[], site: Site): readonly Past[] {
  const linted = (histories: readonly MigrationHistory[]): readonly string[] => histories.flatMap(({ files }) => files.flatMap((one) => (one.linted ? [one.file] : [])));
  const kept = new Set(linted(chosen));
  const passedOver = new Set(linted(found).filter((file) => !kept.has(file)));
  const isDumped = (file: string): boolean => dumpOf(settingsFor(file, site), site) === file || isNamedLikeDump(displayPath(file, site.options.cwd));
  return pasts.map((past) => ({ ...past, facts: past.facts.filter((fact) => !passedOver.has(fact.file) && !(fact.kind === 'deleted' && isDumped(fact.file))) }));
}

/** Of what was looked for in folders. */
function foldersIn({ root }: Home, files: ReadonlyMap<string, Asking>): readonly string[] {
  const below = [...files].flatMap(([file, asking]) => (asking === 'below' ? [dirname(file)] : []));
  return below.length === 0 ? [] : [root.path, ...new Set(below)];
}

function surroundingsOf({ files, folders }: Asked, search: SearchResult | undefined, exclusions: Exclusions, site: Site): Surroundings {
  const { options, configuration, texts } = site;
  const tops = new Set([options.cwd, configuration.directory, texts.project]);
  return { folders, files: new Set(files), tops, leftOut: search?.leftOut.map(({ path }) => path) ?? [], exclusions };
}

/** What may be migrations, but those of other folders surely are. */
function guessedFiles(search: SearchResult | undefined, exclusions: Exclusions): readonly BesideFile[] {
  const guesses = search?.leftOut.filter(({ kind }) => kind === 'guess') ?? [];
  const files = guesses.flatMap(({ path, why }) => sqlFilesBelow(path).map((file) => ({ file, why, isRun: false })));
  return files.filter(({ file }) => !exclusions.has(file));
}

/** Files that somebody brings just now; undefined where git was not asked. */
function broughtIn({ texts: { changes } }: Site): ((file: string) => boolean) | undefined {
  return changes && ((file) => isNewFile(file, changes));
}

function startAfterFor(file: string, paths: readonly string[], site: Site): StartAfter | undefined {
  const { config } = site.configuration;
  const { startAfter: version } = settingsFor(file, site);
  if (version === undefined || site.options.withDeployed) return undefined;
  const isOwn = entryFor(file, site.configuration)?.startAfter !== undefined;
  return { version, mayBeElsewhere: !isOwn && config.migrations.length > 1 && paths.length > 0 };
}

/** Throws a `UserError` that names what was left out where nothing else was found. */
function searchIn(site: Site): SearchResult {
  const {
    configuration: { directory },
    options: { cwd },
  } = site;
  const result = searchMigrations(directory, broughtIn(site));
  const { found, leftOut } = result;
  if (found.length > 0) return result;
  const passedOver = leftOut.slice(0, shown).map(({ path, why }) => `\n  ${displayPath(path, cwd)} is left out: ${why}`);
  const more = leftOut.length > shown ? [`\n  and ${leftOut.length - shown} more`] : [];
  const advice = `name a file or a directory, or say where the migrations are with "migrations:" in ${configName}`;
  throw new UserError([`nothing to lint: no migrations were found below ${directory}; ${advice}`, ...passedOver, ...more].join(''));
}

const shown = 5;

function standaloneInput(paths: readonly string[], { texts: { stdin, limits } }: Site): ReadText[] {
  return paths.includes('-') && stdin !== undefined && stdin.path === undefined ? [readInput(stdin.bytes, limits)] : [];
}
