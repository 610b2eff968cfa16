// Who needs what: from what is needed to those that have a part which needs it, or had one.

import { printName, type QualifiedName } from '../names.ts';
import { OrderedMap } from '../ordered-map.ts';
import type { PersistentMap } from '../persistent-map.ts';

/** `relation`: of its columns, constraints, indexes, triggers, policies, rules, or of its query. A publication has no schema. */
export interface Holder {
  readonly kind: 'relation' | 'function' | 'type' | 'publication';
  readonly name: QualifiedName;
}

/** It only grows: whoever asks looks whether the holder still needs it. */
export type Holders = PersistentMap<OrderedMap<Holder>>;

export function holdersOf(holders: readonly Holder[]): OrderedMap<Holder> {
  return OrderedMap.of(holders.map((holder) => [keyOf(holder), holder] as const));
}

function keyOf({ kind, name }: Holder): string {
  return `${kind} ${printName(name)}`;
}

export function withHolder(holders: Holders, keys: readonly string[], holder: Holder): Holders {
  const own = keyOf(holder);
  return keys.reduce((map, key) => {
    const known = map.get(key) ?? OrderedMap.empty<Holder>();
    return known.has(own) ? map : map.with(key, known.with(own, holder));
  }, holders);
}
