// Where the configuration of a project lies: nearest to the root of the run, which is where nobody but its owner puts one.

import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { isInside } from './disk/inside.ts';
import { filesOnDisk, type OwnFiles } from './disk/own-files.ts';
import { repositoryRoot } from './disk/repository-path.ts';

/** As it is written where there is none yet. */
export const configName = '.pgmigrate-lint.yml';

const configNames = [configName, '.pgmigrate-lint.yaml'] as const;

/** It lies beside the configuration. */
export const baselineName = '.pgmigrate-lint-baseline.json';

export interface ConfigFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  /** It lies deeper than the run began, towards the paths that were named. */
  readonly isInner: boolean;
}

/**
 * The file that was named; else the nearest one at or above the root of the run; else the first one on the way from there to what the
 * `paths` have in common. Undefined where there is none. Who adds a file further down changes nothing where there is one above.
 */
export function findConfig(paths: readonly string[], named: string | undefined, cwd: string, files: OwnFiles = filesOnDisk): ConfigFile | undefined {
  if (named !== undefined) return { file: resolve(cwd, named), text: read(resolve(cwd, named), named, files), isInner: false };
  const common = commonDirectory(paths, cwd);
  const root = rootFor(common, cwd);
  for (const directory of upwards(root)) {
    const file = configIn(directory, files);
    if (file !== undefined) return found(file, false, files);
  }
  const file = below(root, common).map((directory) => configIn(directory, files)).find((one) => one !== undefined);
  return file === undefined ? undefined : found(file, true, files);
}

/** Absolute; undefined where a directory has none. Throws a `UserError` where it has two. */
export function configIn(directory: string, { isThere }: OwnFiles = filesOnDisk): string | undefined {
  const [file, other] = configNames.map((name) => join(directory, name)).filter(isThere);
  if (other === undefined) return file;
  throw new UserError(`"${directory}" has both ${configNames.join(' and ')}, and which of them counts is not known: delete one`);
}

/** The deepest directory that holds all paths, as far as it exists. */
function commonDirectory(paths: readonly string[], cwd: string): string {
  const directories = paths.map((path) => existingDirectory(resolve(cwd, path)));
  const [first = cwd, ...others] = directories;
  return others.reduce(sharedParent, first);
}

/** Where the run begins: the working directory, or what it and the paths have in common, but not outside of their repository. */
export function rootOfRun(paths: readonly string[], cwd: string): string {
  return rootFor(commonDirectory(paths, cwd), cwd);
}

function rootFor(common: string, cwd: string): string {
  const shared = sharedParent(cwd, common);
  const repository = repositoryRoot(common);
  const isWithin = shared === cwd || repository === undefined || sharedParent(repository, shared) === repository;
  return isWithin ? shared : repository;
}

/** The directories on the way down, the highest first, without the one that it begins in. */
function below(root: string, deepest: string): readonly string[] {
  const way: string[] = [];
  for (let directory = deepest; directory !== root && dirname(directory) !== directory; directory = dirname(directory)) way.unshift(directory);
  return way;
}

/** Up to the root of the repository. */
function* upwards(start: string): Generator<string> {
  for (let directory = start; ; directory = dirname(directory)) {
    yield directory;
    if (existsSync(join(directory, '.git')) || dirname(directory) === directory) return;
  }
}

function existingDirectory(path: string): string {
  return isDirectory(path) || dirname(path) === path ? path : existingDirectory(dirname(path));
}

function sharedParent(left: string, right: string): string {
  if (right === left || right.startsWith(left.endsWith('/') ? left : `${left}/`) || dirname(left) === left) return left;
  return sharedParent(dirname(left), right);
}

function found(file: string, isInner: boolean, files: OwnFiles): ConfigFile {
  const directory = dirname(file);
  const isOwn = isInside(file, [repositoryRoot(directory) ?? directory]);
  if (!isOwn && existsSync(file)) throw new UserError(`the configuration "${file}" is a link that leads out of the repository: name what it leads to with --config`);
  return { file, text: read(file, file, files), isInner };
}

function read(file: string, name: string, files: OwnFiles): string {
  return files.read(file, name, 'configuration', LARGEST);
}

/** In bytes. It takes a second to read so much YAML. */
const LARGEST = 256 * 1024;

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
