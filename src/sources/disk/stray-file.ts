// What a glob finds and nobody asked for: links that lead out of the project, and pipes and devices, which may never end.

import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, sep } from 'node:path';

/** Why a file is not read that nobody named; undefined where nothing speaks against it, or where reading it says more. */
export function strayReason(file: string, project: string): string | undefined {
  try {
    if (isStream(statSync(file))) return 'this is a pipe or a device, and no file';
    if (!lstatSync(file).isSymbolicLink()) return undefined;
    const target = realpathSync(file);
    const isInside = [project, dirname(file)].some((directory) => isBelow(target, realpathSync(directory)));
    return isInside ? undefined : `this is a link that leads out of the project, to ${target}`;
  } catch {
    return undefined;
  }
}

function isStream(stats: Stats): boolean {
  return !stats.isFile() && !stats.isDirectory();
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}
