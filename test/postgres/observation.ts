// What a server was seen to do because of a statement.

import { lockModes, type LockMode } from '../../src/model/lock.ts';
import type { QualifiedName } from '../../src/model/names.ts';
import type { Work } from '../../src/model/effect.ts';

/** One relation that existed before the statement: the strongest lock on it, and the work that was done there. */
export interface ObservedEffect {
  readonly relation: QualifiedName;
  readonly lock: LockMode;
  readonly work: readonly Work[];
}

export type Observation =
  | { readonly kind: 'done'; readonly effects: readonly ObservedEffect[] }
  /** `code`: SQLSTATE. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const modes: ReadonlyMap<string, LockMode> = new Map(lockModes.map((mode) => [`${camelCase(mode)}Lock`, mode]));

/** `ShareRowExclusiveLock`, as pg_locks has it, is SHARE ROW EXCLUSIVE. */
export function lockMode(name: string): LockMode | undefined {
  return modes.get(name);
}

function camelCase(words: string): string {
  return words.replace(/(\w)(\w*) ?/g, (_, first: string, rest: string) => first + rest.toLowerCase());
}
