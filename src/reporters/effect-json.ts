// An effect as the JSON formats print it.

import type { Certainty, Effect, Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import { printName } from '../model/names.ts';

export interface EffectJson {
  /** `schema.name`, unquoted. */
  readonly relation: string;
  readonly lock: LockMode;
  readonly work: readonly Work[];
  readonly new: boolean;
  readonly certainty: Certainty;
}

export function effectJson({ relation, lock, work, new: isNew, certainty }: Effect): EffectJson {
  return { relation: printName(relation), lock, work, new: isNew, certainty };
}
