// Folders of migrations that have another name now: what was in them is not new.

import { dirname, join, relative, sep } from 'node:path';
import type { GitChanges } from '../git/changes.ts';
import type { Blob, Tree } from '../git/tree.ts';
import { searchBelow } from '../search/search.ts';
import { directoryAt } from './earlier-migrations.ts';
import type { Home } from './home.ts';

/**
 * By the files as they are now, absolute. The whole folder has to have moved: the base has no SQL where it is now, a search of the base
 * finds migrations where it was, and none of them is left there. A single file that came into a folder is new.
 */
export function movedFrom(home: Home, files: readonly string[], { base, isThere }: GitChanges): ReadonlyMap<string, Blob> {
  const found = new Map<string, Blob>();
  let searched: ReadonlySet<string> | undefined;
  for (const [folder, own] of byFolder(home, files)) {
    if (directoryAt(folder, base).sqlFiles.length > 0) continue;
    const former = foldersOfLike(folder, own, base).find((one) => {
      searched ??= foldersWithMigrations(base);
      return searched.has(one) && !sqlBelow(one, base).some(isThere);
    });
    if (former === undefined) continue;
    for (const file of own) {
      const blob = base.blobAt(join(former, relative(folder, file)));
      if (blob) found.set(file, blob);
    }
  }
  return found;
}

/** What moves as a whole: the root of a history, and of plain SQL each folder. */
function byFolder({ framework, root }: Home, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const folder = framework.name === 'plain' ? dirname(file) : root.path;
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return folders;
}

/** Folders of the base in which files of these names lie, those with most of them first. */
function foldersOfLike(folder: string, files: readonly string[], base: Tree): readonly string[] {
  const below = new Set(files.map((file) => relative(folder, file)));
  const depths = [...new Set(Array.from(below, (path) => path.split(sep).length))];
  const counts = new Map<string, number>();
  for (const [path] of base.paths()) {
    const names = path.split(sep);
    for (const depth of depths) {
      if (!below.has(names.slice(-depth).join(sep))) continue;
      const former = names.slice(0, -depth).join(sep);
      if (former !== folder) counts.set(former, (counts.get(former) ?? 0) + 1);
    }
  }
  return Array.from(counts).toSorted(([, left], [, right]) => right - left).map(([former]) => former);
}

function foldersWithMigrations(base: Tree): ReadonlySet<string> {
  const { found } = searchBelow(directoryAt(base.top, base));
  return new Set(found.flatMap(({ root, sql }) => [root.path, ...sql.map(({ path }) => path)]));
}

function sqlBelow(folder: string, base: Tree): readonly string[] {
  return Array.from(base.paths(), ([path]) => path).filter((path) => path.startsWith(`${folder}${sep}`) && /\.sql$/i.test(path));
}
