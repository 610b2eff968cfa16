// Which database the files of a tool say that a folder is for: Prisma's provider, Drizzle's dialect, the engine of Sqitch.

import { resolve } from 'node:path';
import type { Directory } from '../disk/directory.ts';
import { databaseCalled, type Database } from './known.ts';

export interface Declared {
  readonly database: Database;
  /** `migration_lock.toml says "mysql"`. */
  readonly because: string;
}

/** `directory`: where a history begins. Undefined where nothing says it, or says it in a word that is not known. */
export function declaredDatabase(directory: Directory): Declared | undefined {
  for (const find of [inPrismaLock, inDrizzleJournal, inPrismaSchema, inSqitch, inHasura, inDrizzleConfig, inAtlas, inCargo]) {
    const said = find(directory);
    const database = said && databaseCalled(said.word);
    if (said && database) return { database, because: `${said.file} says "${said.word}"` };
  }
  return undefined;
}

interface Said {
  readonly word: string;
  readonly file: string;
}

/** `pattern` has the word in its first group. */
function saidIn(directory: Directory | undefined, file: string, pattern: RegExp): Said | undefined {
  const word = pattern.exec(directory?.text(file) ?? '')?.[1];
  return word === undefined ? undefined : { word, file };
}

/** Source: prisma.io/docs, "About the migration_lock.toml file". */
function inPrismaLock(directory: Directory): Said | undefined {
  const place = directory.has('migration.sql') ? directory.parent : directory;
  return saidIn(place, 'migration_lock.toml', /^[ \t]*provider[ \t]*=[ \t]*["'](\w+)["']/m);
}

/** The schema beside the migrations, in one file or in a folder of files. */
function inPrismaSchema(directory: Directory): Said | undefined {
  const { parent } = directory;
  if (!parent || !firstFolders(directory).some((folder) => folder.has('migration.sql'))) return undefined;
  for (const place of [parent, parent.below('schema')]) {
    for (const file of place.names.filter((name) => name.endsWith('.prisma')).slice(0, MOST)) {
      const said = saidIn(place, file, /\bdatasource\s+\w+\s*\{[^{}]*?\bprovider\s*=\s*["'](\w+)["']/);
      if (said) return said;
    }
  }
  return undefined;
}

/** In the journal, or beside each migration. */
function inDrizzleJournal(directory: Directory): Said | undefined {
  const dialect = /"dialect"\s*:\s*"([\w-]+)"/;
  const said = saidIn(directory, 'meta/_journal.json', dialect);
  if (said) return said;
  const snapshots = firstFolders(directory).filter((folder) => folder.has('snapshot.json'));
  return snapshots.length === 0 ? undefined : saidIn(snapshots[0], 'snapshot.json', dialect);
}

/** A configuration whose `out` is this directory. Source: orm.drizzle.team/docs/drizzle-config-file. */
function inDrizzleConfig(directory: Directory): Said | undefined {
  for (const above of directory.upwards()) {
    for (const file of above.names.filter((name) => /^drizzle\b[\w.-]*\.[cm]?[jt]s(?:on)?$/.test(name)).slice(0, MOST)) {
      const out = /\bout["']?\s*:\s*["'`]([^"'`\n]+)["'`]/.exec(above.text(file) ?? '')?.[1];
      if (out !== undefined && resolve(above.path, out) === directory.path) return saidIn(above, file, /\bdialect["']?\s*:\s*["'`]([\w-]+)["'`]/);
    }
  }
  return undefined;
}

/** Source: sqitch.org/docs/manual/sqitch-configuration, `core.engine`. */
function inSqitch(directory: Directory): Said | undefined {
  return directory.has('sqitch.plan') ? saidIn(directory, 'sqitch.conf', /^[ \t]*engine[ \t]*=[ \t]*(\w+)/m) : undefined;
}

/** `migrations/<database>` beside what the metadata call that database. Source: hasura.io/docs, "Metadata format". */
function inHasura(directory: Directory): Said | undefined {
  const metadata = directory.parent?.parent?.below('metadata');
  if (metadata === undefined) return undefined;
  for (const file of ['databases/databases.yaml', 'databases.yaml']) {
    const entries = (metadata.text(file) ?? '').split(/^(?=[ \t]*-[ \t])/m);
    const own = entries.find((entry) => /^[ \t-]*name:[ \t]*["']?([\w.-]+)/m.exec(entry)?.[1] === directory.name);
    const word = /^[ \t-]*kind:[ \t]*["']?([\w-]+)/m.exec(own ?? '')?.[1];
    if (word !== undefined) return { word, file };
  }
  return undefined;
}

/** Where all its URLs speak of one database. Source: atlasgo.io/concepts/url. */
function inAtlas(directory: Directory): Said | undefined {
  const file = 'atlas.hcl';
  if (!directory.has('atlas.sum')) return undefined;
  const urls = directory.nearest(file).matchAll(/"(?:docker(?:\+\w+)?:\/\/)?([a-z][\w+]*)(?::|\/)[^"]*"/g);
  return agreedWord(Array.from(urls, ([, word = '']) => word), file);
}

/** Where the libraries that run migrations are built for one database. Source: docs.rs/diesel, docs.rs/sqlx, "Crate features". */
function inCargo(directory: Directory): Said | undefined {
  const file = 'Cargo.toml';
  const text = directory.nearest(file);
  if (/postgres/i.test(text)) return undefined;
  const features = Array.from(text.matchAll(/^[ \t]*(?:diesel|sqlx|refinery)\b[^\n]*\bfeatures[ \t]*=[ \t]*\[([^[\]]*)\]/gm), ([, list = '']) => list);
  return agreedWord(features.join(' ').match(/[\w-]+/g) ?? [], file);
}

function agreedWord(words: readonly string[], file: string): Said | undefined {
  const known = words.filter((word) => databaseCalled(word) !== undefined);
  const [word] = known;
  const areOne = new Set(known.map(databaseCalled)).size === 1;
  return word !== undefined && areOne ? { word, file } : undefined;
}

/** So many files are looked at for one answer. */
const MOST = 5;

function firstFolders(directory: Directory): readonly Directory[] {
  return directory.names.filter((name) => /^\d[\w-]*$/.test(name)).slice(0, MOST).map((name) => directory.below(name));
}
