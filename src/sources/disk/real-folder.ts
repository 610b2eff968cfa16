// A folder that is where its path says: no link of a project, and none where files of ours are kept, leads a run elsewhere.

import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, parse, sep } from 'node:path';

/** What of a path must be no link. */
export interface Strictness {
  /** So many names at its end. */
  readonly names: number;
  /** Whatever lies in this folder, such as a checkout, in which others put links; itself without links. */
  readonly below: string;
}

/** The path without links; absolute. What is missing of it is made, for the user alone. Throws where it leads elsewhere, or nowhere. */
export function realFolder(path: string, { names, below }: Strictness): string {
  if (path === parse(path).root) return path;
  const parent = realFolder(dirname(path), { names: names - 1, below });
  const here = join(parent, basename(path));
  const stats = lstatSync(here, { throwIfNoEntry: false });
  if (stats === undefined) mkdirSync(here, { mode: 0o700 });
  if (stats?.isSymbolicLink() !== true) {
    if (stats?.isDirectory() === false) throw new Error(`${here} is no folder`);
    return here;
  }
  if (names > 0 || isWithin(parent, below)) throw new Error(`${here} is a link`);
  return realpathSync(here);
}

/** Both without links. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
