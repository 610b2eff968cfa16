// Finds the migrations of a project when nobody says where they are: by what its files are, wherever they lie.

import { join, relative } from 'node:path';
import { codeIn } from '../code/code-in.ts';
import type { CodeTool } from '../code/code-tool.ts';
import { otherDatabaseOf } from '../databases/other-database.ts';
import { Directory } from '../disk/directory.ts';
import { isInside, targetOf } from '../disk/inside.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Framework } from '../frameworks/framework.ts';
import { detect } from '../frameworks/detect.ts';
import { frameworks } from '../frameworks/index.ts';
import { markedToolIn } from '../frameworks/read-as.ts';
import { countOf, folderOf, type FoundFolder } from './found-folder.ts';
import { grouped } from './grouped.ts';
import { whyNotInUse } from './not-in-use.ts';
import { otherDatabasesByPath } from './other-databases-by-path.ts';
import { whyMigrations } from './plain-migrations.ts';
import { foldersBelow } from './walk.ts';

/** What looks like migrations, and is not linted unless somebody names it. */
export interface LeftOut {
  /** Absolute. */
  readonly path: string;
  readonly files: number;
  /** `unused`: of tests and examples. `guess`: it may be none. */
  readonly kind: 'database' | 'unused' | 'guess';
  /** `it is for MySQL: the folder is called "mysql"`, `the folder "tests" is for tests`. */
  readonly why: string;
}

export interface SearchResult {
  /** By path. */
  readonly found: readonly FoundFolder[];
  readonly leftOut: readonly LeftOut[];
}

/** `project`: absolute. `isBrought`: files that do not say what their directory is. */
export function searchMigrations(project: string, isBrought?: (file: string) => boolean): SearchResult {
  return searchBelow(new Directory(project, undefined, { isNew: isBrought }));
}

export function searchBelow(top: Directory): SearchResult {
  const folders = [...foldersBelow(top)];
  const places = withLinked(folders.flatMap((folder) => placesIn(folder, top)), folders, top);
  const unused = places.filter((place) => whyUnused(folderOf(place), top) !== undefined);
  const inUse = without(places, unused);
  const code = [...otherDatabasesByPath(inUse, top).keys()].filter(({ sql }) => sql.length === 0);
  const groups = grouped(without(inUse, code));
  const foreign = groups.flatMap(otherByFiles);
  const ours = without(groups, foreign.map(({ group }) => group));
  const named = [...otherDatabasesByPath(ours, top).keys()];
  const rest = without(ours, named);
  const isSure = rest.some(({ isGuess }) => !isGuess);
  const guesses = rest.filter(({ isGuess }) => isSure && isGuess);
  return {
    found: without(rest, guesses).toSorted(byPath),
    leftOut: [
      ...grouped(unused).map((group) => unusedPlace(group, top)),
      ...foreign.map(({ group, why }) => leftOut('database', group, why)),
      ...[...grouped(code), ...named].map((group) => leftOut('database', group, 'its path says that it is for another database')),
      ...guesses.map((group) => leftOut('guess', group, 'its files may be migrations, but those of other folders surely are', ownFolder(group))),
    ],
  };
}

/** Links to folders of the project are followed where what they are called says that they hold migrations, which were not found where they lie. */
function withLinked(places: readonly FoundFolder[], folders: readonly Directory[], top: Directory): readonly FoundFolder[] {
  const links = folders.flatMap((folder) => folder.links).filter(({ path }) => isInside(path, [top.path]));
  const linked = links.flatMap((link) => placesIn(link, top)).filter(isNamedSo);
  if (linked.length === 0) return places;
  const known = new Set(places.filter(isNamedSo).flatMap(({ sql, code }) => [...sql, ...code.map(({ folder }) => folder)].map(({ path }) => targetOf(path))));
  return [...places, ...linked.filter((one) => !known.has(targetOf(folderOf(one).path)))];
}

function isNamedSo({ isGuess }: FoundFolder): boolean {
  return !isGuess;
}

function without(all: readonly FoundFolder[], some: readonly FoundFolder[]): readonly FoundFolder[] {
  const out = new Set(some);
  return all.filter((one) => !out.has(one));
}

function byPath(left: FoundFolder, right: FoundFolder): number {
  return left.root.path < right.root.path ? -1 : 1;
}

function leftOut(kind: LeftOut['kind'], group: FoundFolder, why: string, { path } = group.root): LeftOut {
  return { path, files: countOf(group), kind, why };
}

/** Its root may hold migrations of others. */
function ownFolder({ root, sql, code }: FoundFolder): Directory {
  const [folder, ...others] = new Set([...sql, ...code.map((one) => one.folder)]);
  return folder && others.length === 0 ? folder : root;
}

/** Undefined where nothing says that it runs on no database in use. */
function whyUnused(folder: Directory, top: Directory): string | undefined {
  return whyNotInUse(toSlashes(relative(top.path, folder.path)));
}

/** The root may hold other folders that are in use. */
function unusedPlace(group: FoundFolder, top: Directory): LeftOut {
  const folder = whyUnused(group.root, top) === undefined ? folderOf(group) : group.root;
  return leftOut('unused', group, whyUnused(folder, top) ?? '', folder);
}

interface ForeignGroup {
  readonly group: FoundFolder;
  readonly why: string;
}

/** None, or the group itself, by what its tool declares, what its folder is called and what stands in its files. */
function otherByFiles(group: FoundFolder): ForeignGroup[] {
  const { root, sql } = group;
  if (sql.length === 0) return [];
  const paths = sql.flatMap((folder) => folder.sqlFiles.map((name) => toSlashes(relative(root.path, join(folder.path, name)))));
  const other = otherDatabaseOf(root, paths);
  return other ? [{ group, why: `it is for ${other.title}: ${other.because}` }] : [];
}

/** What a tool is known by. */
function whyOf({ title, marks, layout, isKnownByNames }: Framework): string {
  if (marks) return `its files bear the marks of ${title}`;
  if (layout === 'folders') return `its folders are laid out as those of ${title}`;
  return isKnownByNames ? `its files are named as those of ${title}` : `its files, or what lies beside them, are those of ${title}`;
}

/** What lies in one folder, as a history of its own. */
function placesIn(folder: Directory, top: Directory): FoundFolder[] {
  const code = codeIn(folder, top).map((files) => ({ ...files, folder }));
  const sql = sqlPlace(folder, top);
  if (sql) return [{ ...sql, code }];
  return code.map((one) => ({ root: one.tool.projectOf?.(folder) ?? folder, framework: undefined, sql: [], code: [one], why: whyCode(one.tool), isGuess: one.tool.title === undefined }));
}

function whyCode({ title }: CodeTool): string {
  return title === undefined ? 'numbered files of source code in a folder for migrations' : `files of ${title}, by their names and what stands in them`;
}

function sqlPlace(folder: Directory, top: Directory): FoundFolder | undefined {
  if (folder.sqlFiles.length === 0) return undefined;
  const detected = detect(folder);
  if (detected) return { ...detected, sql: [folder], code: [], why: whyOf(detected.framework), isGuess: false };
  const plain = { framework: frameworks.plain, root: folder, sql: [folder], code: [] };
  const guess = whyMigrations(folder, top);
  if (guess) return { ...plain, ...guess };
  const marked = markedToolIn(folder);
  return marked && { ...plain, why: `files in it bear the marks of ${marked.title}`, isGuess: false };
}
