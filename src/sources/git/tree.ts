// The files of a commit, or of what is staged, as though they lay on the disk: with links followed, and submodules in their places.

import { dirname, join, resolve, sep } from 'node:path';
import { existsSync } from 'node:fs';
import { BEGINNING, type Disk, type DiskEntry } from '../disk/disk.ts';
import { toSlashes } from '../disk/expand.ts';
import { git, listed, tryGit } from './run-git.ts';

/** A file, as git keeps it. */
export interface Blob {
  readonly id: string;
  /** The top of the repository that has it: of a submodule, its own. */
  readonly repository: string;
  /** Where it lies in that, with forward slashes. */
  readonly path: string;
}

interface Folder {
  readonly kind: 'folder';
  readonly entries: Map<string, Node>;
}

type Node = Folder | ({ readonly kind: 'file' | 'link' } & Blob) | { readonly kind: 'module'; readonly commit: string };

/** What `ls-tree` and `ls-files` say of a file. */
interface Listed {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** No file system follows more. */
const MOST_LINKS = 40;

export class Tree implements Disk {
  readonly top: string;
  readonly #root: Folder;
  /** By the ids of blobs; shared by trees of one repository. */
  readonly #contents: Map<string, Buffer>;
  /** Submodules whose commit is not here, absolute. */
  readonly #lost = new Map<string, string>();

  private constructor(top: string, files: readonly Listed[], like?: Tree) {
    this.top = top;
    this.#contents = like === undefined ? new Map() : like.#contents;
    this.#root = folderOf(files, top);
  }

  /** `commit` undefined: nothing was committed yet. `like`: another one of which much is the same. */
  static ofCommit(commit: string | undefined, top: string, like?: Tree): Tree {
    return new Tree(top, commit === undefined ? [] : inCommit(git(top, 'ls-tree', '-r', '-z', '--full-tree', commit)), like);
  }

  /** What is staged, without files of which only the names are. */
  static ofIndex(top: string): Tree {
    const intended = new Set(intendedIn(git(top, 'diff-files', '--name-status', '--no-renames', '--ignore-submodules=none', '-z')));
    return new Tree(top, inIndex(git(top, 'ls-files', '--stage', '-z')).filter(({ path }) => !intended.has(path)));
  }

  /** Undefined where there is no such file, or where it is a link that leads out. */
  blobAt(path: string): Blob | undefined {
    const node = this.#nodeAt(path);
    return node?.kind === 'file' ? node : undefined;
  }

  contentOf(blob: Blob): Buffer {
    const content = this.#contents.get(blob.id) ?? git(blob.repository, 'cat-file', 'blob', blob.id);
    this.#contents.set(blob.id, content);
    return content;
  }

  /** The submodule that holds a path, where its commit is not in its clone: it, and the commit. */
  lostAt(path: string): readonly [string, string] | undefined {
    return [...this.#lost].find(([module]) => path.startsWith(`${module}${sep}`));
  }

  /** All of its files, absolute; without those of submodules. */
  *paths(folder: Folder = this.#root, path = this.top): Generator<readonly [string, Blob]> {
    for (const [name, node] of folder.entries) {
      if (node.kind === 'file') yield [join(path, name), node];
      if (node.kind === 'folder') yield* this.paths(node, join(path, name));
    }
  }

  entriesIn = (path: string): readonly DiskEntry[] => {
    const node = this.#nodeAt(path);
    if (node?.kind !== 'folder') return [];
    return Array.from(node.entries, ([name, { kind }]) => ({ name, isFolder: kind === 'folder' || kind === 'module', isLink: kind === 'link' }));
  };

  exists = (path: string): boolean => path === join(this.top, '.git') || this.#nodeAt(path) !== undefined;

  textOf = (path: string): string | undefined => {
    const blob = this.blobAt(path);
    return blob && this.contentOf(blob).toString('utf8');
  };

  beginningOf = (path: string): string => {
    const blob = this.blobAt(path);
    return blob === undefined ? '' : this.contentOf(blob).toString('utf8', 0, BEGINNING);
  };

  #nodeAt(path: string, links = 0): Node | undefined {
    if (path === this.top) return this.#root;
    if (!path.startsWith(`${this.top}${sep}`) || links > MOST_LINKS) return undefined;
    let node: Node | undefined = this.#root;
    let at = this.top;
    const names = path.slice(this.top.length + 1).split(sep);
    for (const [index, name] of names.entries()) {
      if (node.kind !== 'folder') return undefined;
      const next: Node | undefined = node.entries.get(name);
      if (next?.kind === 'link') return this.#nodeAt(resolve(at, this.contentOf(next).toString('utf8'), ...names.slice(index + 1)), links + 1);
      at = join(at, name);
      if (next?.kind === 'module') node.entries.set(name, this.#moduleAt(at, next.commit));
      node = node.entries.get(name);
      if (node === undefined) return undefined;
    }
    return node;
  }

  /** What is not checked out has no files that anybody could ask about. */
  #moduleAt(path: string, commit: string): Folder {
    const output = existsSync(join(path, '.git')) ? tryGit(path, ['ls-tree', '-r', '-z', '--full-tree', commit]) : Buffer.of();
    if (!Buffer.isBuffer(output)) this.#lost.set(path, commit);
    return folderOf(Buffer.isBuffer(output) ? inCommit(output) : [], path);
  }
}

/** `MODE TYPE ID\tPATH`. */
function inCommit(output: Buffer): Listed[] {
  return listed(output).flatMap((line) => {
    const [, mode, id, path] = /^(\d+) \w+ ([\da-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    return mode === undefined || id === undefined || path === undefined ? [] : [{ mode, id, path }];
  });
}

/** `MODE ID STAGE\tPATH`. */
function inIndex(output: Buffer): Listed[] {
  return listed(output).flatMap((line) => {
    const [, mode, id, path] = /^(\d+) ([\da-f]+) \d\t([\s\S]+)$/.exec(line) ?? [];
    return mode === undefined || id === undefined || path === undefined ? [] : [{ mode, id, path }];
  });
}

/** `git add --intent-to-add` says that there will be a file, and stages nothing of it. */
function intendedIn(output: Buffer): string[] {
  const fields = listed(output);
  return fields.filter((_, index) => index % 2 === 1 && fields[index - 1] === 'A');
}

function folderOf(files: readonly Listed[], repository: string): Folder {
  const root: Folder = { kind: 'folder', entries: new Map() };
  const folders = new Map([['', root]]);
  const folderAt = (path: string): Folder => {
    const known = folders.get(path);
    if (known) return known;
    const folder: Folder = { kind: 'folder', entries: new Map() };
    folders.set(path, folder);
    parentOf(path, folderAt).entries.set(nameOf(path), folder);
    return folder;
  };
  for (const { mode, id, path } of files) parentOf(path, folderAt).entries.set(nameOf(path), nodeOf(mode, { id, repository, path }));
  return root;
}

function parentOf(path: string, folderAt: (path: string) => Folder): Folder {
  const above = dirname(path);
  return folderAt(above === '.' ? '' : toSlashes(above));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Source: the modes of git-fast-import(1). */
function nodeOf(mode: string, blob: Blob): Node {
  if (mode === '160000') return { kind: 'module', commit: blob.id };
  return { kind: mode === '120000' ? 'link' : 'file', ...blob };
}
