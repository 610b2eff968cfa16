// What runs before a commit in a repository: git's own hook, or the tool that manages hooks in it.

import { existsSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { placesOf, type GitPlaces } from '../git/places.ts';
import { Directory } from '../disk/directory.ts';

/**
 * Where a hook belongs; files are absolute. `git`: a script, perhaps in a folder that other repositories share · `husky`: a script
 * that the eighth version and older ones want a line of their own in · `pre-commit`, `lefthook`: a configuration · `simple-git-hooks`:
 * a key of package.json · `none`: `why` is what git says; empty where there is no repository.
 */
export type HookPlace =
  | { readonly kind: 'git'; readonly file: string; readonly isShared: boolean }
  | { readonly kind: 'husky'; readonly file: string; readonly isOld: boolean }
  | { readonly kind: 'pre-commit' | 'lefthook' | 'simple-git-hooks'; readonly file: string }
  | { readonly kind: 'none'; readonly why: string };

/** `root`: of the repository, absolute; undefined where there is none. */
export function hookPlaceOf(root: string | undefined): HookPlace {
  if (root === undefined) return { kind: 'none', why: '' };
  const directory = new Directory(root);
  const preCommit = ['.pre-commit-config.yaml', '.pre-commit-config.yml'].find((name) => directory.has(name));
  if (preCommit !== undefined) return { kind: 'pre-commit', file: join(root, preCommit) };
  const lefthook = lefthooks.find((name) => directory.has(name));
  if (lefthook !== undefined) return { kind: 'lefthook', file: join(root, lefthook) };
  const places = placesOf(root);
  const husky = huskyIn(root, typeof places === 'string' ? undefined : places);
  if (husky) return husky;
  if (/"simple-git-hooks"\s*:\s*\{/.test(directory.text('package.json') ?? '')) return { kind: 'simple-git-hooks', file: join(root, 'package.json') };
  if (typeof places === 'string') return { kind: 'none', why: places };
  const isShared = ![root, places.directory].some((own) => places.hooks.startsWith(own + sep));
  return { kind: 'git', file: join(places.hooks, 'pre-commit'), isShared };
}

/** Source: lefthook.dev, "Config file name". */
const lefthooks = ['lefthook', '.lefthook', '.config/lefthook'].flatMap((name) => ['yml', 'yaml', 'toml', 'json'].map((ending) => `${name}.${ending}`));

/** Since its ninth version, husky points git at `.husky/_`, and the scripts lie above that. Source: husky's index.js. */
function huskyIn(root: string, places: GitPlaces | undefined): HookPlace | undefined {
  const { hooks = '' } = places ?? {};
  if (basename(hooks) === '_' && basename(dirname(hooks)) === '.husky') return { kind: 'husky', file: join(dirname(hooks), 'pre-commit'), isOld: false };
  if (basename(hooks) === '.husky') return { kind: 'husky', file: join(hooks, 'pre-commit'), isOld: true };
  return existsSync(join(root, '.husky')) ? { kind: 'husky', file: join(root, '.husky', 'pre-commit'), isOld: false } : undefined;
}
