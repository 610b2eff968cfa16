// New migrations that sort before others, which may have run by the time they come.

import { basename, dirname } from 'node:path';
import { directoryAt, pathBelow, type KnownFile } from '../earlier-migrations.ts';
import { inOrder } from '../in-order.ts';
import type { PastFact } from './past-fact.ts';
import { isFromTip, isNew, type Times } from './times.ts';

/** One that others may have run. */
interface Earlier extends KnownFile {
  readonly isOnTip: boolean;
}

export function lateIn(times: Times): readonly PastFact[] {
  const { now, home } = times;
  const earlier = earlierIn(times);
  const fresh = freshIn(times);
  if (fresh.length === 0 || earlier.length === 0) return [];
  const isBehind = home.framework.conduct?.ages === undefined ? behindInOrder([...now, ...earlier], times) : behindByAge(earlier, times);
  return fresh.flatMap((one): PastFact[] => {
    const newest = earlier.findLast((other) => areOneHistory(one, other, times) && isBehind(other, one));
    return newest === undefined ? [] : [{ kind: 'late', file: one.file, behind: newest.file, isOnTip: newest.isOnTip }];
  });
}

/** Those that the branch brings. */
export function freshIn(times: Times): readonly KnownFile[] {
  return times.now.filter((one) => times.isAsked(one.file) && isNew(one, times) && !isFromTip(one, times) && mayBeLate(one, times));
}

/** In the order in which they run, as far as that is known; the last one is the newest. */
export function earlierIn(times: Times): readonly Earlier[] {
  const { now, tip = [], home, base } = times;
  const known = new Set([...now, ...base].map(({ identity }) => identity));
  const olds = now.filter((one) => !isNew(one, times) || isFromTip(one, times)).map((one) => ({ ...one, isOnTip: isNew(one, times) }));
  const more = home.framework.conduct?.hasList === true && home.framework.conduct.ages === undefined ? [] : tip.filter(({ identity }) => !known.has(identity));
  const all = new Map<string, Earlier>([...olds, ...more.map((one) => ({ ...one, isOnTip: true }))].map((one) => [one.file, one]));
  return inOrder([...all.keys()], home).flatMap(({ file }) => all.get(file) ?? []).filter(({ place }) => place?.isRepeatable !== true);
}

/** Of files that no tool is known to run, those that are numbered. */
function mayBeLate({ file, place }: KnownFile, { home: { framework } }: Times): boolean {
  if (place?.isRepeatable === true) return false;
  return framework.conduct === undefined ? isNumbered(file) : framework.conduct.late !== undefined;
}

function isNumbered(file: string): boolean {
  return /^[A-Za-z]?\d/.test(basename(file)) || /^[A-Za-z]?\d/.test(basename(dirname(file)));
}

/** Where a tool is not told which folders it looks into, two of them may be histories of their own. */
export function areOneHistory(one: KnownFile, other: KnownFile, { home: { framework, root } }: Times): boolean {
  if (framework.conduct === undefined && !isNumbered(other.file)) return false;
  return framework.layout !== 'nested' || framework.foldersOf?.(root) !== undefined || dirname(one.file) === dirname(other.file);
}

type IsBehind = (other: Earlier, one: KnownFile) => boolean;

function behindInOrder(all: readonly KnownFile[], { home }: Times): IsBehind {
  const places = new Map(inOrder([...new Set(all.map(({ file }) => file))], home).map(({ file }, index) => [file, index]));
  return (other, one) => (places.get(other.file) ?? -1) > (places.get(one.file) ?? Infinity);
}

function behindByAge(earlier: readonly Earlier[], { home: { root, framework }, changes: { tip } }: Times): IsBehind {
  const now = framework.conduct?.ages?.(root);
  const then = tip && framework.conduct?.ages?.(directoryAt(root.path, tip));
  const ageOf = ({ file }: KnownFile, isOnTip: boolean): bigint | undefined => (isOnTip ? then : undefined)?.(pathBelow(root, file)) ?? now?.(pathBelow(root, file));
  const ages = new Map(earlier.map((one) => [one, ageOf(one, one.isOnTip)]));
  const newest = [...ages.values()].reduce((left = 0n, right = 0n) => (left > right ? left : right), 0n);
  return (other, one) => {
    const [age, own] = [ages.get(other), ageOf(one, false)];
    return age !== undefined && own !== undefined && age === newest && own <= age;
  };
}
