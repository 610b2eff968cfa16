// Where a claim and an observation differ, in sentences.

import type { Assumption } from '../model/assumption.ts';
import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Effect, Work } from '../model/effect.ts';
import { blocksReads, blocksWrites, isStronger, type LockMode } from '../model/lock.ts';
import { isSameName, printName, type QualifiedName } from '../model/names.ts';
import type { Step } from '../model/timeline.ts';
import type { HeldBefore, Observation } from './observation.ts';

type Done = Extract<Observation, { readonly kind: 'done' }>;

/** Empty where both agree, and where the server did not run the statement. */
export function compare(step: Step, observation: Observation): string[] {
  if (observation.kind !== 'done') return [];
  const claimed = comparable(step, observation).flatMap((side) => withoutHeld(side, observation));
  const observed = observation.effects.flatMap((side) => withoutHeld(side, observation));
  const names = [...observed, ...claimed].map(({ relation }) => relation);
  const unique = names.filter((name, index) => names.findIndex((other) => isSameName(other, name)) === index);
  const effects = unique.flatMap((name) => {
    if (mayHaveNone(name, step) && !observed.some(({ relation }) => isSameName(relation, name))) return [];
    const [left, right] = [printOn(name, claimed), printOn(name, observed)];
    return left === right ? [] : [`${printName(name)}: claimed ${left}, observed ${right}`];
  });
  return [...comparePlace(step, observation), ...effects];
}

/** What need not be there, and what a block may do and need not do. */
function mayHaveNone(name: QualifiedName, { effects }: Step): boolean {
  const found = effects.find(({ relation }) => isSameName(relation, name));
  return found?.certainty === 'assumed' && mayBeMissing.has(found.assumption.kind);
}

const mayBeMissing: ReadonlySet<Assumption['kind']> = new Set<Assumption['kind']>(['attachment', 'branch', 'dependence', 'existence', 'owner', 'referencing-rows']);

function comparePlace({ transaction }: Step, { outside }: Done): string[] {
  if (outside === (transaction === 'forbidden')) return [];
  const [claimed, observed] = outside ? ['allowed', 'forbidden'] : ['forbidden', 'allowed'];
  return [`in a transaction: claimed ${claimed}, observed ${observed}`];
}

interface Side {
  readonly relation: QualifiedName;
  /** Undefined: it can't be seen. */
  readonly lock: LockMode | undefined;
  readonly work: readonly Work[];
}

/** What of the claims an observer could have seen. */
function comparable({ effects, before }: Step, { indexes, locks, outside, held }: Done): Side[] {
  const all = [...effects.map(lockOf), ...held];
  const isVisible = ({ relation, lock }: Effect): boolean => {
    if (indexes.has(printName(relation))) return !outside && blocksReads(lock) && !isBlocked(before.tableOfIndex(relation), blocksReads, all);
    return isStronger(lock, 'ROW SHARE') && !isBlocked(ownerOf(relation, before), blocksWrites, all);
  };
  const visible = effects.filter(isVisible);
  if (locks === 'seen') return visible;
  return visible.filter(({ work }) => work.length > 0).map(({ relation, work }) => ({ relation, lock: undefined, work }));
}

/** Nobody draws from a sequence, or comes to an index, whose table is blocked, by this statement or before it. */
function isBlocked(table: Lookup<QualifiedName> | undefined, blocks: (mode: LockMode) => boolean, locks: readonly HeldBefore[]): boolean {
  return typeof table === 'object' && locks.some(({ relation, mode }) => isSameName(relation, table) && blocks(mode));
}

/** The table of a sequence. */
function ownerOf(name: QualifiedName, before: Catalog): QualifiedName | undefined {
  const found = before.find(name);
  return typeof found === 'string' ? undefined : found.ownedBy?.table;
}

function lockOf({ relation, lock: mode }: Effect): HeldBefore {
  return { relation, mode };
}

/** A lock that the transaction held before can't be seen to be taken; the work under it can. */
function withoutHeld(side: Side, { held }: Done): Side[] {
  const { relation, lock, work } = side;
  const isHeld = held.some((before) => isSameName(before.relation, relation) && lock !== undefined && !isStronger(lock, before.mode));
  if (!isHeld) return [side];
  return work.length > 0 ? [{ relation, lock: undefined, work }] : [];
}

function printOn(name: QualifiedName, sides: readonly Side[]): string {
  const side = sides.find(({ relation }) => isSameName(relation, name));
  if (side === undefined) return 'nothing';
  const work = side.work.join(', ');
  if (side.lock === undefined) return work;
  return work === '' ? side.lock : `${side.lock} with ${work}`;
}
