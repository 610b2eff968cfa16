// What a glob finds and nobody asked for: links that lead out of the project, and pipes and devices, which may never end.

import { lstatSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { isInside, targetOf } from './inside.ts';

/** Why a file is not read that nobody named; undefined where nothing speaks against it, or where reading it says more. */
export function strayReason(file: string, project: string): string | undefined {
  try {
    if (isStream(statSync(file))) return 'this is a pipe or a device, and no file';
    return leadsOut(file, project) ? `this is a link that leads out of the project, to ${targetOf(file)}` : undefined;
  } catch {
    return undefined;
  }
}

/** Throws what the file system throws. */
export function leadsOut(file: string, project: string): boolean {
  return lstatSync(file).isSymbolicLink() && !isInside(file, [project, dirname(file)]);
}

function isStream(stats: Stats): boolean {
  return !stats.isFile() && !stats.isDirectory();
}
