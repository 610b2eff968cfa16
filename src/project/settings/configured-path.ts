// A path that the configuration says: whoever changes the configuration could have any file read, and shown.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { globsAt } from '../../sources/disk/covers.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { isInside } from '../../sources/disk/inside.ts';
import { configName } from '../../sources/find-config.ts';
import { isGlob, type Glob } from '../../text/glob.ts';
import type { Configuration } from './configuration.ts';

/** Absolute. `key`: under which it stands. Throws a `UserError` where it leads out of the repository and nobody named it, or to what is no file. */
export function configuredPath(written: string, key: string, { directory, path = configName, bounds }: Configuration): string {
  const absolute = resolve(directory, written);
  const subject = `"${key}: ${written}" in ${path}`;
  if (!placesOf(written, directory).every((place) => isInside(place, bounds))) {
    throw new UserError(`${subject} leads out of the repository, or into git's own files, and is not read: name the path on the command line, or move what it leads to`);
  }
  if (isStream(absolute)) throw new UserError(`${subject} is a pipe or a device, and no file`);
  return absolute;
}

/** As it is written, because a file may be called so, and the directories that its globs begin in. */
function placesOf(written: string, directory: string): readonly string[] {
  const globs = isGlob(written) ? globsAt(toSlashes(written), toSlashes(directory)) : [];
  return [resolve(directory, written), ...globs.map(beginningOf)];
}

function beginningOf(glob: Glob): string {
  const wild = glob.findIndex(({ kind }) => kind !== 'literal');
  const names = glob.slice(0, wild < 0 ? undefined : wild).flatMap((segment) => (segment.kind === 'literal' ? [segment.text] : []));
  return names.join('/') || '/';
}

function isStream(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}
