// What PostgreSQL does to one relation because of a statement: the lock it takes, and the work it does under that lock.

import type { Assumption } from './assumption.ts';
import { strongerOf, blocksReads, blocksWrites, type LockMode } from './lock.ts';
import { printName, type QualifiedName } from './names.ts';

export const works = ['rewrite', 'scan', 'index-build', 'foreign-key-check', 'write', 'refresh'] as const;

/**
 * `rewrite`: all rows are written anew, with all indexes · `scan`: all rows are read to verify something · `index-build` ·
 * `foreign-key-check`: rows are looked up in the other table · `write`: rows are inserted, updated or deleted ·
 * `refresh`: a materialized view is computed anew.
 */
export type Work = (typeof works)[number];

/** Why a new column, or a new expression of one, makes PostgreSQL write all rows anew. */
export type RewriteCause = 'volatile-default' | 'serial' | 'identity' | 'stored-values' | 'checking-domain' | 'domain-default';

/** `assumed`: history does not show what decides. */
export type Certainty = Doubt['certainty'];

interface EffectBase {
  readonly relation: QualifiedName;
  readonly lock: LockMode;
  /** In the order of `works`; empty for a change of the catalogs alone. */
  readonly work: readonly Work[];
  /** The relation was made by the same migration. */
  readonly new: boolean;
  readonly because?: RewriteCause;
  /** Nobody waits for the work: it is about the rows of a table that is new and has none, or is done under a weaker lock. */
  readonly isIdle?: boolean;
  /** Nobody writes to it but REFRESH: a materialized view. */
  readonly isReadOnly?: boolean;
}

/** Nothing is assumed without a word for what it hangs on. */
export type Doubt =
  | { readonly certainty: 'known' }
  | { readonly certainty: 'assumed'; readonly assumption: Assumption };

export type Effect = EffectBase & Doubt;

export function doubtOf(assumption: Assumption | undefined): Doubt {
  return assumption ? { certainty: 'assumed', assumption } : { certainty: 'known' };
}

/** Does the effect keep readers or writers of a table that is in use waiting while it lasts? */
export function isBlocking(effect: Effect): boolean {
  return !effect.new && (stopsReaders(effect) || stopsWriters(effect));
}

export function stopsReaders({ lock }: Effect): boolean {
  return blocksReads(lock);
}

export function stopsWriters({ lock, isReadOnly = false }: Effect): boolean {
  return blocksWrites(lock) && !isReadOnly;
}

/** Whom the lock keeps waiting for as long as it is held. */
export type Waiters = 'reads and writes' | 'reads' | 'writes' | 'nobody';

export function whoWaits(effect: Effect): Waiters {
  if (effect.new) return 'nobody';
  if (stopsReaders(effect)) return effect.isReadOnly ? 'reads' : 'reads and writes';
  return stopsWriters(effect) ? 'writes' : 'nobody';
}

/** Are they kept waiting for as long as it takes to go through the rows? */
export function blocksWhileWorking(effect: Effect): boolean {
  return isBlocking(effect) && effect.work.length > 0 && !effect.isIdle;
}

/** The name of an index stands for its table, which history does not show. */
export function isOfHiddenTable(effect: Effect): boolean {
  return assumptionOf(effect)?.kind === 'index-table' && !effect.work.includes('index-build');
}

/** One effect for each relation: the strongest lock, all the work, `assumed` if any part is. */
export function mergeEffects(effects: Iterable<Effect>): Effect[] {
  const merged = new Map<string, Effect>();
  for (const effect of effects) {
    const relation = printName(effect.relation);
    const other = merged.get(relation);
    const own = effect.work.length < 2 ? effect : { ...effect, work: mergeWork(effect.work) };
    merged.set(relation, other === undefined ? own : mergeTwo(other, effect));
  }
  return [...merged.values()];
}

function mergeTwo(left: Effect, right: Effect): Effect {
  const lock = strongerOf(left.lock, right.lock);
  const work = mergeWork([...left.work, ...right.work]);
  const isIdle = isIdleOrNone(left) && isIdleOrNone(right);
  return Object.assign({}, right, left, { lock, work, isIdle }, doubtOf(assumptionOf(left) ?? assumptionOf(right)));
}

export function assumptionOf(effect: Effect): Assumption | undefined {
  return effect.certainty === 'assumed' ? effect.assumption : undefined;
}

function isIdleOrNone({ work, isIdle = false }: Effect): boolean {
  return work.length === 0 || isIdle;
}

/** In the order of `works`, each once. A rewrite covers scans and builds. */
export function mergeWork(work: readonly Work[]): Work[] {
  if (work.length < 2) return [...work];
  const isCovered = (one: Work): boolean => work.includes('rewrite') && (one === 'scan' || one === 'index-build');
  return works.filter((one) => work.includes(one) && !isCovered(one));
}
