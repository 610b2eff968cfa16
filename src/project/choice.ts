// Which migrations a run is about: the histories behind the paths, and texts that lie nowhere.

import { resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { readInput, type ReadText } from '../sources/disk/read-text.ts';
import { configName } from '../sources/find-config.ts';
import type { StartAfter } from '../sources/migrations/deployed.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import { findMigrations } from '../sources/migrations/find-migrations.ts';
import type { MigrationHistory, Search } from '../sources/migrations/migration-history.ts';
import { searchMigrations, type SearchResult } from '../sources/search/search.ts';
import { chosen, type ChosenHistory } from './reading/chosen-history.ts';
import { absenceNotes } from './reading/skipped.ts';
import { notesOnGit, refuseEmptyInput, refuseNothing } from './nothing-read.ts';
import { whyNoMigration } from './no-migration.ts';
import { withoutIncluded } from './reading/included-files.ts';
import { otherConfigurations } from './other-configurations.ts';
import { entryFor } from './settings/configuration.ts';
import { configuredPath } from './settings/configured-path.ts';
import { dumpOf, settingsFor, type Site } from './site.ts';

export interface Choice {
  readonly histories: readonly ChosenHistory[];
  /** What came through standard input without a name. */
  readonly texts: readonly ReadText[];
  /** What was found where nobody named anything; undefined where somebody did. */
  readonly search: SearchResult | undefined;
  /** Of what is passed over. */
  readonly notes: readonly string[];
}

/** Throws a `UserError` where there is nothing of what was asked for. */
export function choose(paths: readonly string[], site: Site): Choice {
  refuseEmptyInput(site);
  const named = namedIn(paths, site);
  const search = named === undefined ? searchIn(site) : undefined;
  const asked: string[] = [];
  const found = findMigrations(named ?? search?.found ?? [], searchSettings(paths, asked, site));
  const histories = withoutIncluded(
    found.map((history) => chosenAt(history, site)),
    site.texts,
  );
  const notes = [...histories.flatMap((history) => [...history.notes, ...absentFrom(history, site)]), ...notesOnGit(asked, site), ...otherConfigurations(found, site)];
  const choice: Choice = { histories, texts: standaloneInput(paths, site), search, notes };
  refuseNothing(paths, { histories: found, asked }, choice, site);
  return choice;
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

/** Adds to `asked`, be it new or not. */
function searchSettings(paths: readonly string[], asked: string[], site: Site): Search {
  const {
    options: { cwd, history = true, stdin },
    configuration: { config, directory },
    texts: { changes },
  } = site;
  return {
    cwd,
    namedBy: paths.length === 0 ? '"migrations:" in the configuration' : undefined,
    exclude: config.exclude,
    excludeFrom: directory,
    withHistory: history,
    unsaved: stdin?.path,
    frameworkOf: (file) => settingsFor(file, site).framework,
    startAfterOf: (file) => startAfterFor(file, paths, site),
    isNew: (file) => {
      asked.push(file);
      return changes.isNew(file);
    },
    isBrought: broughtIn(site),
  };
}

/** Undefined where git was not asked. */
function broughtIn({ options: { since, staged }, texts: { changes } }: Site): ((file: string) => boolean) | undefined {
  return since === undefined && staged !== true ? undefined : (file) => changes.isNew(file);
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
