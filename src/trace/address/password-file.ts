// The password that ~/.pgpass has for a connection. Source: passwordFromFile() in fe-connect.c.

import { readFileSync, statSync } from 'node:fs';

export interface WantedPassword {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

export type FoundPassword =
  | { readonly kind: 'found'; readonly password: string }
  | { readonly kind: 'none' }
  /** Others may read the file, so libpq does not. */
  | { readonly kind: 'open-to-others' };

export function passwordIn(path: string, { host, port, database, user }: WantedPassword): FoundPassword {
  const text = readPrivate(path);
  if (text === 'open-to-others') return { kind: 'open-to-others' };
  for (const line of text?.split('\n') ?? []) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line.replace(/\r$/, ''));
    const isMeant = [host, String(port), database, user].every((wanted, index) => fields[index] === '*' || unescaped(fields[index]) === wanted);
    if (isMeant && fields[4] !== undefined) return { kind: 'found', password: unescaped(fields[4]) ?? '' };
  }
  return { kind: 'none' };
}

function readPrivate(path: string): string | 'open-to-others' | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile()) return undefined;
    if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) return 'open-to-others';
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The fifth is the password, up to the next colon. A backslash takes the next character as it is. */
function fieldsOf(line: string): string[] {
  return Array.from(`${line}:`.matchAll(/((?:\\[\s\S]|[^\\:])*):/g), (match) => match[1] ?? '');
}

function unescaped(field: string | undefined): string | undefined {
  return field?.replace(/\\([\s\S])/g, '$1');
}
