// What git says has changed: since a commit, or staged.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { toSlashes } from '../disk/expand.ts';
import { baseCommit, topOf } from './base-commit.ts';
import { git, listed, tryGit } from './run-git.ts';
import { Tree, type Blob } from './tree.ts';

/** All files by their absolute paths. */
export interface GitChanges {
  /** All that there was before what is new. */
  readonly base: Tree;
  /** How people call it: `origin/main`, or `HEAD`. */
  readonly baseName: string;
  /** What the branch that this one left has by now, where it has gone on. */
  readonly tip: Tree | undefined;
  /** On the disk, or in what is staged. */
  readonly isThere: (file: string) => boolean;
  /** Whether a file holds what the blob holds, however its lines end. */
  readonly isSame: (file: string, blob: Blob) => boolean;
  /** Whether what is committed or staged of a file ends its lines otherwise than the blob, and holds the same in them. */
  readonly hasOtherEnds: (file: string, blob: Blob) => boolean;
  /** Whether git knows it: not one that it ignores, or that lies in a repository which is no submodule. */
  readonly isKnown: (file: string) => boolean;
  /** What is staged of a file where the disk has something else. */
  readonly staged: (file: string) => Buffer | undefined;
}

/** What an editor has of a file, saved or not; undefined: what is on the disk. */
export type Typed = (file: string) => Buffer | undefined;

/** What was there before all that is new. */
export interface CommitBefore {
  readonly tree: Tree;
  /** As people call it. */
  readonly name: string;
  /** What the branch that was left has come to since; undefined where that is the same. */
  readonly tip: Tree | undefined;
}

/** Where the branch left `ref`. */
export function baseSince(ref: string, cwd: string): CommitBefore {
  const top = topOf(cwd, '--since');
  const { commit, tip } = baseCommit(ref, top);
  const tree = Tree.ofCommit(commit, top);
  return { tree, name: ref, tip: tip === commit ? undefined : Tree.ofCommit(tip, top, tree) };
}

/** The last commit, if there is one. */
export function baseOfStaged(cwd: string): CommitBefore {
  const top = topOf(cwd, '--staged');
  const head = tryGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return { tree: Tree.ofCommit(Buffer.isBuffer(head) ? head.toString().trim() : undefined, top), name: 'HEAD', tip: undefined };
}

/** Since the base: what was committed, what was not yet, and what git does not know yet. */
export function changesSince({ tree: base, name: baseName, tip }: CommitBefore, typed: Typed): GitChanges {
  const { top } = base;
  return {
    base,
    baseName,
    tip,
    hasOtherEnds: othersIn(top, base),
    isThere: (file) => typed(file) !== undefined || existsSync(file),
    isSame: (file, blob) => isSame(typed(file) ?? contentOnDisk(file), file, blob, base),
    isKnown: knownIn(top, base),
    staged: () => undefined,
  };
}

export function stagedChanges({ tree: base, name: baseName, tip }: CommitBefore): GitChanges {
  const { top } = base;
  const index = Tree.ofIndex(top);
  return {
    base,
    baseName,
    tip,
    hasOtherEnds: othersIn(top, base, index),
    isThere: (file) => index.blobAt(file) !== undefined,
    isSame: (file, blob) => {
      const now = index.blobAt(file);
      if (now === undefined) return isSame(contentOnDisk(file), file, blob, base);
      return now.id === blob.id || unified(index.contentOf(now)).equals(unified(base.contentOf(blob)));
    },
    isKnown: knownIn(top, base),
    staged: (file) => {
      const blob = index.blobAt(file);
      return blob === undefined || isSame(contentOnDisk(file), file, blob, index) ? undefined : index.contentOf(blob);
    },
  };
}

/** What is on the disk says nothing: git may have made its ends of lines. */
function othersIn(top: string, base: Tree, given?: Tree): (file: string, blob: Blob) => boolean {
  let index = given;
  return (file, blob) => {
    index ??= Tree.ofIndex(top);
    const now = index.blobAt(file);
    return now !== undefined && now.id !== blob.id && unified(index.contentOf(now)).equals(unified(base.contentOf(blob)));
  };
}

/** Of a directory that is called like a file, and of what is gone: nothing. */
function contentOnDisk(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function isSame(content: Buffer | undefined, file: string, blob: Blob, tree: Tree): boolean {
  if (content === undefined) return false;
  if (idOf(content, blob) === blob.id) return true;
  const plain = unified(content);
  return idOf(plain, blob) === blob.id || plain.equals(unified(tree.contentOf(blob))) || content.equals(checkedOut(file, blob) ?? noBytes);
}

const noBytes = Buffer.of(0);

/** As git names a blob of this content. */
function idOf(content: Buffer, { id }: Blob): string {
  return createHash(id.length === 40 ? 'sha1' : 'sha256').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** Without what the ends of lines differ in. */
function unified(content: Buffer): Buffer {
  return content.includes('\r\n') ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : content;
}

const transforming = ['filter', 'working-tree-encoding', 'ident'];

/** What git would write on the disk, where attributes make it something else than what is kept; undefined where they don't. */
function checkedOut(file: string, blob: Blob): Buffer | undefined {
  const path = toSlashes(relative(blob.repository, file));
  const said = tryGit(blob.repository, ['check-attr', '-z', '--stdin', ...transforming], `${path}\0`);
  const values = Buffer.isBuffer(said) ? listed(said).filter((_, index) => index % 3 === 2) : [];
  if (values.every((value) => value === 'unspecified' || value === 'unset')) return undefined;
  const output = tryGit(blob.repository, ['cat-file', '--filters', `--path=${path}`, blob.id]);
  return Buffer.isBuffer(output) ? output : undefined;
}

/** Asked when it is needed: a large repository has a long list. */
function knownIn(top: string, base: Tree): (file: string) => boolean {
  let listedFiles: ReadonlySet<string> | undefined;
  let modules: readonly string[] | undefined;
  const isListed = (file: string): boolean => {
    listedFiles ??= new Set(listed(git(top, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')).map((path) => resolve(top, path)));
    return listedFiles.has(file);
  };
  const isInModule = (file: string): boolean => {
    modules ??= listed(git(top, 'ls-files', '--stage', '-z')).flatMap((line) => /^160000 \S+ \d\t([\s\S]+)$/.exec(line)?.[1] ?? []);
    return modules.some((path) => file.startsWith(join(top, path, sep)));
  };
  return (file) => base.blobAt(file) !== undefined || isListed(file) || isInModule(file) || isListed(behindLinks(file, top));
}

/** Where a file lies that is reached through links, as the top of the repository is called. */
function behindLinks(file: string, top: string): string {
  try {
    return resolve(top, relative(realpathSync(top), realpathSync(file)));
  } catch {
    return file;
  }
}
