// A map whose every version stays as it was: a new version shares all but one of its buckets with the old one.

const BUCKETS = 256;

export class PersistentMap<V> {
  readonly #buckets: readonly ReadonlyMap<string, V>[];
  readonly size: number;

  private constructor(buckets: readonly ReadonlyMap<string, V>[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(new Array<ReadonlyMap<string, V>>(BUCKETS).fill(new Map()), 0);
  }

  get(key: string): V | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#buckets[bucketOf(key)]?.has(key) ?? false;
  }

  with(key: string, value: V): PersistentMap<V> {
    return this.#replace(key, (bucket) => bucket.set(key, value));
  }

  without(key: string): PersistentMap<V> {
    return this.has(key) ? this.#replace(key, (bucket) => bucket.delete(key)) : this;
  }

  *entries(): Generator<[string, V]> {
    for (const bucket of this.#buckets) yield* bucket;
  }

  #replace(key: string, change: (bucket: Map<string, V>) => unknown): PersistentMap<V> {
    const index = bucketOf(key);
    const before = this.#buckets[index];
    const bucket = new Map(before);
    change(bucket);
    return new PersistentMap(this.#buckets.with(index, bucket), this.size + bucket.size - (before?.size ?? 0));
  }
}

/** Names differ at their ends more than at their beginnings. */
function bucketOf(key: string): number {
  let hash = key.length;
  for (let index = Math.max(0, key.length - 12); index < key.length; index += 1) hash = (hash * 31 + key.charCodeAt(index)) | 0;
  return hash & (BUCKETS - 1);
}
