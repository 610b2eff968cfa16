// Which migrations a run is about: the histories behind the paths, and texts that lie nowhere.

import { resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { readInput, type ReadText } from '../sources/disk/read-text.ts';
import { configName } from '../sources/find-config.ts';
import { displayPath, findMigrations, type MigrationHistory, type Search } from '../sources/migrations/find-migrations.ts';
import { searchMigrations, type SearchResult } from '../sources/search/search.ts';
import { chosen, type ChosenHistory } from './reading/chosen-history.ts';
import { withoutIncluded } from './reading/included-files.ts';
import { dumpOf, settingsFor, type Site } from './site.ts';

export interface Choice {
  readonly histories: readonly ChosenHistory[];
  /** What came through standard input without a name. */
  readonly texts: readonly ReadText[];
  /** What was found where nobody named anything; undefined where somebody did. */
  readonly search: SearchResult | undefined;
}

export async function choose(paths: readonly string[], site: Site): Promise<Choice> {
  const named = namedIn(paths, site);
  const search = named === undefined ? searchIn(site) : undefined;
  const histories = await findMigrations(named ?? search?.found ?? [], searchSettings(site));
  return { histories: withoutIncluded(
      histories.map((history) => chosenAt(history, site)),
      site.texts,
    ), texts: standaloneInput(paths, site), search };
}

function chosenAt(history: MigrationHistory, site: Site): ChosenHistory {
  return chosen(
    history,
    (file) => settingsFor(file, site),
    (settings) => dumpOf(settings, site),
  );
}

/** A directory that holds the configuration stands for the migrations that the configuration names. Undefined where nobody names any. */
function namedIn(paths: readonly string[], { options: { cwd, stdin }, configuration: { config, directory } }: Site): readonly string[] | undefined {
  const migrations = config.migrations.map(({ path }) => resolve(directory, path));
  if (paths.length === 0) return migrations.length > 0 ? migrations : undefined;
  return paths.flatMap((path) => {
    if (path === '-') return stdin?.path === undefined ? [] : [stdin.path];
    return resolve(cwd, path) === directory && migrations.length > 0 ? migrations : [path];
  });
}

function searchSettings(site: Site): Search {
  const {
    options: { cwd, history = true, stdin, withDeployed = false },
    configuration: { config, directory },
    texts: { changes },
  } = site;
  return {
    cwd,
    exclude: config.exclude,
    excludeFrom: directory,
    withHistory: history,
    unsaved: stdin?.path,
    frameworkOf: (file) => settingsFor(file, site).framework,
    startAfterOf: (file) => (withDeployed ? undefined : settingsFor(file, site).startAfter),
    isNew: changes.isNew,
  };
}

/** Throws a `UserError` that names what was left out where nothing else was found. */
function searchIn({ configuration: { directory }, options: { cwd } }: Site): SearchResult {
  const result = searchMigrations(directory);
  const { found, leftOut } = result;
  if (found.length > 0) return result;
  const passedOver = leftOut.slice(0, shown).map(({ path, why }) => `\n  ${displayPath(path, cwd)} is left out: ${why}`);
  const more = leftOut.length > shown ? [`\n  and ${leftOut.length - shown} more`] : [];
  const advice = `name a file or a directory, or say where the migrations are with "migrations:" in ${configName}`;
  throw new UserError([`nothing to lint: no migrations were found below ${directory}; ${advice}`, ...passedOver, ...more].join(''));
}

const shown = 5;

function standaloneInput(paths: readonly string[], { options: { stdin }, settings: { limits } }: Site): ReadText[] {
  return paths.includes('-') && stdin !== undefined && stdin.path === undefined ? [readInput(stdin.bytes, limits)] : [];
}
