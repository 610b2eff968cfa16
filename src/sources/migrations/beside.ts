// Files that lie among migrations and are not read, though somebody may run them: by what they are called, and where they lie.

import { join, relative } from 'node:path';
import { namedFileOf } from '../code/named-file.ts';
import type { Exclusions } from '../disk/exclusions.ts';
import { Directory } from '../disk/directory.ts';
import { toSlashes } from '../disk/expand.ts';
import { targetOf } from '../disk/inside.ts';
import { whyNotInUse } from '../search/not-in-use.ts';

/** A file that is not linted. */
export interface BesideFile {
  /** Absolute. */
  readonly file: string;
  /** `it is a template, whose SQL is made when it runs`. */
  readonly why: string;
  /** There are tools that run such files; others are what editors and people leave behind. */
  readonly isRun: boolean;
}

/** Where migrations were looked for. */
export interface Surroundings {
  /** Folders that hold some, absolute; `endings`: of files that their tool runs beside those that end in `.sql`. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** All that was found there, absolute. */
  readonly files: ReadonlySet<string>;
  /** Folders that hold much else, and are not looked into from above. */
  readonly tops: ReadonlySet<string>;
  /** What is spoken of otherwise, absolute. */
  readonly leftOut: readonly string[];
  readonly exclusions: Exclusions;
}

/** In the order of their paths. */
export function besideIn(surroundings: Surroundings): readonly BesideFile[] {
  const found = new Map<string, BesideFile>();
  for (const [path, endings] of surroundings.folders) {
    for (const one of besideFolder(new Directory(path), endings, surroundings)) found.set(one.file, one);
  }
  const { files, leftOut, exclusions } = surroundings;
  const isSaid = ({ file }: BesideFile): boolean => files.has(file) || exclusions.has(file) || leftOut.some((path) => isIn(file, path));
  return [...found.values()].filter((one) => !isSaid(one)).toSorted((left, right) => (left.file < right.file ? -1 : 1));
}

function besideFolder(folder: Directory, endings: readonly string[], surroundings: Surroundings): BesideFile[] {
  const own = folder.names.flatMap((name) => besideFile(folder, name, endings));
  const links = folder.links.filter((link) => !leadsBack(link, surroundings)).flatMap((link) => behind(link, 'it lies behind a link to a folder, and no such link is followed', true));
  if (surroundings.tops.has(folder.path)) return [...own, ...links];
  const below = folder.folders.filter(({ path }) => !surroundings.folders.has(path)).flatMap((one) => besideBelow(one, endings, surroundings));
  return [...own, ...links, ...below];
}

/** To migrations that were found, or to a folder around them. */
function leadsBack({ path }: Directory, { folders }: Surroundings): boolean {
  const target = targetOf(path);
  return target === undefined || [...folders.keys()].some((folder) => isIn(targetOf(folder) ?? folder, target));
}

/** A folder in which no migrations were found. */
function besideBelow(folder: Directory, endings: readonly string[], surroundings: Surroundings): BesideFile[] {
  if (folder.name.startsWith('.')) return behind(folder, 'it lies in a hidden folder, into which nobody looks', false);
  if (folder.name === 'node_modules' || whyNotInUse(folder.name) !== undefined) return [];
  const sql = folder.sqlFiles.filter(isVisible).map((name) => ({ file: join(folder.path, name), why: 'it lies in a folder below them, which is taken for none of theirs', isRun: false }));
  return [...sql, ...besideFolder(folder, endings, surroundings)];
}

function isVisible(name: string): boolean {
  return !name.startsWith('.');
}

/** All SQL that lies there, whatever it is called otherwise; a link may lead in a circle, so no further one is followed. */
function behind(folder: Directory, why: string, isRun: boolean): BesideFile[] {
  if (folder.name === '.git') return [];
  const own = folder.names.filter((name) => /\.(?:sql|psql|pgsql|ddl)(?:[.~]|$)/i.test(name) && !isOther(name)).map((name) => ({ file: join(folder.path, name), why, isRun }));
  return [...own, ...folder.folders.flatMap((one) => behind(one, why, isRun))];
}

function besideFile({ path, folders }: Directory, name: string, endings: readonly string[]): BesideFile[] {
  if (isOther(name) || /\.down\./i.test(name) || folders.some((folder) => folder.name === name)) return [];
  const kind = kinds(endings).find(({ names }) => names.test(name));
  return kind === undefined ? [] : [{ file: join(path, name), why: kind.why, isRun: kind.isRun }];
}

/** Documents, code, checksums and licences are called after the migrations that they are about. */
function isOther(name: string): boolean {
  return namedFileOf(name) !== undefined || /\.(?:sha\d+|md5|sig|asc|license|snap)$/i.test(name);
}

interface Kind {
  readonly names: RegExp;
  readonly why: string;
  readonly isRun: boolean;
}

const usual: readonly Kind[] = [
  { names: /^\..*\.(?:sql|psql|pgsql|ddl)(?:[.~]|$)/i, why: 'it is a hidden file, and nobody lists those', isRun: false },
  { names: /^\.\d/, why: 'it is a hidden file, and nobody lists those', isRun: false },
  { names: /\.(?:psql|pgsql|plpgsql|postgres|postgresql|ddl|dml)$/i, why: 'only files that end in .sql are read', isRun: true },
  {
    names: /\.sql\.(?:j2|jinja2?|erb|tmpl|tpl|gotmpl|template|mustache|hbs|handlebars|ejs|liquid|tera|in|ftl|vm|eex|heex|njk|twig|dist)$/i,
    why: 'it is a template, and its SQL is made when it runs',
    isRun: true,
  },
  { names: /\.sql\.(?:gz|bz2|xz|zst|lz4|br|zip|7z|tar|tgz|gpg|age|enc)$/i, why: 'it is packed', isRun: true },
  { names: /\.sql[^a-z0-9]/i, why: 'only files that end in .sql are read', isRun: false },
  { names: /^[vVuUrR]?\d+(?:[._-][^.]*)?(?:\.(?:txt|up|do|sq1|sqi|s))?$/, why: 'only files that end in .sql are read', isRun: false },
];

function kinds(endings: readonly string[]): readonly Kind[] {
  return endings.map((ending): Kind => ({ names: endingIn(ending), why: `its tool runs what ends in ${ending}, but only .sql is read`, isRun: true })).concat(usual);
}

function endingIn(ending: string): RegExp {
  return new RegExp(`${ending.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?<!\\.sql)$`, 'i');
}

function isIn(file: string, path: string): boolean {
  const below = toSlashes(relative(path, file));
  return below === '' || !below.startsWith('../');
}
