// The text of a first `.pgmigrate-lint.yml`: what was found, and what else could be said, behind a #.

import { nearestVersion, oldestVersion, postgresVersions } from '../../model/version.ts';
import type { FoundMigrations, Survey } from '../../sources/survey/survey.ts';
import { visible } from '../../text/visible.ts';

export function configurationText({ schema, migrations, versions }: Survey): string {
  const [oldest] = versions;
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
    ['# Where the migrations are: directories, files or globs, relative to this file.', ...migrationsLines(migrations)],
    ['# What is left out.', "# exclude: ['**/seeds/**']"],
    [...frameworkLines(migrations), '# framework: flyway'],
    ['# The lock_timeout that the tool or its role sets on each connection.', '# lock-timeout: 5s'],
    ['# From which severity on the exit code is 1: error, warning, info, never.', '# fail-on: error'],
    ['# Severities and options, by rule; `pgmigrate-lint rules` lists them.', '# rules:', '#   long-lock-timeout: { severity: error, limit: 10s }'],
  ];
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function migrationsLines(migrations: readonly FoundMigrations[]): string[] {
  const [first, ...others] = migrations.map(({ path }) => yamlText(path));
  if (first === undefined) return ['# migrations: db/migrations'];
  return others.length === 0 ? [`migrations: ${first}`] : ['migrations:', ...[first, ...others].map((path) => `  - ${path}`)];
}

/** A tool that was found is not written down, so that it may change. */
function frameworkLines(migrations: readonly FoundMigrations[]): string[] {
  const titles = [...new Set(migrations.filter(({ framework }) => framework.name !== 'plain').map(({ framework }) => framework.title))];
  if (titles.length === 0) return ['# The tool that runs them. None was recognised, so each statement is taken to run on its own.'];
  return [`# The tool that runs them, instead of the one that is recognised: ${titles.join(', ')}.`];
}

function yamlText(text: string): string {
  return /^[A-Za-z_.][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|~|\.+)$/i.test(text) ? text : JSON.stringify(text);
}
