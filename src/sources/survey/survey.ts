// What can be found out about a project before anybody has configured anything.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { frameworkOfCode } from '../migrations/code-home.ts';
import { displayPath } from '../migrations/find-migrations.ts';
import { countOf, type FoundFolder } from '../search/found-folder.ts';
import { searchMigrations } from '../search/search.ts';
import { frameworks } from '../frameworks/index.ts';
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

export function surveyOf(project: string): Survey {
  const root = repositoryRoot(project);
  const has = (path: string): boolean => root !== undefined && existsSync(join(root, path));
  const hooks = hooksPath(project);
  return {
    migrations: migrationsOf(project),
    versions: mentionedVersions(project)(project).map((one) => ({ ...one, path: displayPath(one.path, project) })),
    hint: printingHint(project),
    schema: existsSync(join(project, SCHEMA)) ? SCHEMA : undefined,
    root,
    gitHook: hooks === undefined ? undefined : join(hooks, 'pre-commit'),
    hasPreCommit: has('.pre-commit-config.yaml'),
    isOnGitHub: has('.github') || remoteUrls(project).some((url) => /\bgithub\.com[:/]/.test(url)),
  };
}

function migrationsOf(project: string): readonly FoundMigrations[] {
  return searchMigrations(project).found.map((found) => ({
    path: displayPath(found.root.path, project),
    framework: found.framework ?? frameworkOf(found),
    files: countOf(found),
  }));
}

function frameworkOf({ code: [first] }: FoundFolder): Framework {
  return first ? frameworkOfCode(first.tool) : frameworks.plain;
}
