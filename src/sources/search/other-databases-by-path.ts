// Folders of a project whose paths name another database, beside one that does not: `MySqlMigrations`, `migrations-sqlite`.

import { relative } from 'node:path';
import { databaseCalled, postgres, type Database } from '../databases/known.ts';
import { dialectsIn } from '../databases/dialect.ts';
import type { Directory } from '../disk/directory.ts';
import { folderOf, type FoundFolder } from './found-folder.ts';

/** None where all are called so: then the name says what is moved from one database to another, or what is kept there. */
export function otherDatabasesByPath(places: readonly FoundFolder[], top: Directory): ReadonlyMap<FoundFolder, Database> {
  const others = new Map(places.flatMap((place) => otherIn(relative(top.path, folderOf(place).path), place)));
  return others.size < places.length ? others : new Map();
}

/** Words that mean nothing else, wherever they stand: an oracle may be of another kind. */
const words = /mysql|mariadb|sqlite|clickhouse|mssql|sqlserver|hsqldb|mongodb|bigquery/gi;

/** The last of the databases that a path names, unless PostgreSQL is one of them, or what lies there is written for it. */
function otherIn(path: string, place: FoundFolder): [FoundFolder, Database][] {
  const named = path.match(words)?.at(-1);
  const database = named === undefined ? undefined : databaseCalled(named);
  return database === undefined || /postgres|pgsql/i.test(path) || isForPostgres(place) ? [] : [[place, database]];
}

/** By the first of its files. */
function isForPostgres({ sql: [first] }: FoundFolder): boolean {
  const [name] = first?.sqlFiles ?? [];
  return first !== undefined && name !== undefined && dialectsIn(first.beginning(name))[0]?.database === postgres;
}
