// A server behind a URL: a database of our own on it, or the one that the URL names.

import type { Client, Notice } from 'pg';
import { UserError } from '../model/user-error.ts';
import { isPostgresVersion, postgresVersions, type PostgresVersion } from '../model/version.ts';
import { refusalOf, type Connection, type Heard, type Server } from './connection.ts';

/** The database that the URL names. */
export async function connectTo(url: string): Promise<Server> {
  const connection = await open(url);
  const { version, name } = await identityOf(connection);
  return { version, name, connection, connect: () => open(url), stop: () => connection.end() };
}

/** A database of its own beside the one that the URL names; it is dropped in the end. */
export async function connectToScratch(url: string): Promise<Server> {
  const database = `pgmigrate_lint_${process.pid}`;
  const admin = await open(url);
  await createDatabase(admin, database);
  const scratch = urlOf(url, database);
  const connections: Connection[] = [];
  const connect = async (): Promise<Connection> => {
    const connection = await open(scratch);
    connections.push(connection);
    return connection;
  };
  const connection = await connect();
  const { version, name } = await identityOf(connection);
  const drop = async (): Promise<void> => {
    await Promise.all(connections.map((one) => one.end()));
    await admin.run(`DROP DATABASE ${database} WITH (FORCE)`);
    await admin.end();
  };
  return { version, name, connection, connect, stop: evenWhenInterrupted(drop) };
}

/** Whoever interrupts the run waits for `leave`, which is done once, and then it ends as interrupted runs do. */
function evenWhenInterrupted(leave: () => Promise<void>): () => Promise<void> {
  let leaving: Promise<void> | undefined;
  const stop = (): Promise<void> => (leaving ??= leave());
  const interrupted = (): void => void stop().finally(() => process.kill(process.pid, 'SIGINT'));
  process.once('SIGINT', interrupted);
  return () => stop().finally(() => process.off('SIGINT', interrupted));
}

async function createDatabase(admin: Connection, name: string): Promise<void> {
  try {
    await admin.run(`CREATE DATABASE ${name}`);
  } catch (error) {
    await admin.end();
    throw new UserError(
      `a database for the trace can't be made (${error instanceof Error ? error.message : String(error)}); ` +
        'name a role that may create databases, or add --yes to trace in the database itself',
    );
  }
}

/** Has the database anything of its own? What extensions brought does not count. */
export async function isEmptyDatabase({ connection }: Server): Promise<boolean> {
  const [row] = await connection.rows<{ readonly filled: boolean }>(`
    SELECT EXISTS (
      SELECT FROM (SELECT oid, relnamespace AS namespace, 'pg_class'::regclass AS class FROM pg_class
                   UNION ALL SELECT oid, pronamespace, 'pg_proc'::regclass FROM pg_proc
                   UNION ALL SELECT oid, typnamespace, 'pg_type'::regclass FROM pg_type) object
        JOIN pg_namespace ON pg_namespace.oid = namespace
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object.oid AND deptype IN ('e', 'i'))) AS filled`);
  return row?.filled === false;
}

async function open(url: string): Promise<Connection> {
  const { default: pg } = await importClient();
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new UserError(`no connection to ${placeOf(url)}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return connectionOf(client);
}

async function importClient(): Promise<typeof import('pg')> {
  try {
    return await import('pg');
  } catch {
    throw new UserError('--database-url needs the client "pg": install it with "npm install --save-dev pg"');
  }
}

function connectionOf(client: Client): Connection {
  return {
    rows: async <Row>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await asked(() => client.query<Row>(sql, values));
      return rows;
    },
    run: (sql) => run(client, sql),
    end: () => client.end(),
  };
}

async function run(client: Client, sql: string): Promise<Heard> {
  const messages: string[] = [];
  const listen = ({ message }: Notice): unknown => message !== undefined && messages.push(message);
  client.on('notice', listen);
  try {
    const { command } = await asked(() => client.query(sql));
    return { command: command ?? '', messages };
  } finally {
    client.off('notice', listen);
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

async function identityOf(connection: Connection): Promise<{ readonly version: PostgresVersion; readonly name: string }> {
  const [row] = await connection.rows<{ readonly major: number; readonly name: string }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major, 'PostgreSQL ' || current_setting('server_version') AS name",
  );
  const { major, name = '' } = row ?? {};
  if (!isPostgresVersion(major)) throw new UserError(`the server is ${name}; known are ${postgresVersions.join(', ')}`);
  return { version: major, name };
}

/** Without the password. */
function placeOf(url: string): string {
  return url.replace(/^(\w+:\/\/)([^@/]*@)?/, '$1').replace(/\?.*$/, '');
}

/** The same server, another database. */
function urlOf(url: string, database: string): string {
  return url.replace(/^(\w+:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${database}`);
}
