// Whether the migrations of a folder are for another database than PostgreSQL. To say so is a claim: where anything speaks for PostgreSQL,
// or too little for another one, nothing is said.

import type { Directory } from '../disk/directory.ts';
import { sampleOf } from '../disk/sample.ts';
import { declaredDatabase } from './declared.ts';
import { dialectsIn, type Dialect } from './dialect.ts';
import { namedFolder, type NamedFolder } from './folder-names.ts';
import { postgres } from './known.ts';

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
  const named = namedFolder(directory);
  if (named?.database === postgres) return undefined;
  const told = sampleOfUps(paths).map((path) => ({ path, dialects: dialectsIn(directory.beginning(path)) }));
  return named ? otherByName(named, told) : otherByTexts(told);
}

interface Told {
  readonly path: string;
  readonly dialects: readonly Dialect[];
}

/** A name alone is not enough: that of another folder beside it, or a word in one of the files, says that it means a database. */
function otherByName({ database, folder, isOneOfSeveral }: NamedFolder, told: readonly Told[]): OtherDatabase | undefined {
  const ofPostgres = told.filter(({ dialects }) => hasPostgres(dialects)).length;
  const ofOthers = told.filter(({ dialects }) => dialects.length > 0 && !hasPostgres(dialects)).length;
  if (ofPostgres > ofOthers && database.isLikePostgres !== true) return undefined;
  if (!isOneOfSeveral && ofOthers === 0) return undefined;
  return { title: database.title, because: `the folder is called "${folder.name}"` };
}

function hasPostgres(dialects: readonly Dialect[]): boolean {
  return dialects.some(({ database }) => database === postgres);
}

/** Several marks in a file say whose it is; all files that say anything have to agree, and not too many may be silent. */
function otherByTexts(told: readonly Told[]): OtherDatabase | undefined {
  const speaking = told.flatMap(({ path, dialects }) => {
    const [first, second] = dialects;
    if (!first || hasPostgres(dialects)) return first ? [{ path, database: postgres, marks: [] }] : [];
    return first.marks.length > 1 && first.marks.length > (second?.marks.length ?? 0) ? [{ path, ...first }] : [];
  });
  const [first] = speaking;
  const areOne = speaking.every(({ database }) => database === first?.database);
  if (!first || first.database === postgres || !areOne || speaking.length * 4 < told.length) return undefined;
  return { title: first.database.title, because: `${first.path} says ${first.marks.slice(0, 2).join(' and ')}` };
}

/** What runs on the way down says less. */
function sampleOfUps(paths: readonly string[]): readonly string[] {
  return sampleOf(paths.filter((path) => !/(?:^|[._/-])down\.sql$/i.test(path)));
}

function sqlPathsIn(directory: Directory): readonly string[] {
  if (directory.sqlFiles.length > 0) return directory.sqlFiles;
  return sampleOf(directory.folders).flatMap(({ name, sqlFiles }) => sqlFiles.map((file) => `${name}/${file}`));
}
