// A map in the order in which its keys came, whose every version stays as it was. What is read of it reads as a `ReadonlyMap`.

import { PersistentList } from './persistent-list.ts';
import { PersistentMap } from './persistent-map.ts';

interface Entry<V> {
  readonly key: string;
  readonly value: V;
}

/** `places`: by key, where it stands in `entries`. What has gone leaves a gap there. */
interface Parts<V> {
  readonly places: PersistentMap<number>;
  readonly entries: PersistentList<Entry<V> | undefined>;
  readonly size: number;
}

export class OrderedMap<V> implements Iterable<readonly [string, V]> {
  readonly #parts: Parts<V>;

  private constructor(parts: Parts<V>) {
    this.#parts = parts;
  }

  static empty<V>(): OrderedMap<V> {
    return new OrderedMap<V>({ places: PersistentMap.empty(), entries: PersistentList.empty(), size: 0 });
  }

  static of<V>(entries: Iterable<readonly [string, V]>): OrderedMap<V> {
    let map = OrderedMap.empty<V>();
    for (const [key, value] of entries) map = map.with(key, value);
    return map;
  }

  get size(): number {
    return this.#parts.size;
  }

  get(key: string): V | undefined {
    const place = this.#parts.places.get(key);
    return place === undefined ? undefined : this.#parts.entries.at(place)?.value;
  }

  has(key: string): boolean {
    return this.#parts.places.has(key);
  }

  /** In the place of an older value, or behind all. */
  with(key: string, value: V): OrderedMap<V> {
    const { places, entries, size } = this.#parts;
    const place = places.get(key);
    if (place === undefined) return new OrderedMap({ places: places.with(key, entries.length), entries: entries.with(entries.length, { key, value }), size: size + 1 });
    return entries.at(place)?.value === value ? this : new OrderedMap({ places, entries: entries.with(place, { key, value }), size });
  }

  without(key: string): OrderedMap<V> {
    const { places, entries, size } = this.#parts;
    const place = places.get(key);
    if (place === undefined) return this;
    const left = new OrderedMap({ places: places.without(key), entries: entries.with(place, undefined), size: size - 1 });
    return entries.length > 2 * size + LEAST_GAPS ? OrderedMap.of(left) : left;
  }

  /** The value stands where that of `from` stood; another one of the name goes. */
  renamed(from: string, to: string, value: V): OrderedMap<V> {
    if (from === to) return this.with(to, value);
    const { places, entries, size } = this.without(to).#parts;
    const place = places.get(from);
    if (place === undefined) return this;
    return new OrderedMap({ places: places.without(from).with(to, place), entries: entries.with(place, { key: to, value }), size });
  }

  /** This map where nothing is changed. */
  changed(change: (value: V, key: string) => V): OrderedMap<V> {
    let map: OrderedMap<V> = this;
    for (const [key, value] of this) map = map.with(key, change(value, key));
    return map;
  }

  /** This map where all is kept. */
  filter(test: (value: V, key: string) => boolean): OrderedMap<V> {
    let map: OrderedMap<V> = this;
    for (const [key, value] of this) if (!test(value, key)) map = map.without(key);
    return map;
  }

  /** The values of keys that have another one there, or none. What the two share is not looked at. */
  since(other: OrderedMap<V>): V[] {
    const entries = this.#parts.entries.unshared(other.#parts.entries);
    return entries.flatMap((entry) => (entry === undefined || other.get(entry.key) === entry.value ? [] : [entry.value]));
  }

  some(test: (value: V, key: string) => boolean): boolean {
    return this.#parts.entries.some((entry) => entry !== undefined && test(entry.value, entry.key));
  }

  find(test: (value: V, key: string) => boolean): V | undefined {
    let found: V | undefined;
    this.some((value, key) => {
      if (!test(value, key)) return false;
      found = value;
      return true;
    });
    return found;
  }

  keys(): string[] {
    return this.#list((_, key) => key);
  }

  values(): V[] {
    return this.#list((value) => value);
  }

  [Symbol.iterator](): Iterator<readonly [string, V]> {
    return this.#list((value, key): readonly [string, V] => [key, value])[Symbol.iterator]();
  }

  #list<T>(make: (value: V, key: string) => T): T[] {
    const all: T[] = [];
    this.#parts.entries.some((entry) => {
      if (entry !== undefined) all.push(make(entry.value, entry.key));
      return false;
    });
    return all;
  }
}

/** So many gaps are not worth a new list. */
const LEAST_GAPS = 32;
