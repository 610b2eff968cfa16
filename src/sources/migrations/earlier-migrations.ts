// The migrations that a history had in an earlier commit, as its tool tells them apart.

import { dirname, join, relative, sep } from 'node:path';
import type { Exclusions } from '../disk/exclusions.ts';
import { Directory } from '../disk/directory.ts';
import { localDisk } from '../disk/disk.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Place } from '../frameworks/framework.ts';
import type { Blob, Tree } from '../git/tree.ts';
import type { Home } from './home.ts';
import { identityOf } from './identity.ts';
import { asSql } from './in-order.ts';
import { codeFilesIn } from './look-up.ts';

/** By what their tool remembers of them; several files may claim the same. */
export type EarlierMigrations = ReadonlyMap<string, readonly Blob[]>;

/** A file of a history, as its tool tells it from others. */
export interface KnownFile {
  /** Absolute. */
  readonly file: string;
  readonly identity: string;
  /** Undefined: the tool does not run it by itself. */
  readonly place: Place | undefined;
}

export interface EarlierFile extends KnownFile {
  readonly blob: Blob;
}

/** `files`: of the history as it is now, absolute. */
export function earlierMigrations(home: Home, files: readonly string[], tree: Tree, exclusions: Exclusions): EarlierMigrations {
  const found = new Map<string, Blob[]>();
  for (const { identity, blob } of earlierFiles(home, files, tree, exclusions)) found.set(identity, [...(found.get(identity) ?? []), blob]);
  return found;
}

/** All of a history in an earlier commit. */
export function earlierFiles(home: Home, files: readonly string[], tree: Tree, exclusions: Exclusions): readonly EarlierFile[] {
  const { framework, root } = home;
  const then = directoryAt(root.path, tree);
  const paths = [...new Set(foldersOf(home, then, files).flatMap((folder) => filesIn(folder, files, exclusions)))];
  const besides = framework.listed ? files.filter((file) => !isBelow(file, root.path)) : [];
  const placeOf = framework.places(then, paths.map((file) => pathBelow(root, file)));
  return [...paths, ...besides].flatMap((file) => {
    const blob = tree.blobAt(file);
    const path = pathBelow(root, file);
    const place = placeOf(path);
    return blob ? [{ file, place, blob, identity: identityOf(framework, place, path, () => tree.beginningOf(file)) }] : [];
  });
}

/** Those of which the files as they are now are called by. */
export function identitiesNow(home: Home, files: readonly string[]): ReadonlyMap<string, string> {
  return new Map(filesNow(home, files).map(({ file, identity }) => [file, identity]));
}

/** `files`: absolute. */
export function filesNow({ framework, root }: Home, files: readonly string[]): readonly KnownFile[] {
  const paths = new Map(files.map((file) => [file, pathBelow(root, file)]));
  const placeOf = framework.places(root, [...paths.values()]);
  return Array.from(paths, ([file, path]) => {
    const place = placeOf(path);
    return { file, place, identity: identityOf(framework, place, path, () => localDisk.beginningOf(file)) };
  });
}

export function pathBelow(root: Directory, file: string): string {
  return asSql(toSlashes(relative(root.path, file)));
}

/** Where its tool looked by its configuration of that time, or looks by itself; and where files lie now that are of no such layout. */
function foldersOf({ framework }: Home, then: Directory, files: readonly string[]): readonly Directory[] {
  const now = [...new Set(files.map((file) => dirname(file)).filter((path) => path === then.path || isBelow(path, then.path)))];
  const present = now.map((path) => (path === then.path ? then : then.below(toSlashes(relative(then.path, path)))));
  const named = present.flatMap((folder) => framework.foldersOf?.(framework.rootOf(folder) ?? folder) ?? []);
  if (named.length > 0) return [...new Set(named)].flatMap((folder) => [...foldersBelow(folder)]);
  if (framework.layout === 'nested') return [...foldersBelow(then)];
  const apart = framework.layout === 'folders' ? then.folders.filter(isLookedInto) : [];
  return [...new Set([then, ...apart, ...present])];
}

/** One that knows itself when it is looked up from below. */
export function directoryAt(path: string, tree: Tree): Directory {
  const family = new Map<string, Directory>();
  const directory = new Directory(path, family, { disk: tree });
  family.set(path, directory);
  return directory;
}

function* foldersBelow(top: Directory): Generator<Directory> {
  yield top;
  for (const folder of top.folders.filter(isLookedInto)) yield* foldersBelow(folder);
}

function isLookedInto({ name }: Directory): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

/** SQL, and code where there is code now. */
function filesIn(folder: Directory, files: readonly string[], exclusions: Exclusions): readonly string[] {
  const sql = folder.sqlFiles.filter((name) => !name.startsWith('.')).map((name) => join(folder.path, name));
  const hasCode = files.some((file) => !/\.sql$/i.test(file));
  const top = [...folder.upwards()].at(-1) ?? folder;
  const code = hasCode ? codeFilesIn(folder, top, exclusions).map(({ file }) => file) : [];
  return [...sql.filter((file) => !exclusions.has(file)), ...code];
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}${sep}`);
}
