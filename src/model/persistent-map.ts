// A map whose every version stays as it was: a new version shares all but one of its buckets with the old one.

/** Buckets stand in groups, so that a new version copies two short lists instead of a long one. */
const GROUPS = 32;
const BUCKETS_IN_GROUP = 32;

type Bucket<V> = ReadonlyMap<string, V>;
type Group<V> = readonly Bucket<V>[];

/** What most groups of a small map are: they are passed over together. */
const noBuckets: Group<never> = new Array<Bucket<never>>(BUCKETS_IN_GROUP).fill(new Map<string, never>());

export class PersistentMap<V> {
  readonly #groups: readonly Group<V>[];
  readonly size: number;

  private constructor(groups: readonly Group<V>[], size: number) {
    this.#groups = groups;
    this.size = size;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(new Array<Group<V>>(GROUPS).fill(noBuckets), 0);
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    return this.#groups[groupOf(hash)]?.[bucketOf(hash)]?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  with(key: string, value: V): PersistentMap<V> {
    return this.#replace(key, (bucket) => bucket.set(key, value));
  }

  without(key: string): PersistentMap<V> {
    return this.has(key) ? this.#replace(key, (bucket) => bucket.delete(key)) : this;
  }

  entries(): readonly (readonly [string, V])[] {
    const all: [string, V][] = [];
    for (const group of this.#groups) {
      if (group === noBuckets) continue;
      for (const bucket of group) if (bucket.size > 0) all.push(...bucket);
    }
    return all;
  }

  #replace(key: string, change: (bucket: Map<string, V>) => unknown): PersistentMap<V> {
    const hash = hashOf(key);
    const groups = this.#groups.slice();
    const group = (groups[groupOf(hash)] ?? []).slice();
    const before = group[bucketOf(hash)];
    const bucket = new Map(before);
    change(bucket);
    group[bucketOf(hash)] = bucket;
    groups[groupOf(hash)] = group;
    return new PersistentMap(groups, this.size + bucket.size - (before?.size ?? 0));
  }
}

function groupOf(hash: number): number {
  return (hash >>> 5) & (GROUPS - 1);
}

function bucketOf(hash: number): number {
  return hash & (BUCKETS_IN_GROUP - 1);
}

/** Names differ at their ends more than at their beginnings. */
function hashOf(key: string): number {
  let hash = key.length;
  for (let index = Math.max(0, key.length - 12); index < key.length; index += 1) hash = (hash * 31 + key.charCodeAt(index)) | 0;
  return hash;
}
