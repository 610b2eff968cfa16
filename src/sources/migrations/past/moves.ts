// Which files have to be called otherwise, so that new migrations come behind the newest one: theirs, and what belongs to them.

import { basename, dirname, join, relative } from 'node:path';
import type { Withheld } from '../../../model/cure.ts';
import { localDisk } from '../../disk/disk.ts';
import { toSlashes } from '../../disk/expand.ts';
import { renumbered } from '../../frameworks/authoring/next-name.ts';
import type { KnownFile } from '../earlier-migrations.ts';
import { pathBelow } from '../earlier-migrations.ts';
import { inOrder } from '../in-order.ts';
import { areOneHistory, earlierIn, freshIn } from './late.ts';
import type { Times } from './times.ts';

/** Absolute. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A migration that gets another name, with its way down and what lies beside it. */
export interface MovedMigration {
  readonly file: string;
  readonly moves: readonly Move[];
}

/**
 * New ones keep their order: behind the first of `wrong`, each that would not come behind the one before it moves too. `wrong`: those that come late, or
 * bear a version that another one has.
 */
export function movesOf(wrong: ReadonlySet<string>, times: Times): readonly MovedMigration[] | Withheld {
  const { conduct, title, authoring } = times.home.framework;
  if (conduct?.isPlacedBy !== undefined) return { why: `${title} does not go by the name, because ${conduct.isPlacedBy}` };
  const fresh = inOrder([...new Set([...freshIn(times).map(({ file }) => file), ...wrong])], times.home).map(({ file }) => file);
  const [first] = fresh.filter((file) => wrong.has(file));
  if (first === undefined) return [];
  const earlier = earlierIn(times).filter((one) => !wrong.has(one.file) && areOneHistory(known(first, times), one, times)).map(({ file }) => file);
  const taken = [...times.now, ...(times.tip ?? [])].map(({ file }) => nameIn(file, times));
  const behind = earlier.map((file) => nameIn(file, times));
  const moved: MovedMigration[] = [];
  for (const file of fresh.slice(fresh.indexOf(first))) {
    const name = nameIn(file, times);
    const next = renumbered(name, behind, [...taken.filter((one) => one !== name), ...behind], authoring?.numbering);
    if (next === undefined) return { why: `"${name}" has no number, so what it would be called behind the others is not known` };
    if (!wrong.has(file) && isBehindAll(name, behind, file, times)) {
      behind.push(name);
      continue;
    }
    const moves = movesFor(file, name, next, times);
    if ('why' in moves) return moves;
    behind.push(next);
    moved.push({ file, moves });
  }
  return moved;
}

function known(file: string, { now }: Times): KnownFile {
  return now.find((one) => one.file === file) ?? { file, identity: '', place: undefined };
}

/** Of the migration: that of its file, or of its folder where each has one. */
function nameIn(file: string, times: Times): string {
  return isFolder(file, times) ? basename(dirname(file)) : basename(file);
}

function isFolder(file: string, { home: { framework } }: Times): boolean {
  return framework.layout === 'folders' && /^(?:up|down|migration)\.sql$/i.test(basename(file));
}

/** As the tool sorts. */
function isBehindAll(name: string, behind: readonly string[], file: string, times: Times): boolean {
  const called = (other: string): string => (isFolder(file, times) ? join(dirname(dirname(file)), other, basename(file)) : join(dirname(file), other));
  return inOrder([...behind, name].map(called), times.home).at(-1)?.file === called(name);
}

function movesFor(file: string, name: string, next: string, times: Times): readonly Move[] | Withheld {
  if (isFolder(file, times)) {
    const [from, to] = [dirname(file), join(dirname(dirname(file)), next)];
    return unlessThere(filesBelow(from).map((one) => ({ from: one, to: join(to, relative(from, one)) })));
  }
  const folder = dirname(file);
  const [stem, nextStem] = [stemOf(name), stemOf(next)];
  const own = localDisk.entriesIn(folder).flatMap((entry) => (!entry.isFolder && entry.name.startsWith(`${stem}.`) ? [entry.name] : []));
  const moves = own.map((one) => ({ from: join(folder, one), to: join(folder, nextStem + one.slice(stem.length)) }));
  const back = wayDownOf(file, times);
  if (back === undefined || own.includes(basename(back))) return unlessThere(moves);
  const called = renumberedLike(basename(back), name, next);
  return called === undefined ? { why: `what its way down ${basename(back)} would be called is not known` } : unlessThere([...moves, { from: back, to: join(dirname(back), called) }]);
}

/** `2_b.up.sql` → `2_b`, `V1.1__b.sql` → `V1.1__b`. */
function stemOf(name: string): string {
  return name.replace(/(?:\.(?:up|down|do|undo))?\.\w+$/i, '');
}

/** The way down of a tool that calls it otherwise: `U2__b.sql` of `V2__b.sql`. */
function renumberedLike(name: string, own: string, next: string): string | undefined {
  const [[before = '', was] = [], [, now] = []] = [own, next].map((one) => /^([A-Za-z]*)([\d._]*\d)/.exec(one)?.slice(1) ?? []);
  const prefix = /^[A-Za-z]*/.exec(name)?.[0] ?? '';
  return was === undefined || now === undefined || !name.startsWith(prefix + was) || before === undefined ? undefined : prefix + now + name.slice(prefix.length + was.length);
}

function wayDownOf(file: string, { home: { root, framework } }: Times): string | undefined {
  const beside = localDisk.entriesIn(dirname(file)).flatMap(({ name, isFolder: isDirectory }) => (isDirectory || !/\.sql$/i.test(name) ? [] : [join(dirname(file), name)]));
  const paths = new Map([file, ...beside].map((one) => [one, pathBelow(root, one)]));
  const placeOf = framework.places(root, [...paths.values()]);
  const order = JSON.stringify(placeOf(toSlashes(pathBelow(root, file)))?.order.map(String));
  return beside.find((one) => {
    const place = placeOf(paths.get(one) ?? '');
    return place?.role === 'down' && JSON.stringify(place.order.map(String)) === order;
  });
}

function filesBelow(folder: string): readonly string[] {
  return localDisk.entriesIn(folder).flatMap(({ name, isFolder: isDirectory }) => (isDirectory ? filesBelow(join(folder, name)) : [join(folder, name)]));
}

function unlessThere(moves: readonly Move[]): readonly Move[] | Withheld {
  const there = moves.find(({ to }) => localDisk.exists(to));
  return there === undefined ? moves : { why: `${basename(there.to)} is there already` };
}
