// Connections to a server. Nothing that the client or the server says leaves this file with a password in it.

import { isIP } from 'node:net';
import type { Client, ClientConfig, Notice } from 'pg';
import { UserError } from '../../model/user-error.ts';
import { isPostgresVersion, postgresVersions, type PostgresVersion } from '../../model/version.ts';
import type { Address, Login, Place, Way } from '../address/address.ts';
import { withoutSecrets, type Secrets } from '../../text/secrets.ts';
import { Refusal, refusalOf, type Connection, type Heard } from '../connection.ts';

/** A connection, and how to make another one like it. */
export interface Reached {
  readonly connection: Connection;
  readonly way: Way;
}

/** The first way that leads to a server; a server that does not let one in is none to go on from. */
export async function reach(address: Address): Promise<Reached> {
  const failures: Failure[] = [];
  for (const way of address.ways) {
    try {
      const connection = await connect(way, address);
      await refuseOldClient(connection);
      if (!address.isForWriting || (await canBeWrittenTo(connection))) return { connection, way };
      await connection.end();
      failures.push({ place: placeName(way.place), why: "it can't be written to" });
    } catch (error) {
      if (error instanceof UserError) throw error;
      failures.push({ place: placeName(way.place), why: messageOf(error) });
      if (error instanceof Refusal && !isTriedNext(error, way, address)) break;
    }
  }
  throw new UserError(`no connection to ${told(failures)}`);
}

interface Failure {
  readonly place: string;
  readonly why: string;
}

/** That a server has no encryption says nothing where it was asked without, too. */
function told(failures: readonly Failure[]): string {
  const telling = failures.filter(({ place, why }) => why !== withoutEncryption || !failures.some((other) => other.place === place && other.why !== why));
  return [...new Set(telling.map(({ place, why }) => `${place}: ${why}`))].join('; ');
}

/** In the client's words. */
const withoutEncryption = 'The server does not support SSL connections';

/** Source: the documentation of libpq, "Specifying Multiple Hosts"; who is not let in may be let in with or without encryption. */
function isTriedNext({ code }: Refusal, { place }: Way, { ways }: Address): boolean {
  if (!code.startsWith('28')) return true;
  const index = ways.findIndex((way) => way.place === place);
  const next = ways[index + 1]?.place;
  return next !== undefined && next.host === place.host && next.hostAddress === place.hostAddress && next.port === place.port;
}

/** Throws what the client or the server says, without passwords: a `Refusal` where it is the server. */
export async function connect({ place, login }: Way, address: Address): Promise<Connection> {
  const { default: pg } = await importClient();
  const secrets = secretsOf(login, place, address);
  const client = new pg.Client(configOf(place, login, address));
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    client.end().catch(() => undefined);
    throw clean(error, secrets);
  }
  return connectionOf(client, secrets);
}

/** What is a name as well is said anyway, and tells nothing. */
function secretsOf({ user, database, password }: Login, { host }: Place, { secrets }: Address): Secrets {
  const all = password.kind === 'known' ? [...secrets, password.text] : secrets;
  return all.filter((secret) => ![user, database, host].includes(secret));
}

/** `127.0.0.1:5432`, or the path of a socket. */
export function placeName({ host, hostAddress, port }: Place): string {
  const shown = host || hostAddress || '';
  if (shown.startsWith('/')) return `${shown}/.s.PGSQL.${port}`;
  return `${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

export async function identityOf(connection: Connection): Promise<{ readonly version: PostgresVersion; readonly name: string }> {
  const [row] = await connection.rows<{ readonly major: number; readonly name: string }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major, 'PostgreSQL ' || current_setting('server_version') AS name",
  );
  const { major, name = '' } = row ?? {};
  if (!isPostgresVersion(major)) throw new UserError(`the server is ${name}; known are ${postgresVersions.join(', ')}`);
  return { version: major, name };
}

/** Where a name has several addresses that all refuse, there is a code and no message. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('message' in error && error.message !== '') return String(error.message);
  return 'code' in error ? String(error.code) : 'there is no answer';
}

async function importClient(): Promise<typeof import('pg')> {
  try {
    return await import('pg');
  } catch {
    throw new UserError('--database-url needs the client "pg": install it with "npm install --save-dev pg"');
  }
}

function configOf(place: Place, { user, database, password, options }: Login, { applicationName, patience }: Address): ClientConfig {
  const { host, hostAddress, port, encryption } = place;
  const name = hostAddress !== undefined && host !== '' && isIP(host) === 0 ? { servername: host } : {};
  return {
    host: hostAddress ?? host,
    port,
    user,
    database,
    password: () => {
      if (password.kind === 'unknown') throw new Error(password.why);
      return password.text;
    },
    ssl: encryption.kind === 'none' ? false : { ...encryption.certificates, ...name },
    sslnegotiation: encryption.kind === 'tls' && encryption.isDirect ? 'direct' : 'postgres',
    options,
    application_name: applicationName,
    client_encoding: 'UTF8',
    connectionTimeoutMillis: patience,
  };
}

/** Old clients do not know that one string is to be one statement, and would run the others too. */
async function refuseOldClient(connection: Connection): Promise<void> {
  try {
    await connection.run('SELECT 1; SELECT 2');
  } catch (error) {
    if (error instanceof Refusal && error.code === '42601') return;
    throw error;
  }
  throw new UserError('the client "pg" is too old: it would run several statements for one; install a newer one with "npm install --save-dev pg@8"');
}

async function canBeWrittenTo(connection: Connection): Promise<boolean> {
  const [row] = await connection.rows<{ readonly no: boolean }>(
    "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS no",
  );
  return row?.no === false;
}

function connectionOf(client: Client, secrets: Secrets): Connection {
  return {
    rows: async <Row>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await asked(() => client.query<Row>({ text: sql, values, queryMode: 'extended' }), secrets);
      return rows;
    },
    run: (sql) => run(client, sql, secrets),
    end: () => client.end(),
  };
}

async function run(client: Client, sql: string, secrets: Secrets): Promise<Heard> {
  const messages: string[] = [];
  const listen = ({ message }: Notice): unknown => message !== undefined && messages.push(message);
  client.on('notice', listen);
  try {
    const { command } = await asked(() => client.query({ text: sql, queryMode: 'extended' }), secrets);
    return { command: command ?? '', messages };
  } finally {
    client.off('notice', listen);
  }
}

/** Where it is no refusal, the connection is gone. The server refuses in words of the statement, which is in a file of the user. */
async function asked<T>(ask: () => Promise<T>, secrets: Secrets): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw refusalOf(error) ?? new UserError(`the connection to the server is lost: ${clean(error, secrets).message}`);
  }
}

function clean(error: unknown, secrets: Secrets): Error {
  const refusal = refusalOf(error);
  if (refusal) return new Refusal(refusal.code, withoutSecrets(refusal.message, secrets));
  return new Error(withoutSecrets(messageOf(error), secrets));
}
