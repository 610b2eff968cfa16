// PostgreSQL in this process: PGlite, an empty database in memory with one session.

import type { Extension, PGlite } from '@electric-sql/pglite';
import { UserError } from '../model/user-error.ts';
import { isPostgresVersion, postgresVersions } from '../model/version.ts';
import { refusalOf, type Connection, type Heard, type Server } from './connection.ts';

/** `extensions`: those that the migrations create; what PGlite does not have, its server will say. */
export async function startEmbedded(extensions: ReadonlySet<string>): Promise<Server> {
  const { database, ...identity } = await openEmbedded(extensions);
  const connection = connectionTo(database);
  return { ...identity, connection, connect: undefined, stop: () => connection.end() };
}

export interface Embedded extends Pick<Server, 'version' | 'name'> {
  readonly database: PGlite;
}

/** `extensions`: as above. */
export async function openEmbedded(extensions: ReadonlySet<string>): Promise<Embedded> {
  const { PGlite } = await importClient();
  const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])];
  const database = await PGlite.create({ startParams, extensions: await loadExtensions(extensions) });
  const connection = connectionTo(database);
  const [row] = await connection.rows<{ readonly name: string; readonly major: number }>(
    "SELECT version() AS name, current_setting('server_version_num')::int / 10000 AS major",
  );
  const { name = '', major } = row ?? {};
  if (!isPostgresVersion(major)) throw new UserError(`the embedded server is PostgreSQL ${major}; one of ${postgresVersions.join(', ')} is needed`);
  return { version: major, name: name.replace(/\) on .*$/, ')'), database };
}

/** What servers have, so that migrations find here what they find there. */
const settings = ['wal_level=logical', 'allow_in_place_tablespaces=on', 'search_path="$user", public'];

async function importClient(): Promise<typeof import('@electric-sql/pglite')> {
  try {
    return await import('@electric-sql/pglite');
  } catch {
    throw new UserError(
      'there is no PostgreSQL to run them on: install the embedded one with "npm install --save-dev @electric-sql/pglite" ' +
        '(with npx: "npx -p pgmigrate-lint -p @electric-sql/pglite pgmigrate-lint …"), or name a server with --database-url',
    );
  }
}

async function loadExtensions(names: ReadonlySet<string>): Promise<Record<string, Extension>> {
  const loaded = await Promise.all([...names].map(loadExtension));
  return Object.fromEntries(loaded.flat());
}

async function loadExtension(name: string): Promise<[string, Extension][]> {
  const file = name.replaceAll('-', '_');
  if (!/^\w+$/.test(file)) return [];
  try {
    const exported: Record<string, Extension> = await import(`@electric-sql/pglite/contrib/${file}`);
    const extension = exported[file];
    return extension ? [[file, extension]] : [];
  } catch {
    return [];
  }
}

function connectionTo(database: PGlite): Connection {
  return {
    rows: async <Row>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await asked(() => database.query<Row>(sql, [...values]));
      return rows;
    },
    run: (sql) => run(database, sql),
    end: () => database.close(),
  };
}

async function run(database: PGlite, sql: string): Promise<Heard> {
  const messages: string[] = [];
  const results = await asked(() => database.exec(sql, { onNotice: ({ message }) => message !== undefined && messages.push(message) }));
  return { command: results.at(-1)?.command ?? '', messages };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}
