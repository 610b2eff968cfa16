// The files of a project that may hold what a migration command has sent.

import { createHash } from 'node:crypto';
import { displayPath } from '../../sources/disk/display-path.ts';
import { Exclusions } from '../../sources/disk/exclusions.ts';
import type { AnyFile } from '../../sources/migrations/earlier-files.ts';
import { lookedUp, lookUp, type LookedUp } from '../../sources/migrations/look-up.ts';
import { searchMigrations } from '../../sources/search/search.ts';
import { versionOf } from '../../sources/migrations/applied-versions.ts';
import { configuredPath } from '../settings/configured-path.ts';
import type { Site } from '../site.ts';

/** Those that the configuration names, or that are found. */
export function projectFiles({ configuration, options: { cwd } }: Site): readonly AnyFile[] {
  const { config, directory } = configuration;
  const exclusions = new Exclusions(config.exclude, directory);
  const named = config.migrations.map(({ path }) => displayPath(configuredPath(path, 'migrations', configuration), cwd));
  const search = { cwd, exclusions, namedBy: '"migrations:" in the configuration', unsaved: undefined };
  const found: readonly LookedUp[] = named.length > 0 ? named.flatMap((path) => lookUp(path, search)) : searchMigrations(directory).found.map((folder) => lookedUp(folder, exclusions));
  return found.flatMap(({ files, code }) => [...files.map((file) => ({ file })), ...code]);
}

/** The file that holds the migration which is known by these names; undefined where none or several could. */
export function fileCalled(names: readonly string[], files: readonly AnyFile[], textOf: (file: string) => string): AnyFile | undefined {
  const hash = names.find((name) => /^[0-9a-f]{64}$/.test(name));
  for (const isMeant of [byHash(hash, textOf), byPath, byStem, byNumber]) {
    const [found, ...others] = files.filter(({ file }) => names.length > 0 && isMeant(names, file.replaceAll('\\', '/')));
    if (found && others.length === 0) return found;
  }
  const [first] = names;
  const holding = first === undefined || first.length < 6 ? [] : files.filter(({ file, tool }) => tool !== undefined && textOf(file).includes(first));
  const calling = holding.length > 1 ? holding.filter(({ file }) => isRevision(first ?? '', textOf(file))) : holding;
  return calling.length === 1 ? calling[0] : undefined;
}

/** SHA-256 of the whole text. */
function byHash(hash: string | undefined, textOf: (file: string) => string): typeof byPath {
  return (_, file) => hash !== undefined && createHash('sha256').update(textOf(file)).digest('hex') === hash;
}

/** Alembic's files name the one before them, too. */
function isRevision(name: string, text: string): boolean {
  return Array.from(text.matchAll(/^revision\b[^=\n]{0,40}=\s{0,10}["']([^"'\n]{1,100})["']/gm)).some(([, revision]) => revision === name);
}

/** `V1__orders.sql`, `shop/migrations/0001_initial.py` of `shop` and `0001_initial`. */
function byPath(names: readonly string[], file: string): boolean {
  const [last = '', ...others] = names.map((name) => name.replace(/^classpath:\/?/, '')).toReversed();
  const path = `/${file.replace(/\.\w+$/, '')}`;
  const isCalled = `/${file}`.endsWith(`/${last}`) || path.endsWith(`/${last.replace(/\.\w+$/, '')}`);
  return isCalled && others.every((name) => path.includes(`/${name}/`) || /^\d+$/.test(name));
}

/** The folder of a migration bears its name: `20260101000000_orders/migration.sql`. */
function byStem([name = '']: readonly string[], file: string): boolean {
  return name !== '' && file.split('/').at(-2) === name && /\/(?:migration|up)\.sql$/.test(file);
}

/** The version that the file's name begins with. */
function byNumber(names: readonly string[], file: string): boolean {
  const version = versionOf(file);
  return version !== undefined && !/\.down\.\w+$/.test(file) && names.some((name) => name.replace(/^0+(?=\d)/, '') === version);
}
