// Where the files of a history of Flyway lie: in the locations of its configuration, else below db/migration.
// Source: documentation.red-gate.com/flyway, "Locations" and "Callback Locations".

import { sep } from 'node:path';
import type { Directory } from '../../disk/directory.ts';
import { saidList } from './configuration.ts';

export interface Locations {
  /** That holds all of them. */
  readonly root: Directory;
  readonly folders: readonly Directory[];
  /** Those in which Flyway looks for callbacks. */
  readonly callbacks: readonly Directory[];
}

/** Undefined where neither the configuration nor the name says that a folder is one, or lies in one. */
export function locationsAround(directory: Directory): Locations | undefined {
  const known = configured(directory);
  if (known && [...known.folders, ...known.callbacks].some((folder) => isWithin(directory, folder))) return known;
  const root = [...directory.upwards()].find(({ path }) => path.endsWith(`${sep}db${sep}migration`));
  return root && { root, folders: [root], callbacks: known && known.callbacks !== known.folders ? known.callbacks : [root] };
}

/** Those that a root was found by. */
export function locationsOf(root: Directory): Locations | undefined {
  return byRoot.get(root) ?? locationsAround(root);
}

const byRoot = new WeakMap<Directory, Locations>();

function configured(directory: Directory): Locations | undefined {
  const folders = foldersSaid(directory, 'locations');
  if (folders.length === 0) return undefined;
  const ofCallbacks = foldersSaid(directory, 'callbackLocations');
  const all = [...folders, ...ofCallbacks];
  const root = [...directory.upwards()].find((above) => all.every((folder) => isWithin(folder, above)));
  if (root === undefined) return undefined;
  const found = { root, folders, callbacks: ofCallbacks.length > 0 ? ofCallbacks : folders };
  byRoot.set(root, found);
  return found;
}

/** Those that are there. */
function foldersSaid(directory: Directory, key: string): readonly Directory[] {
  const list = saidList(directory, key);
  return list ? list.items.flatMap((item) => resolved(item, list.from)) : [];
}

/** A location may begin with what it is relative to, and end in a pattern. */
function resolved(location: string, from: Directory): Directory[] {
  const [, kind = 'classpath', rest = ''] = /^(?:(\w+):)?(.*)$/.exec(location) ?? [];
  const plain = rest.replaceAll('{vendor}', 'postgresql').replace(/^\$\{?(?:project\.)?(?:basedir|projectDir|rootDir)\}?\/?/, '').replace(/^\.?\//, '');
  const path = plain.replace(/\/?[^/]*[*?].*$/, '').replace(/\/$/, '');
  if (/[${}]/.test(path) || !['classpath', 'filesystem'].includes(kind)) return [];
  const places = kind === 'classpath' ? [`src/main/resources/${path}`, path] : [path, `src/main/resources/${path}`];
  const place = places.find((one) => one !== '' && from.has(one));
  return place === undefined ? [] : [from.below(place)];
}

function isWithin(directory: Directory, folder: Directory): boolean {
  return directory.path === folder.path || directory.path.startsWith(`${folder.path}${sep}`);
}
