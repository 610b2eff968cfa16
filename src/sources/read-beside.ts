// Files that lie beside the configuration, or that it names.

import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../model/user-error.ts';

/** Undefined where there is none. `name`: what errors show. */
export function readIfThere(file: string, name: string): string | undefined {
  return existsSync(file) ? readNamed(file, name) : undefined;
}

/** Throws a `UserError` where it can't be read. */
export function readNamed(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`the file "${name}" can't be read`);
  }
}
