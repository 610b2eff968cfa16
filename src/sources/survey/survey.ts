// What can be found out about a project before anybody has configured anything.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Directory } from '../disk/directory.ts';
import { frameworkOfCode } from '../migrations/code-home.ts';
import { displayPath } from '../disk/display-path.ts';
import { countOf, type FoundFolder } from '../search/found-folder.ts';
import { searchMigrations, type LeftOut } from '../search/search.ts';
import { frameworks } from '../frameworks/index.ts';
import type { Framework } from '../frameworks/framework.ts';
import { remoteUrls } from '../git/places.ts';
import type { Mention } from '../versions/mentions.ts';
import { mentionedVersions } from '../versions/project-versions.ts';
import { hookPlaceOf, type HookPlace } from './hooks.ts';
import { printingHint } from './printing-hint.ts';
import { configIn } from '../find-config.ts';
import { repositoryRoot } from '../disk/repository-path.ts';

export interface FoundMigrations {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly framework: Framework;
  readonly files: number;
  /** How it is known that they are migrations. */
  readonly why: string;
  /** The oldest version that is mentioned near them; its path is relative to the project. */
  readonly oldest: Mention | undefined;
}

export interface Survey {
  readonly migrations: readonly FoundMigrations[];
  /** What looks like migrations, and is not linted; paths are relative to the project. */
  readonly leftOut: readonly LeftOut[];
  /** Near the migrations, or near the project where there are none. The oldest first; paths are relative to the project. */
  readonly versions: readonly Mention[];
  /** What to do where migrations are code. */
  readonly hint: string | undefined;
  /** Of what the package brings, relative to the project; undefined where the package is not installed in it. */
  readonly schema: string | undefined;
  /** The configuration that is there; absolute. */
  readonly configuration: string | undefined;
  /** Absolute. Undefined: there is no repository. */
  readonly root: string | undefined;
  readonly hook: HookPlace;
  readonly isOnGitHub: boolean;
  /** The workflow on GitHub that runs pgmigrate-lint already, relative to the root of the repository. */
  readonly workflow: string | undefined;
  /** What GitLab runs, as far as it does not run pgmigrate-lint yet; absolute. */
  readonly gitlab: string | undefined;
}

const SCHEMA = 'node_modules/pgmigrate-lint/rules/config.schema.json';

/** Throws a `UserError` where the project has two configurations. */
export function surveyOf(project: string): Survey {
  const root = repositoryRoot(project);
  const top = root === undefined ? undefined : new Directory(root);
  const mentionsNear = mentionedVersions(project);
  const placed = (one: Mention): Mention => ({ ...one, path: displayPath(one.path, project) });
  const { found, leftOut } = searchMigrations(project);
  const near = (found.length === 0 ? [project] : found.map(({ root: { path } }) => path)).flatMap(mentionsNear);
  return {
    migrations: found.map((one) => ({
      path: displayPath(one.root.path, project),
      framework: one.framework ?? frameworkOf(one),
      files: countOf(one),
      why: one.why,
      oldest: mentionsNear(one.root.path).map(placed)[0],
    })),
    leftOut: leftOut.map((one) => ({ ...one, path: displayPath(one.path, project) })),
    versions: [...new Set(near)].toSorted((left, right) => left.major - right.major).map(placed),
    hint: printingHint(project),
    schema: existsSync(join(project, SCHEMA)) ? SCHEMA : undefined,
    configuration: configIn(project),
    root,
    hook: hookPlaceOf(root),
    isOnGitHub: top?.has('.github') === true || remoteUrls(project).some((url) => /\bgithub\.com[:/]/.test(url)),
    workflow: root === undefined ? undefined : workflowIn(root),
    gitlab: root === undefined ? undefined : gitlabIn(root),
  };
}

function workflowIn(root: string): string | undefined {
  const workflows = new Directory(join(root, '.github/workflows'));
  const name = workflows.names.find((one) => /\.ya?ml$/.test(one) && workflows.text(one)?.includes('pgmigrate-lint') === true);
  return name && `.github/workflows/${name}`;
}

function gitlabIn(root: string): string | undefined {
  const text = new Directory(root).text('.gitlab-ci.yml');
  return text === undefined || text.includes('pgmigrate-lint') ? undefined : join(root, '.gitlab-ci.yml');
}

function frameworkOf({ code: [first] }: FoundFolder): Framework {
  return first ? frameworkOfCode(first.tool) : frameworks.plain;
}
