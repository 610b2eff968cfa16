// Folders of a project that are called after other databases, beside one that is not: `MySqlMigrations`, `migrations-sqlite`, `db/h2`.

import { relative } from 'node:path';
import { databaseCalled, postgres, type Database } from '../databases/known.ts';
import type { Directory } from '../disk/directory.ts';
import type { FoundFolder } from './found-folder.ts';

/** None where all are called so: then the name says what is moved from one database to another, or what is kept there. */
export function otherDatabasesByPath(groups: readonly FoundFolder[], top: Directory): ReadonlyMap<FoundFolder, Database> {
  const others = new Map(groups.flatMap((group) => otherIn(relative(top.path, group.root.path), group)));
  return others.size < groups.length ? others : new Map();
}

/** The last of the databases that a path names, unless PostgreSQL is one of them. */
function otherIn(path: string, group: FoundFolder): [FoundFolder, Database][] {
  const named = wordsIn(path).flatMap((word) => databaseCalled(word) ?? []);
  const last = named.at(-1);
  return last === undefined || named.includes(postgres) ? [] : [[group, last]];
}

/** Of `MySqlMigrations`: `My`, `Sql`, `Migrations`, and `MySql` and `SqlMigrations`; of `riversqlite`: `sqlite`. */
function wordsIn(path: string): readonly string[] {
  const parts = path.split(/[^A-Za-z0-9]+/);
  return parts.flatMap((part) => {
    const words = part.split(/(?<=[a-z0-9])(?=[A-Z][a-z])/);
    const inside = /mysql|mariadb|sqlite|postgres|clickhouse|mssql|cockroach/i.exec(part) ?? [];
    return [part, ...inside, ...words, ...words.slice(1).map((word, index) => `${words[index]}${word}`)];
  });
}
