// What the names of folders say about the database: `migrations/mysql`, `sqlite3/migrations`, `PostgresMigrations`.

import type { Directory } from '../disk/directory.ts';
import { databaseCalled, postgres, type Database } from './known.ts';

export interface NamedFolder {
  readonly database: Database;
  readonly folder: Directory;
  /** `certain`: a folder beside it is called PostgreSQL's. `likely`: another name says the same, or one beside it names another database. */
  readonly certainty: 'certain' | 'likely' | 'possible';
}

/** Of the directory itself, or of what is above it as long as the names below say nothing of their own. */
export function namedFolder(directory: Directory): NamedFolder | undefined {
  for (const folder of directory.upwards()) {
    if (folder.has('.git')) return undefined;
    const database = databaseIn(folder.name) ?? databaseOfMigrations(folder.name);
    if (database) return { database, folder, certainty: certaintyOf(folder, database) };
    if (!isFiller(folder.name)) return undefined;
  }
  return undefined;
}

/** The database that a folder is called by; a name that has more to say is the name of something else: `mysql-importer`. */
export function databaseIn(name: string): Database | undefined {
  return databaseCalled(wordsOf(name).filter((word) => !fillers.has(word)).join(''));
}

/** `migration_orders_sqlite` has migrations of orders in it. */
function databaseOfMigrations(name: string): Database | undefined {
  const words = wordsOf(name);
  return words.some((word) => /^migrat/.test(word)) ? databaseCalled(words.at(-1) ?? '') : undefined;
}

function isFiller(name: string): boolean {
  return wordsOf(name).every((word) => fillers.has(word));
}

const fillers: ReadonlySet<string> = new Set(
  'migrations migration migrate migrator sql db database databases schema schemas script scripts ddl changelog changelogs changes versions version versioned up helper helpers'.split(' '),
);

/** Without numbers that stand alone, which are years and versions. */
function wordsOf(name: string): readonly string[] {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/);
  return joined(words.filter((word) => word !== '' && !/^v?\d+$/.test(word)));
}

/** `My Sql` is one word. */
function joined(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => databaseCalled(word + (words[index + 1] ?? '')) !== undefined && databaseCalled(word) === undefined);
  return at < 0 ? words : [...words.slice(0, at), words.slice(at, at + 2).join(''), ...words.slice(at + 2)];
}

function certaintyOf(folder: Directory, database: Database): NamedFolder['certainty'] {
  const beside = new Set(folder.parent?.folders.map(({ name }) => databaseIn(name)));
  if (beside.has(postgres)) return 'certain';
  const isOneOfSeveral = [...beside].some((other) => other !== undefined && other !== database);
  return isOneOfSeveral || isSaidAbove(folder, database) ? 'likely' : 'possible';
}

function isSaidAbove(folder: Directory, database: Database): boolean {
  const above = [...folder.upwards()].slice(1).filter((one) => !one.has('.git'));
  return above.some(({ name }) => wordsOf(name).some((word) => databaseCalled(word) === database));
}
