// Finds the migrations of a project when nobody says where they are: by what its files are, wherever they lie.

import { join, relative } from 'node:path';
import { codeIn } from '../code/code-in.ts';
import type { CodeTool } from '../code/code-tool.ts';
import { otherDatabaseOf } from '../databases/other-database.ts';
import { Directory } from '../disk/directory.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Framework } from '../frameworks/framework.ts';
import { detect, frameworks } from '../frameworks/index.ts';
import { countOf, type FoundFolder } from './found-folder.ts';
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

/** `project`: absolute. */
export function searchMigrations(project: string): SearchResult {
  const top = new Directory(project);
  const places = [...foldersBelow(top)].flatMap((folder) => placesIn(folder, top));
  const unused = new Map(places.flatMap((place) => reasonOfName(place, top)));
  const groups = grouped(places.filter((place) => !unused.has(place)));
  const leftOut = new Map([...unused, ...groups.flatMap(reasonOfDatabase)]);
  const rest = groups.filter((group) => !leftOut.has(group));
  for (const [group, database] of otherDatabasesByPath(rest, top)) {
    leftOut.set(group, { path: group.root.path, kind: 'database', why: `it is for ${database.title}: its path says so` });
  }
  const used = rest.filter((group) => !leftOut.has(group));
  const isSure = used.some(({ isGuess }) => !isGuess);
  for (const group of used) if (isSure && group.isGuess) leftOut.set(group, { path: group.root.path, ...guess });
  return {
    found: groups.filter((group) => !leftOut.has(group)).toSorted(byPath),
    leftOut: Array.from(leftOut, ([group, reason]) => ({ files: countOf(group), ...reason })),
  };
}

type Reason = Omit<LeftOut, 'files'>;

/** Where others are surely migrations. */
const guess: Omit<Reason, 'path'> = { kind: 'guess', why: 'its files may be migrations, but those of other folders surely are' };

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
  return code.map((one) => ({ root: folder, framework: undefined, sql: [], code: [one], why: whyCode(one.tool), isGuess: one.tool.title === undefined }));
}

function whyCode({ title }: CodeTool): string {
  return title === undefined ? 'numbered files of source code in a folder for migrations' : `files of ${title}, by their names and what stands in them`;
}

function sqlPlace(folder: Directory, top: Directory): FoundFolder | undefined {
  if (folder.sqlFiles.length === 0) return undefined;
  const detected = detect(folder);
  if (detected) return { ...detected, sql: [folder], code: [], why: whyOf(detected.framework), isGuess: false };
  const guess = whyMigrations(folder, top);
  return guess && { framework: frameworks.plain, root: folder, sql: [folder], code: [], ...guess };
}
