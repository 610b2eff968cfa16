// Which files are migrations, which of them are to be linted, and which are the history before them.

import { statSync, type Stats } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { codeIn } from '../code/code-in.ts';
import type { CodeTool } from '../code/code-tool.ts';
import { otherDatabaseOf } from '../databases/other-database.ts';
import { Directory } from '../disk/directory.ts';
import type { FoundFolder } from '../search/found-folder.ts';
import { foldersBelow } from '../search/walk.ts';
import { homeOfCode, type CodeFile } from './code-home.ts';
import { deployedFiles, type Deployed, type StartAfter } from './deployed.ts';
import { covers } from '../disk/covers.ts';
import { expand, isGlob, sqlFilesAt, toSlashes, type Exclusions } from '../disk/expand.ts';
import type { Framework, Place, Role } from '../frameworks/framework.ts';
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
  /** Of several migrations in it, the last one that is deployed everywhere; undefined: none is, or all are. */
  readonly deployedUpTo?: string | undefined;
  readonly role: Role;
  /** Why it is not linted, where its tool has more to say than that of all files of this role. */
  readonly reason: string | undefined;
  /** Its tool does not run it. */
  readonly isStray: boolean;
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
  /** Nothing is left out before the first of them. A file alone that no tool runs may stand anywhere, unless its name says otherwise. */
  readonly isWhole: boolean;
}

export interface Search extends Exclusions {
  readonly cwd: string;
  /** Where the paths stand, if nobody wrote them on the command line. */
  readonly namedBy: string | undefined;
  /** False: named files stand alone. */
  readonly withHistory: boolean;
  /** A file that need not be on the disk yet: its text comes from elsewhere. */
  readonly unsaved: string | undefined;
  /** The tool that somebody named for a file; undefined: it is detected. */
  readonly frameworkOf: (file: string) => Framework | undefined;
  /** Which is the last migration that is deployed everywhere; undefined: nobody says. */
  readonly startAfterOf: (file: string) => StartAfter | undefined;
  /** Of the files that were named, those that are to be linted; the others are history. */
  readonly isNew: (file: string) => boolean;
}

/** The histories behind paths, directories, globs and what a search has found. Throws a `UserError` for one that leads to nothing. */
export async function findMigrations(places: readonly (string | FoundFolder)[], search: Search): Promise<MigrationHistory[]> {
  const groups = new Map<string, Group>();
  for (const place of places) {
    for (const one of typeof place === 'string' ? await lookUp(place, search) : [lookedUp(place, search)]) {
      const homes = homesOf(one.files, one.named, search.frameworkOf);
      for (const [file, home] of homes) add(groups, home, { file }, search.isNew(file), one.named !== undefined);
      for (const code of one.code) add(groups, homeOfCode(code, homes, one.named), code, search.isNew(code.file), one.named !== undefined);
    }
  }
  for (const { home, files } of groups.values()) {
    if (search.withHistory || [...files.keys()].some(search.startAfterOf)) {
      for (const file of await filesOf(home, search)) add(groups, home, file, false);
    }
  }
  const placed = Array.from(groups.values(), (group) => placedIn(group, search));
  refuseMistakes(placed);
  return placed.map((one) => historyOf(one, search)).filter(({ files }) => files.length > 0);
}

