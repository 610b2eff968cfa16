// The changelog that runs the SQL files of a directory: it lies beside them or above them, or in a folder there that is called so.

import { dirname, join } from 'node:path';
import { Directory } from '../../disk/directory.ts';
import { readChangelog, type Changelog, type ChangelogEntry } from './changelog.ts';

export interface RootChangelog {
  /** Absolute. */
  readonly file: string;
  /** In the order in which they are run. */
  readonly entries: readonly ChangelogEntry[];
}

/** `path`: absolute. `root`: of the history that it belongs to; what was found out is kept as long as that. */
export function changelogOf(path: string, root: Directory): RootChangelog | undefined {
  return lookUpOf(root).outermostFor(path);
}

/** For a directory that belongs to no history yet. */
export function changelogAbove(directory: Directory): RootChangelog | undefined {
  const top = [...directory.upwards()].at(-1) ?? directory;
  return changelogOf(directory.path, top);
}

/** The outermost one that lies in the root itself, wherever its files are. */
export function changelogIn(root: Directory): RootChangelog | undefined {
  return lookUpOf(root).outermostIn(root);
}

function lookUpOf(root: Directory): LookUp {
  const lookUp = lookUps.get(root) ?? new LookUp(root);
  lookUps.set(root, lookUp);
  return lookUp;
}

const lookUps = new WeakMap<Directory, LookUp>();

interface ReadChangelog extends Changelog, RootChangelog {
  /** In which there are SQL files that it runs. */
  readonly directories: ReadonlySet<string>;
}

class LookUp {
  readonly #family: Map<string, Directory>;
  readonly #found = new Map<string, RootChangelog | undefined>();
  readonly #named = new Map<string, readonly string[]>();
  readonly #read = new Map<string, ReadChangelog>();

  constructor(root: Directory) {
    this.#family = new Map([[root.path, root]]);
  }

  /** Of those that lead to a SQL file in the directory. */
  outermostFor(path: string): RootChangelog | undefined {
    if (!this.#found.has(path)) this.#found.set(path, this.#outermostFor(this.#family.get(path) ?? new Directory(path, this.#family)));
    return this.#found.get(path);
  }

  outermostIn(directory: Directory): RootChangelog | undefined {
    return outermost(this.#around(directory).filter(({ file, entries }) => dirname(file) === directory.path && entries.length > 0));
  }

  #outermostFor(directory: Directory): RootChangelog | undefined {
    return outermost(this.#around(directory).filter(({ directories }) => directories.has(directory.path)));
  }

  #around(directory: Directory): readonly ReadChangelog[] {
    const above = [...directory.upwards()];
    const project = above.at(-1)?.path ?? directory.path;
    return above.flatMap((one) => this.#changelogsIn(one)).map((file) => this.#changelog(file, project));
  }

  #changelogsIn(directory: Directory): readonly string[] {
    const known = this.#named.get(directory.path);
    const folders = known ? [] : directory.names.filter((name) => folderNamed.test(name)).map((name) => new Directory(join(directory.path, name)));
    const found = known ?? [directory, ...folders].flatMap((one) => one.names.filter((name) => isChangelog(one, name)).map((name) => join(one.path, name)));
    this.#named.set(directory.path, found);
    return found;
  }

  #changelog(file: string, project: string): ReadChangelog {
    const known = this.#read.get(file);
    if (known) return known;
    const { entries, includes } = readChangelog(file, project);
    const directories = new Set(entries.filter(({ kind }) => kind === 'sql').map((entry) => dirname(entry.file)));
    const read = { file, entries, includes, directories };
    this.#read.set(file, read);
    return read;
  }
}

/** The one that no other one includes; where there are several, the nearest. Where they include each other, the farthest. */
function outermost(changelogs: readonly ReadChangelog[]): RootChangelog | undefined {
  return changelogs.find(({ file }) => !changelogs.some(({ includes }) => includes.has(file))) ?? changelogs.at(-1);
}

const named = /change-?(?:log|set)|liquibase|^(?:db\.)?(?:master|root|main|index)\b/i;
const folderNamed = /^(?:change-?logs?|liquibase|master)$/i;

function isChangelog(directory: Directory, name: string): boolean {
  return /\.(?:xml|ya?ml|json)$/i.test(name) && named.test(name) && /\bdatabaseChangeLog\b/.test(directory.text(name) ?? '');
}
