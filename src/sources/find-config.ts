// Where the configuration of a project lies.

import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readNamed } from './disk/read-beside.ts';

export const configName = '.pgmigrate-lint.yml';

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
    const file = join(directory, configName);
    if (existsSync(file)) return read(file, file);
    if (existsSync(join(directory, '.git')) || dirname(directory) === directory) return undefined;
  }
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
const LARGEST = 1024 * 1024;

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