interface Group {
  readonly home: Home;
  /** By path. */
  readonly files: Map<string, GroupedFile>;
  /** A directory was named, so that all of its files are here. */
  readonly isWhole: boolean;
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

function add(groups: Map<string, Group>, home: Home, { file, tool }: AnyFile, linted: boolean, isWhole = false): void {
  const key = `${home.framework.title} ${home.root.path}`;
  const { files, ...group } = groups.get(key) ?? { home, files: new Map<string, GroupedFile>(), isWhole: false };
  files.set(file, { linted: linted || files.get(file)?.linted === true, code: tool });
  groups.set(key, { home, files, isWhole: isWhole || group.isWhole });
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
  const top = new Directory(named);
  const code = [...foldersBelow(top)].flatMap((folder) => codeFilesIn(folder, top, exclusions));
  return { named, files, code };
}

function codeFilesIn(folder: Directory, top: Directory, exclusions: Exclusions): CodeFile[] {
  const found = codeIn(folder, top).flatMap(({ tool, names }) => names.map((name) => ({ file: join(folder.path, name), tool })));
  return found.filter(({ file }) => !isExcluded(file, exclusions));
}

async function lookUp(path: string, search: Search): Promise<LookedUp[]> {
  const absolute = resolve(search.cwd, path);
  const stats = statOf(absolute);
  if (stats === 'unreadable') throw new UserError(`"${path}"${origin(search)} can't be read: permission denied`);
  if (stats?.isDirectory()) {
    const found = await lookUpDirectory(absolute, search);
    if (isEmpty(found)) throw new UserError(await noMigrationIn(path, absolute, search));
    return [found];
  }
  if (stats || path === search.unsaved) return [{ named: undefined, files: [absolute], code: [] }];
  if (!isGlob(path)) throw new UserError(`there is no file or directory "${path}"${origin(search)}`);
  return lookUpGlob(path, search);
}

async function noMigrationIn(path: string, absolute: string, search: Search): Promise<string> {
  const excluded = search.exclude.length === 0 ? undefined : await lookUpDirectory(absolute, { ...search, exclude: [] });
  if (excluded && !isEmpty(excluded)) return allExcluded(path);
  return `there is no migration in "${path}"${origin(search)}, neither in SQL nor in code; name the directory that holds them`;
}

function origin({ namedBy }: Search): string {
  return namedBy === undefined ? '' : ` (${namedBy})`;
}

function allExcluded(path: string): string {
  return `"exclude:" in the configuration leaves out every migration of "${path}"`;
}

/** A glob may name files, and directories that hold them. */
async function lookUpGlob(path: string, search: Search): Promise<LookedUp[]> {
  const found = await expand(path, search.cwd, search);
  if (found.length > 0) return [{ named: undefined, files: found, code: [] }];
  const directories = await expand(path, search.cwd, search, 'all');
  const below = await Promise.all(directories.map((named) => lookUpDirectory(named, search)));
  if (!below.every(isEmpty)) return below;
  const excluded = search.exclude.length === 0 ? [] : await expand(path, search.cwd, { ...search, exclude: [] });
  throw new UserError(excluded.length > 0 ? allExcluded(path) : `no file matches "${path}"${origin(search)}`);
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
  const folders = framework.foldersOf?.(root);
  if (folders) return filesBelow(folders, search);
  const here = await sqlFilesAt(root.path, 'here', search);
  const below = framework.layout === 'folders' ? await sqlFilesAt(root.path, 'below', search) : [];
  const listed = listedBy(framework, root, search);
  return [...[...new Set([...here, ...below, ...listed])].map((file) => ({ file })), ...codeFilesIn(root, topOf(root), search)];
}

function listedBy(framework: Framework, root: Directory, exclusions: Exclusions): readonly string[] {
  return framework.listed?.(root).filter((file) => !isExcluded(file, exclusions)) ?? [];
}

/** The root of the repository, or as far up as anything is looked for. */
function topOf(directory: Directory): Directory {
  return [...directory.upwards()].at(-1) ?? directory;
}

async function filesBelow(folders: readonly Directory[], search: Search): Promise<AnyFile[]> {
  const sql = await Promise.all(folders.map(({ path }) => expand('**/*.sql', path, search)));
  const code = folders.flatMap((folder) => [...foldersBelow(folder)].flatMap((below) => codeFilesIn(below, topOf(folder), search)));
  return [...sql.flat().map((file) => ({ file })), ...code];
}

interface PlacedGroup extends Group {
  readonly ordered: readonly PlacedFile[];
  readonly startAfter: StartAfter | undefined;
  readonly deployed: Deployed;
}

function placedIn(group: Group, { cwd, startAfterOf }: Search): PlacedGroup {
  const { home, files } = group;
  const ordered = inOrder([...files.keys()], home);
  const startAfter = startAfterOf(ordered.findLast(({ file }) => files.get(file)?.linted === true)?.file ?? '');
  const none: Deployed = { files: new Set(), mistake: undefined };
  const deployed = startAfter === undefined ? none : deployedFiles(startAfter.version, ordered, home, displayPath(home.root.path, cwd));
  return { ordered, startAfter, deployed, ...group };
}

/** What is none in another history too: one that is said for all may be of some. */
function refuseMistakes(groups: readonly PlacedGroup[]): void {
  for (const { startAfter, deployed, isWhole, home } of groups) {
    if (startAfter === undefined || deployed.mistake === undefined || startAfter.mayBeElsewhere) continue;
    const mayBeIncomplete = !isWhole && home.framework.layout === 'nested' && home.framework.name !== 'plain';
    const isElsewhere = groups.some((one) => one.startAfter?.version === startAfter.version && one.deployed.mistake === undefined);
    if (!mayBeIncomplete && !isElsewhere) throw new UserError(deployed.mistake);
  }
}

function historyOf({ home, files, ordered, deployed }: PlacedGroup, search: Search): MigrationHistory {
  const { cwd, withHistory, unsaved } = search;
  const foreign = whyForeign({ home, files }, search);
  const written = unsaved === undefined ? undefined : resolve(cwd, unsaved);
  const isNamed = ({ file }: PlacedFile): boolean => files.get(file)?.linted === true;
  const upToLast = ordered.slice(0, ordered.findLastIndex(isNamed) + 1);
  const isRun = (one: PlacedFile): boolean =>
    isNamed(one) || (withHistory && (one.place?.role ?? (home.framework.name === 'plain' && 'up')) === 'up');
  return {
    ...home,
    isWhole: withHistory && (home.framework.name !== 'plain' || ordered.length > 1 || ordered.every(({ file }) => beginning.test(basename(file)))),
    files: upToLast.filter(isRun).map((one) => ({
      file: one.file,
      path: displayPath(one.file, cwd),
      linted: isNamed(one) && !deployed.files.has(one.file),
      isDeployed: isNamed(one) && deployed.files.has(one.file),
      ...(deployed.within?.file === one.file ? { deployedUpTo: deployed.within.name } : {}),
      ...standingOf(one.place, home, foreign),
      code: one.file === written ? undefined : files.get(one.file)?.code,
    })),
  };
}

/** What a file is to its tool. */
function standingOf(place: Place | undefined, { framework }: Home, foreign: string | undefined): Pick<MigrationFile, 'role' | 'reason' | 'isStray'> {
  if (foreign !== undefined) return { role: 'elsewhere', reason: foreign, isStray: false };
  return { role: place?.role ?? 'up', reason: place?.reason, isStray: framework.name !== 'plain' && (place?.isStray ?? place === undefined) };
}

/** `0001_orders.sql`, `V1__orders.sql`, `init.sql`, `schema.sql`. */
const beginning = /^(?:v?\d|init|schema|structure|baseline|bootstrap|create)/i;

/** Why all files of a history are for another database; undefined where they are not, or where somebody says which tool runs them. */
function whyForeign({ home: { root }, files }: Pick<Group, 'home' | 'files'>, { frameworkOf }: Search): string | undefined {
  const paths = [...files].filter(([, { code }]) => code === undefined).map(([file]) => file);
  if (paths.length === 0 || paths.some((file) => frameworkOf(file) !== undefined)) return undefined;
  const other = otherDatabaseOf(root, paths.map((file) => toSlashes(relative(root.path, file))));
  return other && `what is for ${other.title}, because ${other.because} ("framework:" in the configuration has it linted all the same)`;
}

export function displayPath(file: string, cwd: string): string {
  return toSlashes(relative(cwd, file)) || file;
}
