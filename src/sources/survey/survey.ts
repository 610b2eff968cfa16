// What can be found out about a project before anybody has configured anything.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { displayPath, findMigrations } from '../migrations/find-migrations.ts';
import { findRoots } from '../migrations/find-roots.ts';
import type { Framework } from '../frameworks/framework.ts';
import { hooksPath, remoteUrls } from '../git.ts';
import type { Mention } from '../versions/mentions.ts';
import { mentionedVersions } from '../versions/project-versions.ts';
import { printingHint } from './printing-hint.ts';
import { repositoryRoot } from '../disk/repository-path.ts';

export interface FoundMigrations {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly framework: Framework;
  readonly files: number;
}

export interface Survey {
  readonly migrations: readonly FoundMigrations[];
  /** The oldest first. */
  readonly versions: readonly Mention[];
  /** What to do where migrations are code. */
  readonly hint: string | undefined;
  /** Of what the package brings, relative to the project; undefined where the package is not installed in it. */
  readonly schema: string | undefined;
  /** Absolute. Undefined: there is no repository. */
  readonly root: string | undefined;
  /** Where git looks for a hook before a commit; absolute. */
  readonly gitHook: string | undefined;
  readonly hasPreCommit: boolean;
  readonly isOnGitHub: boolean;
}

const SCHEMA = 'node_modules/pgmigrate-lint/rules/config.schema.json';

export async function surveyOf(project: string): Promise<Survey> {
  const root = repositoryRoot(project);
  const has = (path: string): boolean => root !== undefined && existsSync(join(root, path));
  const hooks = hooksPath(project);
  return {
    migrations: await migrationsOf(project),
    versions: mentionedVersions(project)(project).map((one) => ({ ...one, path: displayPath(one.path, project) })),
    hint: printingHint(project),
    schema: existsSync(join(project, SCHEMA)) ? SCHEMA : undefined,
    root,
    gitHook: hooks === undefined ? undefined : join(hooks, 'pre-commit'),
    hasPreCommit: has('.pre-commit-config.yaml'),
    isOnGitHub: has('.github') || remoteUrls(project).some((url) => /\bgithub\.com[:/]/.test(url)),
  };
}

async function migrationsOf(project: string): Promise<FoundMigrations[]> {
  const search = {
    cwd: project,
    exclude: [],
    excludeFrom: project,
    withHistory: false,
    unsaved: undefined,
    frameworkOf: () => undefined,
    startAfterOf: () => undefined,
    isNew: () => true,
  };
  const found = findRoots(project).map(async (root) => {
    const histories = await findMigrations([root], search);
    const [first] = histories;
    if (first === undefined) return [];
    const files = histories.reduce((sum, history) => sum + history.files.length, 0);
    return [{ path: displayPath(root, project), framework: first.framework, files }];
  });
  return (await Promise.all(found)).flat();
}
