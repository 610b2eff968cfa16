// Finds the migrations of a project when nobody says where they are: by what its files are, wherever they lie.

import { join, relative, sep } from 'node:path';
import { codeIn, type CodeFiles } from '../code/code-in.ts';
import { titleOf } from '../code/code-tool.ts';
import { otherDatabaseOf } from '../databases/other-database.ts';
import { Directory } from '../disk/directory.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Framework } from '../frameworks/framework.ts';
import { detect, frameworks } from '../frameworks/index.ts';
import { whyMigrations } from './plain-migrations.ts';
import { whyNotInUse } from './not-in-use.ts';
import { foldersBelow } from './walk.ts';

/** A folder with the migrations in it and below it. */
export interface FoundFolder {
  readonly root: Directory;
  /** Undefined where all of them are code. */
  readonly framework: Framework | undefined;
  /** Folders that hold SQL files of it. */
  readonly sql: readonly Directory[];
  readonly code: readonly FoundCode[];
  /** How it is known that they are migrations. */
  readonly why: string;
  /** Nothing but their names and what they say speaks for it. */
  readonly isGuess: boolean;
}

export interface FoundCode extends CodeFiles {
  readonly folder: Directory;
}

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

/** `project`: absolute. */
export function searchMigrations(project: string): SearchResult {
  const top = new Directory(project);
  const places = [...foldersBelow(top)].flatMap((folder) => placesIn(folder, top));
  const unused = new Map(places.flatMap((place) => reasonOfName(place, top)));
  const groups = grouped(places.filter((place) => !unused.has(place)));
  const leftOut = new Map([...unused, ...groups.flatMap(reasonOfDatabase)]);
  const used = groups.filter((group) => !leftOut.has(group));
  const isSure = used.some(({ isGuess }) => !isGuess);
  for (const group of used) if (isSure && group.isGuess) leftOut.set(group, { path: group.root.path, ...guess });
  return {
    found: groups.filter((group) => !leftOut.has(group)).toSorted(byPath),
    leftOut: Array.from(leftOut, ([group, reason]) => ({ files: countOf(group), ...reason })),
  };
}

type Reason = Omit<LeftOut, 'files'>;

/** Where others are surely migrations. */
const guess: Omit<Reason, 'path'> = { kind: 'guess', why: 'its files are numbered, and nothing else says that they are migrations' };

export function countOf({ sql, code }: Pick<FoundFolder, 'sql' | 'code'>): number {
  return sql.reduce((sum, folder) => sum + folder.sqlFiles.length, 0) + code.reduce((sum, { names }) => sum + names.length, 0);
}

function byPath(left: FoundFolder, right: FoundFolder): number {
  return left.root.path < right.root.path ? -1 : 1;
}

/** None, or one with its place. */
function reasonOfName(place: FoundFolder, top: Directory): [FoundFolder, Reason][] {
  const folder = place.sql[0] ?? place.code[0]?.folder ?? place.root;
  const path = toSlashes(relative(top.path, folder.path));
  const why = whyNotInUse(path);
  return why === undefined ? [] : [[place, { path: folder.path, kind: 'unused', why }]];
}

function reasonOfDatabase(group: FoundFolder): [FoundFolder, Reason][] {
  const { root, sql } = group;
  if (sql.length === 0) return [];
  const paths = sql.flatMap((folder) => folder.sqlFiles.map((name) => toSlashes(relative(root.path, join(folder.path, name)))));
  const other = otherDatabaseOf(root, paths);
  return other ? [[group, { path: root.path, kind: 'database', why: `it is for ${other.title}: ${other.because}` }]] : [];
}

/** What lies in one folder, as a history of its own. */
function placesIn(folder: Directory, top: Directory): FoundFolder[] {
  const code = codeIn(folder, top).map((files) => ({ ...files, folder }));
  const sql = sqlPlace(folder, top);
  if (sql) return [{ ...sql, code }];
  return code.map((one) => ({ root: folder, framework: undefined, sql: [], code: [one], why: `files of ${titleOf(one.tool)}`, isGuess: false }));
}

