// Where the files of a history of Flyway lie: in the locations of its configuration, else below db/migration.
// Source: documentation.red-gate.com/flyway, "Locations" and "Callback Locations".

import { sep } from 'node:path';
import { databaseIn } from '../../../databases/folder-names.ts';
import type { Directory } from '../../../disk/directory.ts';
import { saidLists, type SaidList } from './configuration.ts';

export interface Locations {
  /** That holds all of them. */
  readonly root: Directory;
  readonly folders: readonly Directory[];
  /** Those in which Flyway looks for callbacks. */
  readonly callbacks: readonly Directory[];
}

/** Undefined where neither the configuration nor the name says that a folder is one, or lies in one. */
export function locationsAround(directory: Directory): Locations | undefined {
  const callbacks = foldersOf(saidLists(directory, 'callbackLocations')[0]);
  const known = saidLists(directory, 'locations').map(foldersOf).filter((folders) => folders.length > 0);
  const own = known.find((folders) => isIn(directory, folders)) ?? (isIn(directory, callbacks) ? known[0] : undefined);
  const usual = own ? undefined : defaultRoot(directory);
  const folders = own ?? (usual ? [usual] : []);
  const root = [...directory.upwards()].find((above) => [...folders, ...callbacks].every((folder) => isWithin(folder, above)));
  if (root === undefined || folders.length === 0) return undefined;
  const found = { root, folders, callbacks: callbacks.length > 0 ? callbacks : folders };
  byRoot.set(root, found);
  return found;
}

/** Below db/migration, a folder for each database is a location of its own. */
function defaultRoot(directory: Directory): Directory | undefined {
  const above = [...directory.upwards()];
  const at = above.findIndex(({ path }) => path.endsWith(`${sep}db${sep}migration`));
  const vendor = above[at - 1];
  return vendor && databaseIn(vendor.name) ? vendor : above[at];
}

/** Those that a root was found by. */
export function locationsOf(root: Directory): Locations | undefined {
  return byRoot.get(root) ?? locationsAround(root);
}

const byRoot = new WeakMap<Directory, Locations>();

/** Those that are there. */
function foldersOf(list: SaidList | undefined): readonly Directory[] {
  return list ? list.items.flatMap((item) => resolved(item, list.from)) : [];
}

function isIn(directory: Directory, folders: readonly Directory[]): boolean {
  return folders.some((folder) => isWithin(directory, folder));
}

/** A location may begin with what it is relative to, and end in a pattern. */
function resolved(location: string, from: Directory): Directory[] {
  const [, kind = 'classpath', rest = ''] = /^(?:(\w+):)?(.*)$/.exec(location) ?? [];
  const plain = rest.replaceAll('{vendor}', 'postgresql').replace(/^\$\{?(?:project\.)?(?:basedir|projectDir|rootDir)\}?\/?/, '').replace(/^\.?\//, '');
  const path = withoutPattern(plain).replace(/\/$/, '');
  if (/[${}]/.test(path) || !['classpath', 'filesystem'].includes(kind)) return [];
  const places = kind === 'classpath' ? [`src/main/resources/${path}`, path] : [path, `src/main/resources/${path}`];
  const place = places.find((one) => one !== '' && from.has(one));
  const folder = place === undefined ? undefined : from.below(place);
  return folder && isInside(folder, from) ? [folder] : [];
}

function withoutPattern(path: string): string {
  const wild = path.search(/[*?]/);
  return wild < 0 ? path : path.slice(0, Math.max(0, path.lastIndexOf('/', wild)));
}

/** Nothing is looked for outside of the repository. */
function isInside(folder: Directory, from: Directory): boolean {
  const top = [...from.upwards()].at(-1);
  return top !== undefined && isWithin(folder, top);
}

function isWithin(directory: Directory, folder: Directory): boolean {
  return directory.path === folder.path || directory.path.startsWith(`${folder.path}${sep}`);
}
