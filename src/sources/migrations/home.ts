// Which tool runs a file, and where the history begins that the file belongs to.

import { dirname, relative, sep } from 'node:path';
import { Directory } from '../disk/directory.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Framework } from '../frameworks/framework.ts';
import { detect } from '../frameworks/detect.ts';
import { frameworks } from '../frameworks/index.ts';

export interface Home {
  readonly framework: Framework;
  readonly root: Directory;
}

/** `named`: the directory through which the files were found. `isBrought`: files that do not say what their directory is. Files of one directory have one home. */
export function homesOf(
  files: readonly string[],
  named: string | undefined,
  frameworkOf: (file: string) => Framework | undefined,
  isBrought?: (file: string) => boolean,
): ReadonlyMap<string, Home> {
  const byDirectory = new Map<string, Home>();
  const family = new Map<string, Directory>();
  const view = { isNew: isBrought };
  const above = named === undefined ? undefined : new Directory(named, undefined, view);
  for (const file of files) {
    const directory = dirname(file);
    if (!byDirectory.has(directory)) byDirectory.set(directory, homeOf(new Directory(directory, family, view), above, frameworkOf(file)));
  }
  const homes = new Map(files.flatMap((file) => pair(file, byDirectory.get(dirname(file)))));
  return above === undefined ? homes : united(homes, above);
}

function pair(file: string, home: Home | undefined): [string, Home][] {
  return home ? [[file, home]] : [];
}

function homeOf(directory: Directory, above: Directory | undefined, framework: Framework | undefined): Home {
  if (framework) return { framework, root: rootFor(framework, directory) ?? above ?? directory };
  return detect(directory) ?? { framework: frameworks.plain, root: above ?? directory };
}

/** Where somebody names the tool, less has to speak for it. */
function rootFor(framework: Framework, directory: Directory): Directory | undefined {
  if (framework.name === 'plain') return undefined;
  const isMigration = ['up.sql', 'down.sql', 'migration.sql'].some((name) => directory.has(name));
  return framework.layout === 'folders' && isMigration ? directory.parent : framework.rootOf(directory);
}

/**
 * Tools that look into folders have one history below the named directory, unless two files claim the same place. Where a tool is told which
 * folders it looks into, it has one there.
 */
function united(homes: ReadonlyMap<string, Home>, named: Directory): ReadonlyMap<string, Home> {
  const loose = new Map([...homes].filter(([, { framework, root }]) => framework.foldersOf?.(root) === undefined));
  return withStrays(new Map([...homes, ...unitedAll(loose, named)]));
}

function unitedAll(homes: ReadonlyMap<string, Home>, named: Directory): ReadonlyMap<string, Home> {
  const found = [...homes.values()];
  const [first] = found;
  const isOneTool = found.every(({ framework }) => framework === first?.framework);
  if (!first || !isOneTool || first.framework.name === 'sqitch') return homes;
  if (first.framework.layout !== 'nested' && !found.every(({ root }) => isCounted(root) && root.parent?.path === named.path)) return homes;
  const paths = [...homes.keys()].map((file) => toSlashes(relative(named.path, file)));
  const placeOf = first.framework.places(named, paths);
  const places = paths.flatMap((path) => placeOf(path) ?? []).map(({ role, order }) => [role, ...order].join('\0'));
  if (new Set(places).size < places.length) return homes;
  return new Map([...homes.keys()].map((file) => [file, { framework: first.framework, root: named }]));
}

/** It is one of several beside each other that are called by numbers: `0`, `1`, `2`. */
export function isCounted({ name, parent }: Directory): boolean {
  return /^\d{1,7}$/.test(name) && parent !== undefined && parent.folders.filter((folder) => /^\d{1,7}$/.test(folder.name)).length > 1;
}

/** Files of no tool that lie where a tool looks into folders go with its own. */
function withStrays(homes: ReadonlyMap<string, Home>): ReadonlyMap<string, Home> {
  const owners = [...new Set(homes.values())].filter(({ framework }) => framework.layout === 'nested' && framework.name !== 'plain');
  const ownerOf = (file: string): Home | undefined => owners.find(({ root }) => file.startsWith(`${root.path}${sep}`));
  return new Map(Array.from(homes, ([file, home]) => [file, home.framework.name === 'plain' ? (ownerOf(file) ?? home) : home]));
}
