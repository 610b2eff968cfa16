// What a server was seen to do because of a statement.

import type { Work } from '../model/effect.ts';
import { lockModes, type LockMode } from '../model/lock.ts';
import type { QualifiedName } from '../model/names.ts';

/** One relation that existed before the statement: the strongest lock on it, and the work that was done there. */
export interface ObservedEffect {
  readonly relation: QualifiedName;
  readonly oid: number;
  /** Undefined where it can't be seen. */
  readonly lock: LockMode | undefined;
  readonly work: readonly Work[];
}

/** A lock that the transaction held before. */
export interface HeldBefore {
  readonly relation: QualifiedName;
  readonly mode: LockMode;
}

export type Observation =
  | {
      readonly kind: 'done';
      /** It was refused inside a transaction, so it ran without one. */
      readonly outside: boolean;
      /** `unseen`: the server has one session alone, and no other could look while the statement held its locks. */
      readonly locks: 'seen' | 'unseen';
      readonly effects: readonly ObservedEffect[];
      /** The names of all indexes, of which an observation speaks only where they are rebuilt. */
      readonly indexes: ReadonlySet<string>;
      /** What can't be seen to be taken, because the transaction had it already; empty in a transaction of its own. */
      readonly held: readonly HeldBefore[];
      /** How long the server took for it, in milliseconds; undefined where it had to wait for what watched it. */
      readonly took?: number;
    }
  /** `code`: SQLSTATE. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** It was not sent to the server. */
  | { readonly kind: 'not-run'; readonly reason: string };

/** For what has no effects by its nature: BEGIN, SAVEPOINT and the like. */
export const nothingSeen: Observation = {
  kind: 'done',
  outside: false,
  locks: 'seen',
  effects: [],
  indexes: new Set(),
  held: [],
};

const modes: ReadonlyMap<string, LockMode> = new Map(lockModes.map((mode) => [`${camelCase(mode)}Lock`, mode]));

/** `ShareRowExclusiveLock`, as pg_locks has it, is SHARE ROW EXCLUSIVE. */
export function lockMode(name: string): LockMode | undefined {
  return modes.get(name);
}

function camelCase(words: string): string {
  return words.replace(/(\w)(\w*) ?/g, (_, first: string, rest: string) => first + rest.toLowerCase());
}
