// Configurations that a run comes across and does not use. Whoever adds a migration could add one beside it, so that there it is a mistake.

import { dirname, sep } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { Directory } from '../sources/disk/directory.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import { configIn } from '../sources/find-config.ts';
import type { MigrationHistory } from '../sources/migrations/migration-history.ts';
import { listSome } from '../text/list.ts';
import type { Site } from './site.ts';

/** Throws a `UserError` for one that lies among the migrations, be it used or not, unless somebody named a configuration. */
export function otherConfigurations(histories: readonly MigrationHistory[], { configuration: { path, root }, options: { cwd } }: Site): string[] {
  if (root === undefined) return [];
  const folders = new Set(histories.flatMap(foldersOf));
  const found = [...withThoseAbove(folders, root)].flatMap((directory) => {
    const file = configIn(directory);
    return file === undefined ? [] : [{ directory, shown: displayPath(file, cwd) }];
  });
  const among = found.find(({ directory }) => isAmong(directory, folders, root));
  if (among) throw new UserError(`the configuration "${among.shown}" lies among the migrations, where whoever adds one could add it: move it up to the root of the project, or name it with --config`);
  const unused = found.map(({ shown }) => shown).filter((shown) => shown !== path);
  if (unused.length === 0) return [];
  const reason = path === undefined ? 'more migrations are looked at than lie below it' : `${path} counts, which is nearer to where the run began`;
  return [`${listSome(unused)} ${unused.length === 1 ? 'is' : 'are'} not used: ${reason} (--config names another one)`];
}

/** Of a tool that has a folder for each migration, the folder of these as well. */
function foldersOf({ files, framework }: MigrationHistory): string[] {
  const own = files.map(({ file }) => dirname(file));
  return framework.layout === 'folders' ? [...own, ...own.map((folder) => dirname(folder))] : own;
}

/** Below the root. */
function withThoseAbove(folders: ReadonlySet<string>, root: string): ReadonlySet<string> {
  const all = new Set<string>();
  for (const folder of folders) {
    for (let directory = folder; isBelow(directory, root) && !all.has(directory); directory = dirname(directory)) all.add(directory);
  }
  return all;
}

function isAmong(directory: string, folders: ReadonlySet<string>, root: string): boolean {
  for (let above = directory; isBelow(above, root); above = dirname(above)) if (folders.has(above) || isCalledSo(new Directory(above))) return true;
  return false;
}

/** A folder for migrations alone; a package may be called so, too. */
function isCalledSo(directory: Directory): boolean {
  return /^migrations?$/i.test(directory.name) && !directory.names.some((name) => manifests.test(name));
}

const manifests = /^(?:package\.json|deno\.jsonc?|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|pyproject\.toml|setup\.py|Gemfile|composer\.json|mix\.exs|.+\.[cf]sproj)$/;

function isBelow(directory: string, root: string): boolean {
  return directory !== root && directory.startsWith(root.endsWith(sep) ? root : root + sep);
}
