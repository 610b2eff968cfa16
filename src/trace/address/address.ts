// Where a connection leads, by libpq's rules: what its words say, then its service, then the environment, then what libpq takes by itself.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseKeywords } from './keyword-string.ts';
import { addressError, environmentParameters, refuseUnkept, type Parameters } from './parameters.ts';
import { passwordIn, type WantedPassword } from './password-file.ts';
import type { Secrets } from '../../text/secrets.ts';
import { serviceParameters } from './service-file.ts';
import { encryptionsOf, type Encryption } from './encryption.ts';
import type { Surroundings } from './surroundings.ts';
import { isUri, parseUri } from './uri.ts';

/** One way to a server. */
export interface Place {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  /** The address where it is given beside the name. */
  readonly hostAddress: string | undefined;
  readonly port: number;
  readonly encryption: Encryption;
}

export interface Login {
  readonly user: string;
  readonly database: string;
  readonly password: Password;
  /** `-c search_path=app`. */
  readonly options: string | undefined;
}

export type Password =
  | { readonly kind: 'known'; readonly text: string }
  /** `why`: a sentence, for who is asked for one. */
  | { readonly kind: 'unknown'; readonly why: string };

/** A place with what one logs in with there. */
export interface Way {
  readonly place: Place;
  readonly login: Login;
}

export interface Address {
  /** In the order in which they are tried; those that are one server but for the encryption stand together. */
  readonly ways: readonly Way[];
  /** It has to be one that can be written to. */
  readonly isForWriting: boolean;
  readonly applicationName: string;
  /** Milliseconds; 0 for as long as it takes. */
  readonly patience: number;
  readonly secrets: Secrets;
}

/** Throws a `UserError` that shows nothing of the text: nobody knows which part of a text that is wrong is a password. */
export function resolveAddress(text: string, surroundings: Surroundings): Address {
  const given = parse(text);
  const { env, home } = surroundings;
  const service = given.get('service') ?? env['PGSERVICE'];
  const served = service ? serviceParameters(service, given.get('servicefile') ?? env['PGSERVICEFILE'], surroundings) : new Map<string, string>();
  const parameters = new Map([...environmentParameters(env), ...served, ...given]);
  refuseUnkept(parameters);
  refuseMisplacedPassword(parameters);
  const value = (name: string): string | undefined => parameters.get(name) || undefined;
  const user = value('user') ?? surroundings.user;
  if (user === undefined) throw addressError('it names no user, and the operating system knows none');
  const database = value('dbname') ?? user;
  const passwordFile = value('passfile') ?? join(home, '.pgpass');
  const ways = serversOf(parameters).flatMap((server) => {
    const password = passwordOf(value('password'), passwordFile, { ...server, host: server.host || server.hostAddress || '', database, user });
    const login: Login = { user, database, password, options: value('options') };
    return encryptionsOf(server.host, parameters, home).map((encryption) => ({ place: { ...server, encryption }, login }));
  });
  const known = ways.flatMap(({ login: { password } }) => (password.kind === 'known' ? [password.text] : []));
  return {
    ways,
    isForWriting: isForWriting(value('target_session_attrs') ?? 'any'),
    applicationName: value('application_name') ?? value('fallback_application_name') ?? 'pgmigrate-lint',
    patience: 1000 * Math.max(0, wholeNumber('connect_timeout', value('connect_timeout') ?? '0')),
    secrets: [...new Set([...known, ...known.map(encodeURIComponent), value('sslpassword') ?? ''])],
  };
}

function parse(text: string): Parameters {
  if (isUri(text)) return parseUri(text);
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || !text.includes('=')) {
    throw addressError('it begins with postgres:// or postgresql://, or has keywords, as in "host=localhost dbname=shop"');
  }
  return parseKeywords(text);
}

/** A quote in the wrong place makes it a part of a name, which messages show. */
function refuseMisplacedPassword(parameters: Parameters): void {
  for (const [name, value] of parameters) {
    if (!name.includes('password') && /pass(?:word|wd)?\s*=/i.test(value)) throw addressError(`the value of ${name} holds password=; check the quotes`);
  }
}

type Server = Omit<Place, 'encryption'>;

/** Lists of hosts, addresses and ports belong together, one by one; a single port is for all. */
function serversOf(parameters: Parameters): Server[] {
  const listOf = (name: string): string[] => (parameters.get(name) ?? '').split(',');
  const [hosts, addresses, ports] = [listOf('host'), listOf('hostaddr'), listOf('port')];
  const hasAddresses = addresses.some((one) => one !== '');
  const count = hasAddresses ? addresses.length : hosts.length;
  if (hasAddresses && hosts.some((one) => one !== '') && hosts.length !== count) throw addressError('host and hostaddr list a different number of servers');
  if (ports.length !== 1 && ports.length !== count) throw addressError('host and port list a different number of servers');
  return Array.from({ length: count }, (_, index) => {
    const port = portOf(ports.length === 1 ? ports[0] : ports[index]);
    const hostAddress = addresses[index] || undefined;
    const host = hosts[index] || (hostAddress === undefined ? socketFolder(port) : '');
    if (host.startsWith('@')) throw addressError("trace can't reach abstract sockets, whose names begin with @");
    return { host, hostAddress, port };
  });
}

function portOf(text: string | undefined): number {
  const port = wholeNumber('port', text || '5432');
  if (port < 1 || port > 65535) throw addressError('a port is a number from 1 to 65535; write / in a password as %2F');
  return port;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\s*[+-]?\d{1,9}\s*$/.test(text)) throw addressError(`${name} is no number; write / in a password as %2F`);
  return Number(text);
}

/** Where no host is named: packages of Debian and Red Hat look in the first folder, PostgreSQL's own build in the second; Windows has none. */
function socketFolder(port: number): string {
  if (process.platform === 'win32') return 'localhost';
  const folder = ['/var/run/postgresql', '/tmp'].find((one) => existsSync(join(one, `.s.PGSQL.${port}`)));
  if (folder === undefined) throw addressError(`it names no host, and no server has a socket for port ${port} in /var/run/postgresql or /tmp; name one, as in host=localhost`);
  return folder;
}

function passwordOf(given: string | undefined, file: string, wanted: WantedPassword): Password {
  if (given !== undefined) return { kind: 'known', text: given };
  const host = /^(?:\/var\/run\/postgresql|\/tmp)$/.test(wanted.host) ? 'localhost' : wanted.host;
  const found = passwordIn(file, { ...wanted, host });
  if (found.kind === 'found') return { kind: 'known', text: found.password };
  const others = found.kind === 'open-to-others' ? `, and ${file} is not used because others may read it (chmod 600)` : '';
  return { kind: 'unknown', why: `the server asks for a password, and none is given${others}` };
}

/** A trace writes, so a server that can't be written to is none. */
function isForWriting(wanted: string): boolean {
  if (wanted === 'any') return false;
  if (wanted === 'read-write' || wanted === 'primary') return true;
  throw addressError('target_session_attrs asks for a server that is not for writing; a trace writes');
}
