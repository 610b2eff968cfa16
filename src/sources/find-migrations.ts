// Which files are migrations, which of them are to be linted, and which are the history before them.

import { statSync, type Stats } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { deployedFiles } from './deployed.ts';
import { expand, isGlob, sqlFilesAt, toSlashes, type Exclusions } from './expand.ts';
import type { Framework, Role } from './frameworks/framework.ts';
import { printingHint } from './printing-hint.ts';
import { homesOf, type Home } from './home.ts';
import { inOrder, type PlacedFile } from './in-order.ts';

export interface MigrationFile {
  /** Absolute. */
  readonly file: string;
  /** For reports: relative to the working directory, with forward slashes. */
  readonly path: string;
  readonly linted: boolean;
  /** It would be linted if it were not deployed everywhere. */
  readonly isDeployed: boolean;
  readonly role: Role;
}

/** Files that build on each other. */
export interface MigrationHistory extends Home {
  /** Oldest first; a way down is behind its way up. */
  readonly files: readonly MigrationFile[];
  /** Nothing is left out before the first of them. A file alone that no tool runs may stand anywhere, unless its name says otherwise. */
  readonly isWhole: boolean;
}

export interface Search extends Exclusions {
  readonly cwd: string;
  /** False: named files stand alone. */
  readonly withHistory: boolean;
  /** A file that need not be on the disk yet: its text comes from elsewhere. */
  readonly unsaved: string | undefined;
  /** The tool that somebody named for a file; undefined: it is detected. */
  readonly frameworkOf: (file: string) => Framework | undefined;
  /** The version of the last migration that is deployed everywhere; undefined: nobody says. */
  readonly startAfterOf: (file: string) => string | undefined;
  /** Of the files that were named, those that are to be linted; the others are history. */
  readonly isNew: (file: string) => boolean;
}

/** The histories behind paths, directories and globs. Throws a `UserError` for one that leads to nothing. */
export async function findMigrations(paths: readonly string[], search: Search): Promise<MigrationHistory[]> {
  const groups = new Map<string, Group>();
  for (const path of paths) {
    for (const { named, files } of await lookUp(path, search)) {
      for (const [file, home] of homesOf(files, named, search.frameworkOf)) add(groups, home, file, search.isNew(file));
    }
  }
  if (search.withHistory) {
    for (const { home } of groups.values()) for (const file of await filesOf(home, search)) add(groups, home, file, false);
  }
  return Array.from(groups.values(), (group) => historyOf(group, search)).filter(({ files }) => files.length > 0);
}

interface Group {
  readonly home: Home;
  /** By path; true: to be linted. */
  readonly files: Map<string, boolean>;
}

function add(groups: Map<string, Group>, home: Home, file: string, linted: boolean): void {
  const key = `${home.framework.name} ${home.root.path}`;
  const group = groups.get(key) ?? { home, files: new Map<string, boolean>() };
  group.files.set(file, linted || group.files.get(file) === true);
  groups.set(key, group);
}

interface LookedUp {
  /** Undefined: the files were named themselves. */
  readonly named: string | undefined;
  readonly files: readonly string[];
}

async function lookUp(path: string, search: Search): Promise<LookedUp[]> {
  const absolute = resolve(search.cwd, path);
  const stats = statOf(absolute);
  if (stats === 'unreadable') throw new UserError(`"${path}" can't be read: permission denied`);
  if (stats?.isDirectory()) {
    const files = await expand('**/*.sql', absolute, search);
    if (files.length === 0)
      throw new UserError(`there is no SQL file in "${path}"; ${printingHint(absolute) ?? 'name the directory that holds the migrations'}`);
    return [{ named: absolute, files }];
  }
  if (stats || path === search.unsaved) return [{ named: undefined, files: [absolute] }];
  if (!isGlob(path)) throw new UserError(`there is no file or directory "${path}"`);
  return lookUpGlob(path, search);
}

/** A glob may name files, and directories that hold them. */
async function lookUpGlob(path: string, search: Search): Promise<LookedUp[]> {
  const found = await expand(path, search.cwd, search);
  if (found.length > 0) return [{ named: undefined, files: found }];
  const directories = await expand(path, search.cwd, search, 'all');
  const below = await Promise.all(
    directories.map(async (named) => ({ named, files: await expand('**/*.sql', named, search) })),
  );
  if (below.every(({ files }) => files.length === 0)) throw new UserError(`no file matches "${path}"`);
  return below;
}

function statOf(path: string): Stats | 'unreadable' | undefined {
  try {
    return statSync(path);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES' ? 'unreadable' : undefined;
  }
}

/** What may come before named files. */
async function filesOf({ framework, root }: Home, search: Search): Promise<string[]> {
  const here = await sqlFilesAt(root.path, 'here', search);
  return framework.layout === 'folders' ? [...here, ...(await sqlFilesAt(root.path, 'below', search))] : here;
}

function historyOf({ home, files }: Group, { cwd, withHistory, startAfterOf }: Search): MigrationHistory {
  const isNamed = ({ file }: PlacedFile): boolean => files.get(file) === true;
  const ordered = inOrder([...files.keys()], home);
  const upToLast = ordered.slice(0, ordered.findLastIndex(isNamed) + 1);
  const version = startAfterOf(upToLast.at(-1)?.file ?? '');
  const deployed = version === undefined ? new Set<string>() : deployedFiles(version, ordered, home, displayPath(home.root.path, cwd));
  const isRun = (one: PlacedFile): boolean =>
    isNamed(one) || (withHistory && (home.framework.name === 'plain' || one.place?.role === 'up'));
  return {
    ...home,
    isWhole: withHistory && (home.framework.name !== 'plain' || ordered.length > 1 || ordered.every(({ file }) => beginning.test(basename(file)))),
    files: upToLast.filter(isRun).map((one) => ({
      file: one.file,
      path: displayPath(one.file, cwd),
      linted: isNamed(one) && !deployed.has(one.file),
      isDeployed: isNamed(one) && deployed.has(one.file),
      role: one.place?.role ?? 'up',
    })),
  };
}

/** `0001_orders.sql`, `V1__orders.sql`, `init.sql`, `schema.sql`. */
const beginning = /^(?:v?\d|init|schema|structure|baseline|bootstrap|create)/i;

export function displayPath(file: string, cwd: string): string {
  return toSlashes(relative(cwd, file)) || file;
}
