// Tools that keep each migration in a folder of its own.

import type { Directory } from '../../disk/directory.ts';
import type { Framework } from '../framework.ts';
import { areMostlyFolders } from './majority.ts';

/** The history begins above the folder of a migration, or where most of what lies there are such folders. */
export function aboveFolders(isMigration: (folder: Directory) => boolean): Framework['rootOf'] {
  return (directory) => {
    if (isMigration(directory)) return directory.parent;
    return areMostlyFolders(directory, isMigration) ? directory : undefined;
  };
}
