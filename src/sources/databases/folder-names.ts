// What the names of folders say about the database: `migrations/mysql`, `sqlite3/migrations`, `postgres-migrations`.

import type { Directory } from '../disk/directory.ts';
import { databaseCalled, type Database } from './known.ts';

export interface NamedFolder {
  readonly database: Database;
  readonly folder: Directory;
  /** A folder beside it is called by another database: that is what the names mean here. */
  readonly isOneOfSeveral: boolean;
}

/** Of the directory itself, or of what is above it as long as the names below say nothing of their own. */
export function namedFolder(directory: Directory): NamedFolder | undefined {
  for (const folder of directory.upwards()) {
    if (folder.has('.git')) return undefined;
    const database = databaseIn(folder.name);
    if (database) return { database, folder, isOneOfSeveral: hasOther(folder, database) };
    if (!isFiller(folder.name)) return undefined;
  }
  return undefined;
}

/** A name that has more to say is the name of something else: `mysql-importer`. */
function databaseIn(name: string): Database | undefined {
  const words = wordsOf(name).filter((word) => !fillers.has(word));
  const [first = '', ...more] = words;
  return more.length === 0 ? databaseCalled(first) : undefined;
}

function isFiller(name: string): boolean {
  return wordsOf(name).every((word) => fillers.has(word));
}

const fillers: ReadonlySet<string> = new Set(
  'migrations migration migrate migrator sql db database databases schema schemas script scripts ddl changelog changelogs changes versions version versioned up'.split(' '),
);

/** Without numbers that stand alone, which are years and versions. */
function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '' && !/^v?\d+$/.test(word));
}

function hasOther(folder: Directory, database: Database): boolean {
  return (folder.parent?.names ?? []).some((name) => {
    const other = databaseIn(name);
    return other !== undefined && other !== database;
  });
}
