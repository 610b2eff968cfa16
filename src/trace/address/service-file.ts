// What a service means: the section of pg_service.conf that has its name. Source: parseServiceInfo() in fe-connect.c.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressError, isParameter, type Parameters } from './parameters.ts';
import type { Surroundings } from './surroundings.ts';

/** The user's own file comes first; `file`: it alone is the user's. */
export function serviceParameters(service: string, file: string | undefined, { env, home }: Surroundings): Parameters {
  const system = env['PGSYSCONFDIR'] === undefined ? systemFolders : [env['PGSYSCONFDIR']];
  const files = [file ?? join(home, '.pg_service.conf'), ...system.map((folder) => join(folder, 'pg_service.conf'))];
  for (const [index, path] of files.entries()) {
    const text = textOf(path);
    if (text === undefined && index === 0 && file !== undefined) throw addressError(`the service file ${path} can't be read`);
    const found = text === undefined ? undefined : sectionOf(text, service, path);
    if (found) return found;
  }
  throw addressError(`the service "${service}" is in none of ${files.join(', ')}`);
}

/** As packages of Debian, Red Hat and PostgreSQL's own build have it. */
const systemFolders = ['/etc/postgresql-common', '/etc', '/etc/sysconfig/pgsql', '/usr/local/pgsql/etc'];

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The first value of a name counts. */
function sectionOf(text: string, service: string, path: string): Parameters | undefined {
  let found: Map<string, string> | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      if (found) return found;
      if (line.startsWith(`[${service}]`)) found = new Map();
      continue;
    }
    if (!found) continue;
    const [, name = '', value] = /^([^=]*)=([\s\S]*)$/.exec(line) ?? [];
    const place = `${path}:${index + 1}`;
    if (line.startsWith('ldap')) throw addressError(`${place}: trace asks no LDAP server where the database is`);
    if (name === 'service' || name === 'servicefile') throw addressError(`${place}: a service can't name another one`);
    if (value === undefined || !isParameter(name)) throw addressError(`${place}: this line is no parameter that libpq knows`);
    if (!found.has(name)) found.set(name, value);
  }
  return found;
}
