// What a run knows before it looks for migrations: what the caller and the configuration say, and what git says is new.

import { dirname, resolve } from 'node:path';
import type { Rule } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import { isInside } from '../sources/disk/inside.ts';
import { filesIn, type OwnFiles } from '../sources/disk/own-files.ts';
import { repositoryRoot } from '../sources/disk/repository-path.ts';
import type { CommitBefore, GitChanges } from '../sources/git/changes.ts';
import type { Tree } from '../sources/git/tree.ts';
import { mentionedVersions, statedBy } from '../sources/versions/project-versions.ts';
import type { WorkspaceOptions } from './options.ts';
import type { Texts } from './reading/chosen-history.ts';
import { configuredPath } from './settings/configured-path.ts';
import { entryFor, noConfiguration, readConfiguration, type Configuration } from './settings/configuration.ts';
import { settingsOf, type HistorySettings, type RunSettings } from './settings/settings.ts';

export interface Site {
  readonly options: WorkspaceOptions;
  readonly configuration: Configuration;
  /** What the configuration was before all that is new; undefined where nobody says what that is. */
  readonly base: Configuration | undefined;
  /** Why that is not known. */
  readonly unreadableBase: string | undefined;
  readonly settings: RunSettings;
  readonly texts: Texts;
}

export async function siteOf(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[]): Promise<Site> {
  const before = await baseOf(options);
  const { base, unreadableBase } = before ? await baseConfiguration(paths, options, rules, before) : noBase;
  const configuration = options.configFromBase && base ? base : await readConfiguration(paths, options, rules);
  const near = mentionedVersions(configuration.directory, options.cwd);
  const settings = settingsOf(configuration, options, rules, (folder) => statedBy(near(folder), options.cwd));
  const { limits } = settings;
  const stdin = options.stdin && { bytes: await options.stdin.read(limits.fileSize), path: options.stdin.path };
  const changes = before && (await changesOf(before, options, stdin));
  const texts: Texts = { cwd: options.cwd, stdin, ...placesOf(paths, configuration, options), configured: configuration.directory, changes, limits, readers: new Map() };
  return { options, configuration, base, unreadableBase, settings, texts };
}

/** What holds for a file, by the path of the configuration that leads to it. */
export function settingsFor(file: string, { settings, configuration }: Site): HistorySettings {
  return settings.of(entryFor(file, configuration), dirname(file));
}

/** Absolute; undefined where no dump is named, or none is wanted. */
export function dumpOf({ schema }: HistorySettings, { options, configuration }: Site): string | undefined {
  return schema === undefined || options.history === false ? undefined : configuredPath(schema, 'schema', configuration);
}

function placesOf(paths: readonly string[], { config, directory }: Configuration, { cwd }: WorkspaceOptions): Pick<Texts, 'project' | 'isOnCommandLine' | 'isNamed'> {
  const operands = new Set(paths.map((path) => resolve(cwd, path)));
  const named = new Set([...operands, ...config.migrations.map(({ path }) => resolve(directory, path))]);
  return { project: repositoryRoot(directory) ?? directory, isOnCommandLine: (file) => operands.has(file), isNamed: (file) => named.has(file) };
}

/** Undefined: nobody asks git, and all that is named is new. */
async function baseOf({ since, staged, cwd }: WorkspaceOptions): Promise<CommitBefore | undefined> {
  if (since !== undefined && staged) throw new UserError('--since and --staged say two different things; give one of them');
  if (since === undefined && !staged) return undefined;
  const { baseOfStaged, baseSince } = await import('../sources/git/changes.ts');
  return since === undefined ? baseOfStaged(cwd) : baseSince(since, cwd);
}

async function changesOf(base: CommitBefore, { since, cwd }: WorkspaceOptions, stdin: Texts['stdin']): Promise<GitChanges> {
  const { changesSince, stagedChanges } = await import('../sources/git/changes.ts');
  const typed = stdin?.path === undefined ? undefined : { file: resolve(cwd, stdin.path), bytes: stdin.bytes };
  return since === undefined ? stagedChanges(base) : changesSince(base, (file) => (file === typed?.file ? typed.bytes : undefined));
}

type Base = Pick<Site, 'base' | 'unreadableBase'>;

const noBase: Base = { base: undefined, unreadableBase: undefined };

/** One that is broken is mended by a branch that may be linted with its own. */
async function baseConfiguration(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], { tree, name }: CommitBefore): Promise<Base> {
  const { cwd, configFromBase = false } = options;
  const files = filesIn(tree, name);
  try {
    return { ...noBase, base: await readBaseConfiguration(paths, options, rules, tree, files) };
  } catch (error) {
    if (configFromBase || !(error instanceof UserError)) throw error;
    return { base: { ...noConfiguration, files, directory: cwd }, unreadableBase: `the configuration of ${name} can't be read, so this branch is compared with the defaults: ${error.message}` };
  }
}

/** One that somebody names and that lies outside of the repository is what it always was. */
async function readBaseConfiguration(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], tree: Tree, files: OwnFiles): Promise<Configuration> {
  const { config, cwd, configFromBase = false } = options;
  const named = config && resolve(cwd, config);
  if (configFromBase || named === undefined || files.isThere(named)) return readConfiguration(paths, options, rules, files);
  return isInside(named, [tree.top]) ? { ...noConfiguration, files, directory: dirname(named) } : readConfiguration(paths, options, rules);
}
