// Whether the migrations of a folder are for another database than PostgreSQL. To say so is a claim: where anything speaks for PostgreSQL,
// or too little for another one, nothing is said.

import type { Directory } from '../disk/directory.ts';
import { sampleOf } from '../disk/sample.ts';
import { declaredDatabase } from './declared.ts';
import { dialectsIn, type Dialect } from './dialect.ts';
import { databaseIn, namedFolder, type NamedFolder } from './folder-names.ts';
import { databaseCalled, postgres } from './known.ts';

export interface OtherDatabase {
  /** `MySQL`. */
  readonly title: string;
  /** What says so: `migration_lock.toml says "mysql"`, `1_a.sql says ENGINE=InnoDB and AUTO_INCREMENT`. */
  readonly because: string;
}

/**
 * `directory`: where a history begins. `paths`: its files, relative to it; where they are left out, the SQL files that lie in it, or one
 * folder below. What the files of the tool declare comes first, then what the folder is called and what some of the files say.
 */
export function otherDatabaseOf(directory: Directory, paths = sqlPathsIn(directory)): OtherDatabase | undefined {
  const declared = declaredDatabase(directory);
  if (declared) return declared.database === postgres ? undefined : { title: declared.database.title, because: declared.because };
  if (paths.some(isNamedForPostgres)) return undefined;
  const named = namedFolder(sharedFolder(directory, paths));
  if (named?.database === postgres) return undefined;
  const told = sampleOfUps(paths).map((path) => ({ path, dialects: dialectsIn(directory.beginning(path)) }));
  return named ? otherByName(named, told) : otherByTexts(told);
}

/** The first folder below that all files lie in. */
function sharedFolder(directory: Directory, paths: readonly string[]): Directory {
  const [first = '', ...more] = (paths[0] ?? '').split('/');
  return more.length > 0 && paths.every((path) => path.startsWith(`${first}/`)) ? directory.below(first) : directory;
}

interface Told {
  readonly path: string;
  readonly dialects: readonly Dialect[];
}

/** A name alone is not enough: others around it, or a word in one of the files, say that it means a database. */
function otherByName({ database, folder, certainty }: NamedFolder, told: readonly Told[]): OtherDatabase | undefined {
  const found = { title: database.title, because: `the folder is called "${folder.name}"` };
  if (certainty === 'certain') return found;
  const ofPostgres = told.filter(({ dialects }) => hasPostgres(dialects)).length;
  const ofOthers = told.filter(({ dialects }) => dialects.length > 0 && !hasPostgres(dialects)).length;
  if (ofPostgres > ofOthers && database.isLikePostgres !== true) return undefined;
  return certainty === 'likely' || ofOthers > 0 ? found : undefined;
}

function hasPostgres(dialects: readonly Dialect[]): boolean {
  return dialects.some(({ database }) => database === postgres);
}

/**
 * Several marks in a file say whose it is. All files that have any have to be of one database, none of PostgreSQL, and not too many may have
 * none.
 */
function otherByTexts(told: readonly Told[]): OtherDatabase | undefined {
  const sure = told.flatMap(({ path, dialects: [first, second] }) =>
    first && first.marks.length > 1 && first.marks.length > (second?.marks.length ?? 0) ? [{ path, ...first }] : [],
  );
  const [first] = sure;
  if (!first || sure.some(({ database }) => database !== first.database) || told.some(({ dialects }) => hasPostgres(dialects))) return undefined;
  const alike = told.filter(({ dialects }) => dialects.some(({ database }) => database === first.database));
  if (alike.length * 4 < told.length) return undefined;
  return { title: first.database.title, because: `${first.path} says ${first.marks.slice(0, 2).join(' and ')}` };
}

/** What runs on the way down says less. */
function sampleOfUps(paths: readonly string[]): readonly string[] {
  return sampleOf(paths.filter((path) => !/(?:^|[._/-])down\.sql$/i.test(path)));
}

/** `1_a.postgres.up.sql`, `postgresql/1_a.sql` */
function isNamedForPostgres(path: string): boolean {
  const folders = path.split('/');
  const words = folders.pop()?.split('.').slice(1, -1) ?? [];
  return words.some((word) => databaseCalled(word) === postgres) || folders.some((name) => databaseIn(name) === postgres);
}

function sqlPathsIn(directory: Directory): readonly string[] {
  if (directory.sqlFiles.length > 0) return directory.sqlFiles;
  return sampleOf(directory.folders).flatMap(({ name, sqlFiles }) => sqlFiles.map((file) => `${name}/${file}`));
}
