// The hook that lints what is about to be committed: for git itself, and for the framework pre-commit.

import { packageRepository, packageVersion } from '../package.ts';

/** A script that git runs before a commit, at the root of the repository. `directory`: as for `workflowText`. */
export function hookScript(directory: string): string {
  const lines = [
    '#!/bin/sh',
    '# Lints the migrations that are staged, as they are staged.',
    ...(directory === '' ? [] : [`cd '${directory.replaceAll("'", "'\\''")}' || exit`]),
    `exec npx --yes pgmigrate-lint@${packageVersion()} --staged`,
  ];
  return `${lines.join('\n')}\n`;
}

/** An entry of `repos:` in `.pre-commit-config.yaml`. */
export function preCommitEntry(paths: readonly string[]): string {
  const [first = 'db/migrations'] = paths;
  const files = paths.length > 1 ? `^(${paths.map(escaped).join('|')})/` : `^${escaped(first)}/`;
  const lines = [
    `  - repo: https://github.com/${packageRepository()}`,
    `    rev: v${packageVersion()}`,
    '    hooks:',
    '      - id: pgmigrate-lint',
    `        files: ${/^[\w^/().|-]+$/.test(files) ? files : `'${files.replaceAll("'", "''")}'`}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** For a regular expression of Python. */
function escaped(path: string): string {
  return path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
