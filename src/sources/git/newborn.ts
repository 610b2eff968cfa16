// Which files no commit of the base has ever had, so that nobody has run them yet.

import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { toSlashes } from '../disk/expand.ts';
import { targetOf } from '../disk/inside.ts';
import { repositoryRoot } from '../disk/repository-path.ts';
import { baseCommit, topOf } from './base-commit.ts';
import { tryGit } from './run-git.ts';

export interface Newborn {
  /** As people call the base: `origin/main`. */
  readonly base: string;
  /** There may be more commits than this clone has. */
  readonly isShallow: boolean;
  /** Of a file, absolute: why it is not known to be new. Undefined where it is. */
  readonly whyNot: (file: string) => NotNew | undefined;
}

/** `old`: the base has it · `elsewhere`: this repository does not say. */
export interface NotNew {
  readonly kind: 'old' | 'elsewhere';
  /** `origin/main has it`. */
  readonly says: string;
}

/** `ref`: what `--since` names; without it, the branches that all others come from. Throws a `UserError` where git can't be asked. */
export function newbornIn(cwd: string, option: string, ref: string | undefined): Newborn {
  const top = topOf(cwd, option);
  if (ref !== undefined) baseCommit(ref, top);
  const bases = ref === undefined ? usualBases(top) : [ref];
  const answers = new Map<string, NotNew | undefined>();
  return {
    base: bases[0] ?? 'HEAD',
    isShallow: said(top, 'rev-parse', '--is-shallow-repository') === 'true',
    whyNot: (file) => {
      if (!answers.has(file)) answers.set(file, outside(file, top) ?? old(file, bases, top) ?? ignored(file, top));
      return answers.get(file);
    },
  };
}

/** Only of what lies in this very repository, git knows whether it is new. */
function outside(file: string, top: string): NotNew | undefined {
  const path = relative(top, file);
  const root = repositoryRoot(dirname(file));
  if (path.startsWith(`..${sep}`) || path === file) return { kind: 'elsewhere', says: 'it lies outside of the repository' };
  if (root !== undefined && root.startsWith(top + sep)) return { kind: 'elsewhere', says: 'it lies in a repository of its own' };
  return targetOf(file) === join(targetOf(top) ?? top, path) ? undefined : { kind: 'elsewhere', says: 'a symbolic link leads to it' };
}

function old(file: string, bases: readonly string[], top: string): NotNew | undefined {
  const path = toSlashes(relative(top, file));
  const holder = bases.find((base) => said(top, 'rev-list', '--max-count=1', `${base}^{commit}`, '--', path) !== '');
  if (holder === undefined) return undefined;
  const isThere = said(top, 'ls-tree', '--name-only', '--full-tree', `${holder}^{commit}`, '--', path) !== '';
  return { kind: 'old', says: `${holder} ${isThere ? 'has it' : 'had it before'}` };
}

function ignored(file: string, top: string): NotNew | undefined {
  const isKnown = said(top, 'ls-files', '--cached', '--others', '--exclude-standard', '--', toSlashes(relative(top, file))) !== '';
  return isKnown || !existsSync(file) ? undefined : { kind: 'elsewhere', says: 'git ignores it' };
}

/** Of a clone, what it comes from; else the branch that is usually deployed, and on that one its last commit. Empty where nothing was committed yet. */
function usualBases(top: string): readonly string[] {
  const isThere = (ref: string): boolean => said(top, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`) !== '';
  const remote = ['origin', 'upstream'].flatMap((name) => [said(top, 'rev-parse', '--abbrev-ref', `${name}/HEAD`), `${name}/main`, `${name}/master`]);
  const remotes = [...new Set(remote)].filter((ref) => ref !== '' && !ref.endsWith('/HEAD') && isThere(ref));
  if (remotes.length > 0) return remotes;
  const locals = ['main', 'master'].filter(isThere);
  return locals.length > 0 ? locals : ['HEAD'].filter(isThere);
}

/** What git prints, without the line break at its end; empty where it fails. */
function said(top: string, ...args: readonly string[]): string {
  const output = tryGit(top, args);
  return Buffer.isBuffer(output) ? output.toString().trim() : '';
}
