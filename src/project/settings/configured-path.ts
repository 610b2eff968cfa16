// A path that the configuration says: whoever changes the configuration could have any file read, and shown.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { isInside } from '../../sources/disk/inside.ts';
import { configName } from '../../sources/find-config.ts';
import { alternativesOf, isGlob } from '../../text/glob.ts';
import type { Configuration } from './configuration.ts';

/** Absolute. `key`: under which it stands. Throws a `UserError` where it leads out of the repository and nobody named it, or to what is no file. */
export function configuredPath(written: string, key: string, { directory, path = configName, bounds }: Configuration): string {
  const absolute = resolve(directory, written);
  const subject = `"${key}: ${written}" in ${path}`;
  if (!placesOf(written).every((place) => isInside(resolve(directory, place), bounds))) {
    throw new UserError(`${subject} leads out of the repository, or into git's own files, and is not read: name the path on the command line, or move what it leads to`);
  }
  if (isStream(absolute)) throw new UserError(`${subject} is a pipe or a device, and no file`);
  return absolute;
}

/** Of globs, the directories that are named as they are. */
function placesOf(written: string): readonly string[] {
  return (alternativesOf(written) ?? [written]).map((one) => {
    const wild = one.split('/').findIndex(isGlob);
    return wild < 0 ? one : one.split('/').slice(0, wild).join('/') || (one.startsWith('/') ? '/' : '.');
  });
}

function isStream(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}