function sqlPlace(folder: Directory, top: Directory): FoundFolder | undefined {
  if (folder.sqlFiles.length === 0) return undefined;
  const detected = detect(folder);
  if (detected) return { ...detected, sql: [folder], code: [], why: `files of ${detected.framework.title}`, isGuess: false };
  const guess = whyMigrations(folder, top);
  return guess && { framework: frameworks.plain, root: folder, sql: [folder], code: [], ...guess };
}

/** Folders of one history together: those of one root, and those that a tool finds below the same one because it looks into folders. */
function grouped(places: readonly FoundFolder[]): readonly FoundFolder[] {
  const groups = new Map<string, FoundFolder>();
  const roots = rootsByTool(places);
  for (const place of places) {
    const root = baseOf(place, roots.get(toolOf(place)) ?? new Set());
    const key = `${toolOf(place)} ${root.path}`;
    const group = groups.get(key);
    groups.set(key, { ...place, root, sql: [...(group?.sql ?? []), ...place.sql], code: [...(group?.code ?? []), ...place.code] });
  }
  return withCodeOfTheSame([...groups.values()].flatMap(apart));
}

/** Folders of plain SQL that each count from the start are histories of their own, unless the folders are what is counted. */
function apart(group: FoundFolder): readonly FoundFolder[] {
  const { framework, sql } = group;
  if (framework !== frameworks.plain || sql.length < 2 || sql.some(({ name }) => /\d/.test(name))) return [group];
  const numbers = sql.flatMap(({ sqlFiles }) => [...new Set(sqlFiles.flatMap((name) => /^\D{0,2}(\d+)/.exec(name)?.[1] ?? []))]);
  if (new Set(numbers).size === numbers.length) return [group];
  return sql.map((folder) => ({ ...group, root: folder, sql: [folder], code: group.code.filter((code) => code.folder === folder) }));
}

function toolOf({ framework, code }: FoundFolder): string {
  return framework?.title ?? code[0]?.tool.title ?? '';
}

function rootsByTool(places: readonly FoundFolder[]): ReadonlyMap<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  for (const place of places) {
    const own = roots.get(toolOf(place)) ?? new Set();
    roots.set(toolOf(place), own.add(place.root.path));
  }
  return roots;
}

/** The outermost folder above that has migrations of the same tool, or the nearest that is called as if it had. */
function baseOf({ framework, root }: FoundFolder, roots: ReadonlySet<string>): Directory {
  if (framework && framework.layout !== 'nested') return root;
  const above = [...root.upwards()];
  const named = above.find(({ name }) => /^(?:migrations?|changelogs?|deltas?|liquibase)$/i.test(name));
  const outer = above.findLast(({ path }) => roots.has(path));
  return [named, outer].reduce<Directory>((base, one) => (one && one.path.length < base.path.length ? one : base), root);
}

/** Code that lies below the SQL of the same tool, or in the same module of Java, is a part of that history. */
function withCodeOfTheSame(groups: readonly FoundFolder[]): readonly FoundFolder[] {
  const parts = groups.filter(({ sql }) => sql.length === 0);
  const owners = groups.filter(({ sql }) => sql.length > 0);
  const owned = new Map(owners.map((owner) => [owner, parts.filter((part) => isPartOf(part, owner))]));
  const taken = new Set([...owned.values()].flat());
  return groups
    .filter((group) => !taken.has(group))
    .map((group) => ({ ...group, code: [...group.code, ...(owned.get(group) ?? []).flatMap(({ code }) => code)] }));
}

function isPartOf(part: FoundFolder, owner: FoundFolder): boolean {
  const isBelow = `${part.root.path}${sep}`.startsWith(`${owner.root.path}${sep}`);
  if (toolOf(part) === '') return isBelow;
  const module = moduleOf(part.root.path);
  return toolOf(part) === toolOf(owner) && (isBelow || (module !== undefined && module === moduleOf(owner.root.path)));
}

/** What lies before `src/main/java` and `src/main/resources`. */
function moduleOf(path: string): string | undefined {
  return /^(.*)[\\/]src[\\/]main[\\/](?:java|kotlin|groovy|scala|resources)[\\/]/.exec(path)?.[1];
}
