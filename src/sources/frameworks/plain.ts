// SQL files that people run themselves, with psql or a script. A file that is called the way down of another is one.

import { inOneFile } from './authoring/layouts.ts';
import { databaseCalled, postgres } from '../databases/known.ts';
import type { Directory } from '../disk/directory.ts';
import { inNaturalOrder } from '../migrations/natural-order.ts';
import { uncut } from './files/cut.ts';
import { nameOf } from './files/places.ts';
import { unknownDialect } from './dialect.ts';
import type { Framework, Place } from './framework.ts';

export const plain: Framework = {
  name: 'plain',
  title: 'Plain SQL',
  authoring: { outside: 'alone', sendsSingly: true, write: inOneFile() },
  layout: 'nested',
  rootOf: (directory) => directory,
  transaction: () => 'statement',
  places,
  cut: uncut,
  dialect: unknownDialect,
};

/** By name; a way down behind its way up. */
function places(root: Directory, paths: readonly string[]): (path: string) => Place {
  const all = new Set(paths);
  const ups = new Map(paths.map((path) => [path, waysUp(path).find((one) => all.has(one))]));
  const ordered = paths.map((path) => ups.get(path) ?? path).toSorted(inNaturalOrder);
  const positions = new Map(ordered.map((path, index) => [path, BigInt(index)]));
  const shortcut = shortcutIn(root, ordered);
  return (path) => {
    const up = ups.get(path);
    const order = [positions.get(up ?? path) ?? path];
    if (isForAnother(path, all)) return { role: 'elsewhere', order, reason: 'what is for another database, with one for PostgreSQL beside it' };
    if (isWhole(path, paths)) return { role: 'baseline', order, reason: 'what a new database gets at once, beside the versions that bring it bit by bit' };
    if (path === shortcut?.path) return { role: 'baseline', order, reason: `what its head says brings a new database to v${shortcut.version} at once` };
    return up === undefined ? { role: 'up', order } : { role: 'down', order, reason: 'the way down, which "down: true" in the configuration lints' };
  };
}

/** `LATEST.sql`, `temporal/schema.sql`: beside folders of versions, `0.19/`, `versioned/v1.0/`, it holds what they all come to. */
function isWhole(path: string, paths: readonly string[]): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (/\d/.test(path) || !/^(?:latest|schema|structure|snapshot)\.sql$/i.test(nameOf(path))) return false;
  return paths.some((other) => other.startsWith(folder) && /\d[^/]*\//.test(other.slice(folder.length)));
}

interface Shortcut {
  readonly path: string;
  readonly version: number;
}

/**
 * The first file, where its head has versions in it that others bring one by one: `-- v0 -> v10 (compatible with v3+): Latest revision`.
 * Source: dbutil/upgradetable.go of github.com/mautrix/go-util.
 */
function shortcutIn(root: Directory, [path, ...others]: readonly string[]): Shortcut | undefined {
  if (path === undefined || others.length === 0) return undefined;
  const [, from, to] = headOf(root, path);
  if (from !== '0' || to === undefined) return undefined;
  const isWithin = others.some((other) => Number(headOf(root, other)[2] ?? Infinity) <= Number(to));
  return isWithin ? { path, version: Number(to) } : undefined;
}

function headOf(root: Directory, path: string): readonly (string | undefined)[] {
  return /^-- (?:v(\d{1,6}) -> )?v(\d{1,6})(?: \(compatible with v\d{1,6}\+\))?: /.exec(root.beginning(path)) ?? [];
}

/** `x.sqlite.sql` beside `x.postgres.sql`. */
function isForAnother(path: string, all: ReadonlySet<string>): boolean {
  const words = nameOf(path).split('.').slice(1, -1).filter((word) => databaseCalled(word) !== undefined);
  return words.some((word) => databaseCalled(word) !== postgres && postgres.words.some((own) => all.has(path.replace(`.${word}.`, `.${own}.`))));
}

const back = ['down', 'rollback', 'revert', 'undo'];
const forth = ['up', 'do', 'apply', 'forward'];

/** The files that one of this name would take back: `x.rollback.sql` that of `x.sql` or `x.up.sql`, `down/x.sql` that of `x.sql` or `up/x.sql`. */
function waysUp(path: string): readonly string[] {
  return [...byName(path), ...byFolder(path)];
}

function byName(path: string): readonly string[] {
  const [, stem = '', separator = '', word] = new RegExp(`^(.*?)([._-]?)(?:${back.join('|')})(\\.sql)$`, 'i').exec(path) ?? [];
  if (word === undefined) return [];
  if (separator === '') return stem === '' || stem.endsWith('/') ? forth.map((one) => `${stem}${one}.sql`) : [];
  return [`${stem}.sql`, ...forth.map((one) => `${stem}${separator}${one}.sql`)];
}

function byFolder(path: string): readonly string[] {
  const names = path.split('/');
  const at = names.slice(0, -1).findLastIndex((name) => back.some((word) => new RegExp(`^${word}s?$`, 'i').test(name)));
  if (at < 0) return [];
  const [above, below] = [names.slice(0, at), names.slice(at + 1)];
  return [[], ...forth.map((one) => [one]), ['ups'], ['migrations']].map((folder) => [...above, ...folder, ...below].join('/'));
}
