// The configuration of a run, and what it says of a file.

import { dirname } from 'node:path';
import { emptyConfig, type Config, type MigrationsConfig } from '../../config/config.ts';
import type { Rule } from '../../model/rule.ts';
import { leadsTo } from '../../sources/disk/configured-path.ts';
import { commonDirectory, findConfig } from '../../sources/find-config.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { configurableRules } from './configurable-rules.ts';

export interface Configuration {
  readonly config: Config;
  /** Where paths of the configuration start. */
  readonly directory: string;
  /** Of its file, as reports show it; undefined where there is none. */
  readonly path: string | undefined;
}

/** Of what lies nowhere. */
export const noConfiguration: Configuration = { config: emptyConfig, directory: '', path: undefined };

/** `config`: its file; else the nearest one at or above the paths. */
export async function readConfiguration(
  paths: readonly string[],
  { config, cwd }: { readonly config?: string | undefined; readonly cwd: string },
  rules: readonly Rule[],
): Promise<Configuration> {
  const common = commonDirectory(
    paths.filter((path) => path !== '-'),
    cwd,
  );
  const file = findConfig(common, config, cwd);
  if (file === undefined) return { config: emptyConfig, directory: cwd, path: undefined };
  const { parseConfig } = await import('../../config/read-config.ts');
  const path = displayPath(file.file, cwd);
  return { config: parseConfig(file.text, path, configurableRules(rules)), directory: dirname(file.file), path };
}

/** The longest path of the configuration that leads to the file says most about it. */
export function entryFor(file: string, { config, directory }: Configuration): MigrationsConfig | undefined {
  const entries = config.migrations.filter(({ path }) => leadsTo(path, directory, file));
  return entries.toSorted((left, right) => right.path.length - left.path.length)[0];
}
