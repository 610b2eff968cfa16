// The configuration of a run, and what it says of a file.

import { dirname, resolve } from 'node:path';
import { emptyConfig, type Config, type MigrationsConfig } from '../../config/config.ts';
import type { Rule } from '../../model/rule.ts';
import { covers } from '../../sources/disk/covers.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { findConfig, rootOfRun } from '../../sources/find-config.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { filesOnDisk, type OwnFiles } from '../../sources/disk/own-files.ts';
import { repositoryRoot } from '../../sources/disk/repository-path.ts';
import { configurableRules } from './configurable-rules.ts';

export interface Configuration {
  readonly config: Config;
  /** As it is written; empty where there is none. */
  readonly text: string;
  /** Where it, and what it names, is read. */
  readonly files: OwnFiles;
  /** Where paths of the configuration start. */
  readonly directory: string;
  /** Of its file, as reports show it; undefined where there is none. */
  readonly path: string | undefined;
  /** It lies deeper than the run began. */
  readonly isInner: boolean;
  /** Where the run began: configurations that lie deeper do not count beside one that does not. Undefined: somebody named the configuration. */
  readonly root: string | undefined;
  /** What the paths of the configuration may lead to: its repository, and what the caller named. Absolute. */
  readonly bounds: readonly string[];
}

/** Of what lies nowhere. */
export const noConfiguration: Configuration = { config: emptyConfig, text: '', files: filesOnDisk, directory: '', path: undefined, isInner: false, root: undefined, bounds: [] };

export interface ConfigurationPlace {
  readonly config?: string | undefined;
  readonly cwd: string;
  readonly stdin?: { readonly path: string | undefined } | undefined;
}

/** `config`: its file; else the one that `findConfig` finds. */
export async function readConfiguration(paths: readonly string[], { config, cwd, stdin }: ConfigurationPlace, rules: readonly Rule[], files: OwnFiles = filesOnDisk): Promise<Configuration> {
  const named = paths.flatMap((path) => (path === '-' ? (stdin?.path ?? []) : [path]));
  const file = findConfig(named, config, cwd, files);
  const root = config === undefined ? rootOfRun(named, cwd) : undefined;
  const operands = named.map((path) => resolve(cwd, path));
  if (file === undefined) return { ...noConfiguration, files, directory: cwd, root, bounds: [repositoryOf(cwd), ...operands] };
  const { parseConfig } = await import('../../config/read-config.ts');
  const path = displayPath(file.file, cwd);
  const directory = dirname(file.file);
  // Who names one that lies elsewhere means it for the project in which he stands.
  const bounds = [repositoryOf(directory), ...(config === undefined ? [] : [repositoryOf(cwd)]), ...operands];
  return { config: parseConfig(file.text, path, configurableRules(rules)), text: file.text, files, directory, path, isInner: file.isInner, root, bounds };
}

/** Where there is none, the directory itself. */
function repositoryOf(directory: string): string {
  return repositoryRoot(directory) ?? directory;
}

/** The longest path of the configuration that leads to the file says most about it. */
export function entryFor(file: string, { config, directory }: Configuration): MigrationsConfig | undefined {
  const entries = config.migrations.filter(({ path }) => covers(toSlashes(path), toSlashes(directory), toSlashes(file)));
  return entries.toSorted((left, right) => right.path.length - left.path.length)[0];
}
