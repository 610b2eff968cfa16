// The offer of a hook, for whatever runs hooks in the repository; where nothing can be written, what to add by hand.

import { existsSync, readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { toSlashes } from '../../sources/disk/expand.ts';
import { insertYaml } from '../../config/insert-yaml.ts';
import type { HookPlace } from '../../sources/survey/hooks.ts';
import type { Survey } from '../../sources/survey/survey.ts';
import { visibleJson } from '../../text/visible.ts';
import { addedToScript, hookCommand, hookScript, huskyScript, preCommitEntry } from './hook.ts';
import { addedToLefthook, lefthookEntry } from './lefthook.ts';
import type { Offer } from './offer.ts';

/** Sentences and lines of text for a person. */
export interface Advice {
  readonly lines: readonly string[];
}

export function hookOffer({ hook, root, migrations }: Survey, cwd: string): Offer | Advice {
  if (hook.kind === 'none') return { lines: hook.why === '' ? [] : ['no hook is written, because git refuses to work here:', ...hook.why.split('\n').map(indented)] };
  const top = root ?? cwd;
  const directory = toSlashes(relative(top, cwd));
  const old = existsSync(hook.file) ? readFileSync(hook.file, 'utf8') : undefined;
  const name = toSlashes(relative(cwd, hook.file));
  if (old?.includes('pgmigrate-lint')) return { lines: [`${name} runs pgmigrate-lint already`] };
  const paths = migrations.map(({ path }) => toSlashes(relative(top, resolve(cwd, path))));
  const text = textOf(hook, old, directory, paths);
  if (text === undefined) return { lines: [`to lint before each commit, add this to ${name}:`, ...byHand(hook, directory, paths).map(indented)] };
  return {
    file: hook.file,
    purpose: 'lints before each commit',
    text,
    isAddition: old !== undefined,
    isExecutable: hook.kind === 'git' || hook.kind === 'husky',
    reason: reasonOf(hook, directory, toSlashes(relative(cwd, top))),
  };
}

function textOf(hook: Exclude<HookPlace, { readonly kind: 'none' }>, old: string | undefined, directory: string, paths: readonly string[]): string | undefined {
  switch (hook.kind) {
    case 'git':
      return old === undefined ? hookScript(directory) : addedToScript(old, directory);
    case 'husky':
      return old === undefined ? huskyScript(directory, hook.isOld) : addedToScript(old, directory);
    case 'pre-commit':
      return insertYaml(old ?? '', ['repos'], preCommitEntry(paths));
    case 'lefthook':
      return addedToLefthook(old ?? '', basename(hook.file), directory);
    case 'simple-git-hooks':
      return undefined;
  }
}

function byHand({ kind }: HookPlace, directory: string, paths: readonly string[]): readonly string[] {
  if (kind === 'pre-commit') return ['repos:', ...preCommitEntry(paths).map(indented)];
  if (kind === 'lefthook') return lefthookEntry(directory);
  if (kind === 'simple-git-hooks') return [`"simple-git-hooks": { "pre-commit": ${visibleJson(JSON.stringify(hookCommand(directory)))} }`];
  return [hookCommand(directory)];
}

function reasonOf(hook: HookPlace, directory: string, top: string): string | undefined {
  if (hook.kind === 'git' && hook.isShared) return 'git is told to look there for the hooks of other repositories too';
  return directory === '' ? undefined : `it is run for all of the repository at ${top}, of which this is a folder`;
}

function indented(line: string): string {
  return `  ${line}`;
}
