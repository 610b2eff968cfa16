// The changelog that runs the files of a directory: it lies beside them or above them, or in a folder there that is called so.

import { dirname, join } from 'node:path';
import { Directory } from '../../../disk/directory.ts';
import { readChangelog, type Changelog, type ChangelogEntry } from './changelog.ts';

export interface RootChangelog {
  /** Absolute. */
  readonly file: string;
  /** In the order in which they are run. */
  readonly entries: readonly ChangelogEntry[];
}

export interface PlacedEntry extends ChangelogEntry {
  /** Where it comes among all that the changelog runs. */
  readonly index: number;
}

/** For a directory whose history is not known yet: the outermost changelog of those that lead to a SQL file in it. */
export function changelogAbove(directory: Directory): RootChangelog | undefined {
  const top = [...directory.upwards()].at(-1) ?? directory;
  return lookUpOf(top).outermostAround(directory.path, ({ directories }) => directories.has(directory.path));
}

/** For a history: the outermost changelog that lies in its root, or that leads to a SQL file there. */
export function changelogOf(root: Directory): RootChangelog | undefined {
  const lookUp = lookUpOf(root);
  const own = lookUp.outermostAround(root.path, ({ file, entries }) => dirname(file) === root.path && entries.length > 0);
  return own ?? lookUp.outermostAround(root.path, ({ directories }) => directories.has(root.path));
}

/** What of a changelog runs a file; undefined where none does. `path`: absolute; for code, as if it were SQL. */
export function entryOf(path: string, root: Directory): PlacedEntry | undefined {
  return lookUpOf(root).outermostAround(dirname(path), ({ places }) => places.has(path))?.places.get(path);
}

/** What was found out is kept as long as the directory with which a history, or the search for it, began. */
const lookUps = new WeakMap<Directory, LookUp>();

function lookUpOf(root: Directory): LookUp {
  const lookUp = lookUps.get(root) ?? new LookUp(root);
  lookUps.set(root, lookUp);
  return lookUp;
}

interface ReadChangelog extends Changelog, RootChangelog {
  /** In which there are SQL files that it runs. */
  readonly directories: ReadonlySet<string>;
  readonly places: ReadonlyMap<string, PlacedEntry>;
}

class LookUp {
  readonly #family: Map<string, Directory>;
  readonly #around = new Map<string, readonly ReadChangelog[]>();
  readonly #in = new Map<string, readonly string[]>();
  readonly #read = new Map<string, ReadChangelog>();

  constructor(root: Directory) {
    this.#family = new Map([[root.path, root]]);
  }

  /** The one that no other one of them includes; where there are several, the nearest. Where they include each other, the farthest. */
  outermostAround(path: string, isAsked: (changelog: ReadChangelog) => boolean): ReadChangelog | undefined {
    const asked = this.#changelogsAround(path).filter(isAsked);
    return asked.find(({ file }) => !asked.some(({ includes }) => includes.has(file))) ?? asked.at(-1);
  }

  #changelogsAround(path: string): readonly ReadChangelog[] {
    const above = this.#around.has(path) ? [] : [...this.#directory(path).upwards()];
    const project = above.at(-1)?.path ?? path;
    const found = this.#around.get(path) ?? above.flatMap((one) => this.#filesIn(one)).map((file) => this.#changelog(file, project));
    this.#around.set(path, found);
    return found;
  }

  #directory(path: string): Directory {
    const directory = this.#family.get(path) ?? new Directory(path, this.#family);
    this.#family.set(path, directory);
    return directory;
  }

  #filesIn({ path, names }: Directory): readonly string[] {
    const folders = this.#in.has(path) ? [] : [path, ...names.filter((name) => folderNamed.test(name)).map((name) => join(path, name))];
    const found = this.#in.get(path) ?? folders.map((folder) => this.#directory(folder)).flatMap(changelogsIn);
    this.#in.set(path, found);
    return found;
  }

  #changelog(file: string, project: string): ReadChangelog {
    const read = this.#read.get(file) ?? withPlaces(file, readChangelog(file, project));
    this.#read.set(file, read);
    return read;
  }
}

const named = /change-?(?:log|set)|liquibase|^(?:db\.)?(?:master|root|main|index)\b/i;
const folderNamed = /^(?:change-?logs?|liquibase|master)$/i;

function changelogsIn(directory: Directory): readonly string[] {
  const names = directory.names.filter((name) => /\.(?:xml|ya?ml|json)$/i.test(name) && named.test(name));
  return names.filter((name) => /\bdatabaseChangeLog\b/.test(directory.text(name) ?? '')).map((name) => join(directory.path, name));
}

/** Where a file comes more than once, its first place counts. */
function withPlaces(file: string, { entries, includes }: Changelog): ReadChangelog {
  const placed = entries.flatMap((entry, index) => namesOf(entry).map((name) => [name, { index, ...entry }] as const));
  const directories = entries.filter(({ kind }) => kind === 'sql').map((entry) => dirname(entry.file));
  return { file, entries, includes, directories: new Set(directories), places: new Map(placed.toReversed()) };
}

function namesOf({ file, kind }: ChangelogEntry): readonly string[] {
  return kind === 'sql' ? [file] : [file, file.replace(/\.\w+$/, '.sql')];
}
