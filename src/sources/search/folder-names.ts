// The names of the folders that a file lies in, as far as they say what it is.

import { relative, sep } from 'node:path';
import type { Directory } from '../disk/directory.ts';

/** Of the folder itself first, up to where the search began. What that folder is called is for people, unless it holds nothing but migrations. */
export function folderNames(folder: Directory, top: Directory): readonly string[] {
  const names = relative(top.path, folder.path).split(sep).filter((name) => name !== '').reverse();
  return /^(?:migrations?|migrate|versions|changelogs?|deltas?)$/i.test(top.name) ? [...names, top.name] : names;
}
