// Connections as URLs: `postgres://app@localhost/shop?sslmode=require`. Source: conninfo_uri_parse_options() in fe-connect.c.

import { addressError, isParameter, unknownParameter, type Parameters } from './parameters.ts';

export function isUri(text: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(text);
}

/** What libpq would take for a host or a database, and holds an @, is most likely the rest of a password: refused, not shown. */
export function parseUri(text: string): Parameters {
  const parameters = new Map<string, string>();
  const store = (name: string, value: string): void => {
    if (value !== '') parameters.set(name, decoded(value));
  };
  let rest = text.replace(/^postgres(?:ql)?:\/\//, '');
  const [, userInfo] = /^([^@/]*)@/.exec(rest) ?? [];
  if (userInfo !== undefined) {
    const [user = '', ...password] = userInfo.split(':');
    store('user', user);
    store('password', password.join(':'));
    rest = rest.slice(userInfo.length + 1);
  }
  const { hosts, ports, end } = netlocsOf(rest);
  if (hosts.some(holdsAt)) throw strayAt('host');
  store('host', hosts.join(','));
  store('port', ports.join(','));
  const [, path = '', query = ''] = /^(?:\/([^?]*))?(?:\?([\s\S]*))?$/.exec(rest.slice(end)) ?? [];
  if (holdsAt(path)) throw strayAt('database');
  store('dbname', path);
  for (const [name, value] of queryOf(query)) parameters.set(name, value);
  return parameters;
}

function holdsAt(text: string): boolean {
  return text.includes('@');
}

function strayAt(what: string): Error {
  return addressError(`what would be the ${what} holds an @; write @ in a password as %40, / as %2F, and @ in a name as %40`);
}

interface Netlocs {
  readonly hosts: readonly string[];
  readonly ports: readonly string[];
  readonly end: number;
}

/** One or more of `host`, `host:port`, `[::1]:port`, with commas between them. */
function netlocsOf(rest: string): Netlocs {
  const hosts: string[] = [];
  const ports: string[] = [];
  let at = 0;
  for (;;) {
    const [whole = '', address, host = '', port = ''] = /^(?:\[([^\]]+)\]|([^[:/?,][^:/?,]*)?)(?::([^/?,]*))?(?=[/?,]|$)/.exec(rest.slice(at)) ?? [];
    if (whole === '' && !/^(?:[/?,]|$)/.test(rest.slice(at))) throw addressError('an address in [ ] is not closed, is empty, or has something behind it');
    hosts.push(address ?? host);
    ports.push(port);
    at += whole.length;
    if (rest.charAt(at) !== ',') break;
    at += 1;
  }
  return { hosts, ports: ports.some((port) => port !== '') ? ports : [], end: at };
}

function queryOf(query: string): (readonly [string, string])[] {
  if (query === '') return [];
  return query.split('&').flatMap((piece, index, all) => {
    if (piece === '' && index === all.length - 1) return [];
    const sides = piece.split('=');
    if (sides.length !== 2) throw addressError('a parameter behind the ? needs one =, as in ?sslmode=require; write = in a value as %3D, and & as %26');
    const [name = '', value = ''] = sides.map(decoded);
    if (name === 'ssl' && value === 'true') return [['sslmode', 'require'] as const];
    if (!isParameter(name)) throw unknownParameter();
    return [[name, value] as const];
  });
}

/** Source: conninfo_uri_decode(); a + is a +, and spaces around do not count. */
function decoded(text: string): string {
  const bytes: Buffer[] = [];
  for (const piece of text.trim().split(/(%[\s\S]{0,2})/)) {
    if (!piece.startsWith('%')) bytes.push(Buffer.from(piece));
    else if (/^%[\da-f]{2}$/i.test(piece) && piece !== '%00') bytes.push(Buffer.from([Number.parseInt(piece.slice(1), 16)]));
    else throw addressError('a % is not followed by two hexadecimal digits; write a % itself as %25');
  }
  return Buffer.concat(bytes).toString('utf8');
}
