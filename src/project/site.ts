// What a run knows before it looks for migrations: what the caller and the configuration say, and what git says is new.

import { dirname, resolve } from 'node:path';
import type { Rule } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import { repositoryRoot } from '../sources/disk/repository-path.ts';
import type { GitChanges } from '../sources/git/changes.ts';
import { mentionedVersions, statedBy } from '../sources/versions/project-versions.ts';
import type { WorkspaceOptions } from './options.ts';
import type { Texts } from './reading/chosen-history.ts';
import { configuredPath } from './settings/configured-path.ts';
import { entryFor, readConfiguration, type Configuration } from './settings/configuration.ts';
import { settingsOf, type HistorySettings, type RunSettings } from './settings/settings.ts';

export interface Site {
  readonly options: WorkspaceOptions;
  readonly configuration: Configuration;
  readonly settings: RunSettings;
  readonly texts: Texts;
}

export async function siteOf(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[]): Promise<Site> {
  const configuration = await readConfiguration(paths, options, rules);
  const near = mentionedVersions(configuration.directory, options.cwd);
  const settings = settingsOf(configuration, options, rules, (folder) => statedBy(near(folder), options.cwd));
  const { limits } = settings;
  const stdin = options.stdin && { bytes: await options.stdin.read(limits.fileSize), path: options.stdin.path };
  const changes = await changesOf(options, stdin);
  const texts: Texts = { cwd: options.cwd, stdin, ...placesOf(paths, configuration, options), configured: configuration.directory, changes, limits, readers: new Map() };
  return { options, configuration, settings, texts };
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
async function changesOf({ since, staged, cwd }: WorkspaceOptions, stdin: Texts['stdin']): Promise<GitChanges | undefined> {
  if (since !== undefined && staged) throw new UserError('--since and --staged say two different things; give one of them');
  if (since === undefined && !staged) return undefined;
  const { changesSince, stagedChanges } = await import('../sources/git/changes.ts');
  const typed = stdin?.path === undefined ? undefined : { file: resolve(cwd, stdin.path), bytes: stdin.bytes };
  return since === undefined ? stagedChanges(cwd) : changesSince(since, cwd, (file) => (file === typed?.file ? typed.bytes : undefined));
}
