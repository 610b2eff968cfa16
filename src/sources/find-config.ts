// Where the configuration of a project lies.

import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { readNamed } from './disk/read-beside.ts';

/** As it is written where there is none yet. */
export const configName = '.pgmigrate-lint.yml';

const configNames = [configName, '.pgmigrate-lint.yaml'] as const;

/** It lies beside the configuration. */
export const baselineName = '.pgmigrate-lint-baseline.json';

export interface ConfigFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** The file that was named, or the nearest one at or above `start`; undefined where there is none. */
export function findConfig(start: string, named: string | undefined, cwd: string): ConfigFile | undefined {
  if (named !== undefined) return read(resolve(cwd, named), named);
  for (let directory = start; ; directory = dirname(directory)) {
    const file = configIn(directory);
    if (file !== undefined) return read(file, file);
    if (existsSync(join(directory, '.git')) || dirname(directory) === directory) return undefined;
  }
}

/** Absolute; undefined where a directory has none. Throws a `UserError` where it has two. */
export function configIn(directory: string): string | undefined {
  const [file, other] = configNames.map((name) => join(directory, name)).filter((path) => existsSync(path));
  if (other === undefined) return file;
  throw new UserError(`"${directory}" has both ${configNames.join(' and ')}, and which of them counts is not known: delete one`);
}

/** The deepest directory that holds all paths, as far as it exists. */
export function commonDirectory(paths: readonly string[], cwd: string): string {
  const directories = paths.map((path) => existingDirectory(resolve(cwd, path)));
  const [first = cwd, ...others] = directories;
  return others.reduce(sharedParent, first);
}

function existingDirectory(path: string): string {
  return isDirectory(path) || dirname(path) === path ? path : existingDirectory(dirname(path));
}

function sharedParent(left: string, right: string): string {
  if (right === left || right.startsWith(left.endsWith('/') ? left : `${left}/`) || dirname(left) === left) return left;
  return sharedParent(dirname(left), right);
}

function read(file: string, name: string): ConfigFile {
  return { file, text: readNamed(file, name, 'configuration', LARGEST) };
}

/** In bytes. It takes a second to read so much YAML. */
const LARGEST = 256 * 1024;

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
