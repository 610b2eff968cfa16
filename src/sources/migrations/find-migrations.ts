// Which files are migrations, which of them are to be linted, and which are the history before them.

import { statSync, type Stats } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { codeIn } from '../code/code-in.ts';
import type { CodeTool } from '../code/code-tool.ts';
import { Directory } from '../disk/directory.ts';
import type { FoundFolder } from '../search/search.ts';
import { foldersBelow } from '../search/walk.ts';
import { homeOfCode, type CodeFile } from './code-home.ts';
import { deployedFiles } from './deployed.ts';
import { covers } from '../disk/covers.ts';
import { expand, isGlob, sqlFilesAt, toSlashes, type Exclusions } from '../disk/expand.ts';
import type { Framework, Role } from '../frameworks/framework.ts';
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
  /** The tool that runs it where it is no SQL, so that it can't be read. */
  readonly code: CodeTool | undefined;
  /** It includes other migrations, which run where it says. */
  readonly standsFor?: Standing;
}

export interface Standing {
  /** The migrations that it includes; true: to be linted. */
  readonly files: ReadonlyMap<string, boolean>;
  /** Its own statements are to be linted. */
  readonly isLinted: boolean;
}

/** Files that build on each other. */
export interface MigrationHistory extends Home {
  /** Oldest first; a way down is behind its way up. */
  readonly files: readonly MigrationFile[];
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

/** The histories behind paths, directories, globs and what a search has found. Throws a `UserError` for one that leads to nothing. */
export async function findMigrations(places: readonly (string | FoundFolder)[], search: Search): Promise<MigrationHistory[]> {
  const groups = new Map<string, Group>();
  for (const place of places) {
    for (const one of typeof place === 'string' ? await lookUp(place, search) : [lookedUp(place, search)]) {
      const homes = homesOf(one.files, one.named, search.frameworkOf);
      for (const [file, home] of homes) add(groups, home, { file }, search.isNew(file));
      for (const code of one.code) add(groups, homeOfCode(code, homes, one.named), code, search.isNew(code.file));
    }
  }
  if (search.withHistory) {
    for (const { home } of groups.values()) for (const file of await filesOf(home, search)) add(groups, home, file, false);
  }
  return Array.from(groups.values(), (group) => historyOf(group, search)).filter(({ files }) => files.length > 0);
}

interface Group {
  readonly home: Home;
  /** By path. */
  readonly files: Map<string, GroupedFile>;
}

interface GroupedFile {
  readonly linted: boolean;
  readonly code: CodeTool | undefined;
}

/** SQL where no tool is given. */
interface AnyFile {
  readonly file: string;
  readonly tool?: CodeTool;
}

function add(groups: Map<string, Group>, home: Home, { file, tool }: AnyFile, linted: boolean): void {
  const key = `${home.framework.title} ${home.root.path}`;
  const group = groups.get(key) ?? { home, files: new Map<string, GroupedFile>() };
  group.files.set(file, { linted: linted || group.files.get(file)?.linted === true, code: tool });
  groups.set(key, group);
}

interface LookedUp {
  /** Undefined: the files were named themselves. */
  readonly named: string | undefined;
  readonly files: readonly string[];
  readonly code: readonly CodeFile[];
}

function lookedUp({ root, sql, code }: FoundFolder, exclusions: Exclusions): LookedUp {
  const files = sql.flatMap((folder) => folder.sqlFiles.map((name) => join(folder.path, name)));
  const others = code.flatMap(({ folder, tool, names }) => names.map((name) => ({ file: join(folder.path, name), tool })));
  const isWanted = (file: string): boolean => !isExcluded(file, exclusions);
  return { named: root.path, files: files.filter(isWanted), code: others.filter(({ file }) => isWanted(file)) };
}

function isExcluded(file: string, { exclude, excludeFrom }: Exclusions): boolean {
  return exclude.some((pattern) => covers(toSlashes(resolve(excludeFrom, pattern)), toSlashes(file)));
}

async function lookUpDirectory(named: string, exclusions: Exclusions): Promise<LookedUp> {
  const files = await expand('**/*.sql', named, exclusions);
  const code = [...foldersBelow(new Directory(named))].flatMap((folder) => codeFilesIn(folder, exclusions));
  return { named, files, code };
}

function codeFilesIn(folder: Directory, exclusions: Exclusions): CodeFile[] {
  const found = codeIn(folder).flatMap(({ tool, names }) => names.map((name) => ({ file: join(folder.path, name), tool })));
  return found.filter(({ file }) => !isExcluded(file, exclusions));
}

async function lookUp(path: string, search: Search): Promise<LookedUp[]> {
  const absolute = resolve(search.cwd, path);
  const stats = statOf(absolute);
  if (stats === 'unreadable') throw new UserError(`"${path}" can't be read: permission denied`);
  if (stats?.isDirectory()) {
    const found = await lookUpDirectory(absolute, search);
    if (isEmpty(found)) throw new UserError(`there is no migration in "${path}", neither in SQL nor in code; name the directory that holds them`);
    return [found];
  }
  if (stats || path === search.unsaved) return [{ named: undefined, files: [absolute], code: [] }];
  if (!isGlob(path)) throw new UserError(`there is no file or directory "${path}"`);
  return lookUpGlob(path, search);
}

/** A glob may name files, and directories that hold them. */
async function lookUpGlob(path: string, search: Search): Promise<LookedUp[]> {
  const found = await expand(path, search.cwd, search);
  if (found.length > 0) return [{ named: undefined, files: found, code: [] }];
  const directories = await expand(path, search.cwd, search, 'all');
  const below = await Promise.all(directories.map((named) => lookUpDirectory(named, search)));
  if (below.every(isEmpty)) throw new UserError(`no file matches "${path}"`);
  return below;
}

function isEmpty({ files, code }: LookedUp): boolean {
  return files.length === 0 && code.length === 0;
}

function statOf(path: string): Stats | 'unreadable' | undefined {
  try {
    return statSync(path);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES' ? 'unreadable' : undefined;
  }
}

/** What may come before named files. */
async function filesOf({ framework, root }: Home, search: Search): Promise<AnyFile[]> {
  const here = await sqlFilesAt(root.path, 'here', search);
  const below = framework.layout === 'folders' ? await sqlFilesAt(root.path, 'below', search) : [];
  return [...[...here, ...below].map((file) => ({ file })), ...codeFilesIn(root, search)];
}

function historyOf({ home, files }: Group, { cwd, withHistory, startAfterOf }: Search): MigrationHistory {
  const isNamed = ({ file }: PlacedFile): boolean => files.get(file)?.linted === true;
  const ordered = inOrder([...files.keys()], home);
  const upToLast = ordered.slice(0, ordered.findLastIndex(isNamed) + 1);
  const version = startAfterOf(upToLast.at(-1)?.file ?? '');
  const deployed = version === undefined ? new Set<string>() : deployedFiles(version, ordered, home, displayPath(home.root.path, cwd));
  const isRun = (one: PlacedFile): boolean =>
    isNamed(one) || (withHistory && (home.framework.name === 'plain' || one.place?.role === 'up'));
  return {
    ...home,
    files: upToLast.filter(isRun).map((one) => ({
      file: one.file,
      path: displayPath(one.file, cwd),
      linted: isNamed(one) && !deployed.has(one.file),
      isDeployed: isNamed(one) && deployed.has(one.file),
      role: one.place?.role ?? 'up',
      code: files.get(one.file)?.code,
    })),
  };
}

export function displayPath(file: string, cwd: string): string {
  return toSlashes(relative(cwd, file)) || file;
}
