// Which migrations are deployed everywhere: the one that `start-after` names, and what the tool runs before it. It may name one of
// several in a file.

import { basename, dirname, relative } from 'node:path';
import { nearest } from '../../text/nearest.ts';
import { Directory } from '../disk/directory.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Contained } from '../frameworks/framework.ts';
import { readAs } from '../frameworks/read-as.ts';
import type { Home } from './home.ts';
import type { PlacedFile } from './in-order.ts';

/** What `start-after` says. */
export interface StartAfter {
  /** The name of a migration, with or without `.sql`, or the number that its name begins with. */
  readonly version: string;
  /** It holds for several histories, and this run is not about all of them. */
  readonly mayBeElsewhere: boolean;
}

export interface Deployed {
  /** Absolute paths. All that is in them is deployed. */
  readonly files: ReadonlySet<string>;
  /** The file in which it ends, and the last of its migrations that is deployed. */
  readonly within?: { readonly file: string; readonly name: string };
  /** Why the version is taken for a mistake; undefined where a migration has it, or there are some on both sides of it. */
  readonly mistake: string | undefined;
}

/**
 * A number that no migration has stands between those below and those above it: a migration may be gone since. Where all are on one
 * side of it, it names nothing. `place` is what mistakes show.
 */
export function deployedFiles(version: string, ordered: readonly PlacedFile[], { framework, root }: Home, place: string): Deployed {
  const named = ordered
    .filter((one) => one.place !== undefined || framework.name === 'plain')
    .map(({ file }) => {
      const path = toSlashes(relative(root.path, file));
      return { file, path, names: namesOf(path) };
    });
  const exact = named.findLastIndex(({ names }) => names.includes(stemOf(version)));
  if (exact >= 0) return { files: filesOf(named.slice(0, exact + 1)), mistake: undefined };
  const wanted = numbersOf(version);
  const numbered = named.flatMap(({ file, names }) => {
    const numbers = names.map(numbersOf).find((one) => one !== undefined);
    return numbers === undefined || wanted === undefined ? [] : [{ file, names, side: compareNumbers(numbers, wanted) }];
  });
  const same = numbered.findLast(({ side }) => side === 0);
  if (same) return { files: filesOf(named.slice(0, named.findIndex(({ file }) => file === same.file) + 1)), mistake: undefined };
  const inside = insideOf(version, named, { framework, root }, place);
  if (inside) return inside;
  if (wanted === undefined) return { files: new Set(), mistake: noSuchName(version, named, place) };
  const below = numbered.filter(({ side }) => side < 0);
  const mistake = below.length > 0 && below.length < numbered.length ? undefined : outside(version, numbered, below.length > 0, place);
  return { files: filesOf(below), mistake };
}

interface NamedFile {
  readonly file: string;
  /** Relative to the root of its history. */
  readonly path: string;
}

/** Undefined where no file holds a migration of that name. */
function insideOf(version: string, files: readonly NamedFile[], home: Home, place: string): Deployed | undefined {
  const found = files.flatMap((one, index) => {
    const ups = migrationsOf(one.file, home);
    return ups.flatMap((migration, at) => (isCalled(migration, version, one.path) ? [{ index, isLast: at === ups.length - 1, name: migration.name ?? '' }] : []));
  });
  const [first, second] = found;
  if (first === undefined) return undefined;
  if (second) return { files: new Set(), mistake: `start-after: several migrations in "${place}" are called "${version}": ${namedApart(found, files)}` };
  const { file = '' } = files[first.index] ?? {};
  const before = filesOf(files.slice(0, first.isLast ? first.index + 1 : first.index));
  return { files: before, ...(first.isLast ? {} : { within: { file, name: first.name } }), mistake: undefined };
}

function migrationsOf(file: string, { framework, root }: Home): readonly Contained[] {
  const directory = new Directory(dirname(file));
  const text = directory.text(basename(file)) ?? '';
  const sqlFile = { text, name: basename(file), directory, root };
  const { migrationsIn } = readAs(sqlFile, { framework, isNamed: false }).framework;
  const several = migrationsIn?.(sqlFile, 'file');
  return several?.migrations.filter(({ name, direction }) => direction === 'up' && name !== undefined) ?? [];
}

/** `path::name` says in which file. */
function isCalled({ name = '', aliases }: Contained, version: string, path: string): boolean {
  const names = [name, ...aliases];
  return names.includes(version) || names.some((one) => version.endsWith(`::${one}`) && endsLike(path, version.slice(0, -one.length - 2)));
}

/** As a person writes a path: some of its folders, from wherever the tool looks. */
function endsLike(path: string, other: string): boolean {
  const [longer, shorter] = path.length > other.length ? [path, other] : [other, path];
  return shorter !== '' && (longer === shorter || longer.endsWith(`/${shorter}`));
}

function namedApart(found: readonly { readonly index: number; readonly name: string }[], files: readonly NamedFile[]): string {
  return found.slice(0, 3).map(({ index, name }) => `${files[index]?.path ?? ''}::${name}`).join(', ');
}

interface Named {
  readonly names: readonly string[];
}

function noSuchName(version: string, named: readonly Named[], place: string): string {
  const byWords = new Map(named.flatMap(({ names }) => names.map((name) => [wordsOf(name), name])));
  const near = byWords.get(nearest(wordsOf(version), byWords.keys()) ?? '');
  return `start-after: there is no migration "${version}" in "${place}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

/** A name without the number that it begins with. */
function wordsOf(name: string): string {
  return name.replace(/^[VUBR]?[\d._-]+/, '') || name;
}

function outside(version: string, numbered: readonly Named[], isBehindAll: boolean, place: string): string {
  const [name = ''] = numbered.at(isBehindAll ? -1 : 0)?.names ?? [];
  const there = numbered.length === 0 ? 'none there has a number' : `the ${isBehindAll ? 'last' : 'first'} one there is "${name}"`;
  return `start-after: no migration in "${place}" has the version ${version}, and none is ${isBehindAll ? 'above' : 'below'} it: ${there}`;
}

function filesOf(placed: readonly { readonly file: string }[]): ReadonlySet<string> {
  return new Set(placed.map(({ file }) => file));
}

/** Of the file and of the folders that it lies in. */
function namesOf(path: string): readonly string[] {
  return [stemOf(path), ...path.split('/').map(stemOf)];
}

function stemOf(path: string): string {
  return path.replace(/(?:\.(?:up|down))?\.sql$/i, '');
}

/** `V1.2__orders`, `0042_orders` and `20240101_120000_orders` begin with numbers. */
function numbersOf(name: string): readonly bigint[] | undefined {
  const numbers = /^[VUB]?(\d+(?:[._-]\d+)*)(?![0-9A-Za-z])/.exec(name)?.[1]?.split(/[._-]/).map(BigInt);
  while (numbers && numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return numbers;
}

function compareNumbers(left: readonly bigint[], right: readonly bigint[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one = -1n, other = -1n] = [left[index], right[index]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
