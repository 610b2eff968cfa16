// The text of a first `.pgmigrate-lint.yml`: what was found, and what else could be said, behind a #.

import { nearestVersion, oldestVersion, postgresVersions } from '../../model/version.ts';
import type { FoundMigrations, Survey } from '../../sources/survey/survey.ts';
import type { Mention } from '../../sources/versions/mentions.ts';
import { visible } from '../../text/visible.ts';
import { yamlText } from './quoting.ts';

export function configurationText({ schema, migrations, versions }: Pick<Survey, 'schema' | 'migrations' | 'versions'>): string {
  const own = ownVersions(migrations);
  const oldest = own === undefined ? versions[0] : undefined;
  const sections = [
    [
      ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
      '# The configuration of pgmigrate-lint. All of it is optional; lines behind a # say what could stand there.',
    ],
    [
      `# The oldest major version of PostgreSQL that the migrations run on, ${postgresVersions[0]}–${postgresVersions.at(-1)}.`,
      ...(oldest === undefined ? [] : [`# Found in ${visible(oldest.path)}, line ${oldest.line}.`]),
      `${oldest === undefined ? '# ' : ''}postgres: ${nearestVersion(oldest?.major ?? oldestVersion)}`,
    ],
    ['# Where the migrations are: directories, files or globs, relative to this file.', ...migrationsLines(migrations, own)],
    ['# What is left out.', "# exclude: ['**/seeds/**']"],
    [...frameworkLines(migrations), '# framework: flyway'],
    ['# The lock_timeout that the tool or its role sets on each connection.', '# lock-timeout: 5s'],
    ['# From which severity on the exit code is 1: error, warning, info, never.', '# fail-on: error'],
    ['# Severities and options, by rule; `pgmigrate-lint rules` lists them.', '# rules:', '#   long-lock-timeout: { severity: error, limit: 10s }'],
  ];
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** By path, where not all run on the same. */
type OwnVersions = ReadonlyMap<string, Mention>;

function ownVersions(migrations: readonly FoundMigrations[]): OwnVersions | undefined {
  const own = new Map(migrations.flatMap(({ path, oldest }): [string, Mention][] => (oldest ? [[path, oldest]] : [])));
  const versions = new Set(migrations.map(({ oldest }) => oldest && nearestVersion(oldest.major)));
  return versions.size > 1 ? own : undefined;
}

function migrationsLines(migrations: readonly FoundMigrations[], own: OwnVersions = new Map()): string[] {
  const [first, ...others] = migrations.map(({ path }) => path);
  if (first === undefined) return ['# migrations: db/migrations'];
  if (others.length === 0) return [`migrations: ${yamlText(first)}`];
  return ['migrations:', ...[first, ...others].flatMap((path) => entryLines(path, own.get(path)))];
}

function entryLines(path: string, oldest: Mention | undefined): string[] {
  if (oldest === undefined) return [`  - ${yamlText(path)}`];
  return [`  - path: ${yamlText(path)}`, `    postgres: ${nearestVersion(oldest.major)}   # found in ${visible(oldest.path)}, line ${oldest.line}`];
}

/** A tool that was found is not written down, so that it may change. */
function frameworkLines(migrations: readonly FoundMigrations[]): string[] {
  const titles = [...new Set(migrations.filter(({ framework }) => framework.name !== 'plain').map(({ framework }) => framework.title))];
  if (titles.length === 0) return ['# The tool that runs them. None was recognised, so each statement is taken to run on its own.'];
  return [`# The tool that runs them, instead of the one that is recognised: ${titles.join(', ')}.`];
}
