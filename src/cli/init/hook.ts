// The hook that lints what is about to be committed: for git itself, for husky, and for the framework pre-commit.

import { isVisible } from '../../text/visible.ts';
import { packageRepository, packageVersion } from '../package.ts';
import { shellWord } from './quoting.ts';

/** `directory`: of the project in its repository, with forward slashes; empty for its root, at which git runs hooks. */
export function hookCommand(directory: string): string {
  return directory === '' ? command() : `(cd ${shellWord(directory)} && ${command()})`;
}

/** A script that git runs before a commit. `directory`: as for `hookCommand`. */
export function hookScript(directory: string): string {
  const lines = [
    '#!/bin/sh',
    purpose,
    ...(directory === '' ? [] : [`cd ${shellWord(directory)} || exit`]),
    `exec ${command()}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** `--package` asks for that package, whatever a file of that name in `node_modules/.bin` would run. */
function command(): string {
  return `npx --yes --package=pgmigrate-lint@${packageVersion()} pgmigrate-lint --staged`;
}

const purpose = '# Lints the migrations that are staged, as they are staged.';

/** As husky wants it: no more than the command, and before the ninth version a line that finds husky. */
export function huskyScript(directory: string, isOld: boolean): string {
  const old = ['#!/usr/bin/env sh', '. "$(dirname -- "$0")/_/husky.sh"', ''];
  return `${[...(isOld ? old : []), hookCommand(directory)].join('\n')}\n`;
}

/**
 * A script that is there, with the command before all that it does: what stands at its end may never be reached. Undefined for one
 * that is written in no shell.
 */
export function addedToScript(script: string, directory: string): string | undefined {
  if (script.startsWith('#!') && !/^#!.*\b(?:sh|bash|dash|zsh|ksh)\b/.test(script)) return undefined;
  const lines = script.split('\n');
  const first = lines.findLastIndex((line, index) => (index === 0 && line.startsWith('#!')) || /^\.\s.*husky\.sh/.test(line)) + 1;
  return [...lines.slice(0, first), purpose, `${hookCommand(directory)} || exit`, ...lines.slice(first)].join('\n');
}

/** An entry of `repos:` in `.pre-commit-config.yaml`, a line each. */
export function preCommitEntry(paths: readonly string[]): readonly string[] {
  const [first = 'db/migrations'] = paths;
  const files = paths.length > 1 ? `^(${paths.map(escaped).join('|')})/` : `^${escaped(first)}/`;
  return [
    `- repo: https://github.com/${packageRepository()}`,
    `  rev: v${packageVersion()}`,
    '  hooks:',
    '    - id: pgmigrate-lint',
    `      files: ${/^[\w^/().|-]+$/.test(files) ? files : `'${files.replaceAll("'", "''")}'`}`,
  ];
}

/** For a regular expression of Python, which takes numbers for what is not shown. */
function escaped(path: string): string {
  const shown = (character: string): string =>
    isVisible(character) ? character : `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  return Array.from(path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), shown).join('');
}
