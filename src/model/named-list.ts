// What is known by its names, in its order: the constraints or the indexes of a table. Every version stays as it was.

import { OrderedMap } from './ordered-map.ts';
import { PersistentMap } from './persistent-map.ts';

interface Named {
  readonly name: string;
}

/** Of the numbers behind names that begin alike and have as many digits: how many there are, and the greatest. */
interface Numbers {
  readonly count: number;
  readonly greatest: number;
}

export class NamedList<T extends Named> implements Iterable<T> {
  readonly #items: OrderedMap<T>;
  readonly #numbers: PersistentMap<Numbers>;

  private constructor(items: OrderedMap<T>, numbers: PersistentMap<Numbers>) {
    this.#items = items;
    this.#numbers = numbers;
  }

  static empty<T extends Named>(): NamedList<T> {
    return new NamedList<T>(OrderedMap.empty(), PersistentMap.empty());
  }

  static of<T extends Named>(items: Iterable<T>): NamedList<T> {
    let list = NamedList.empty<T>();
    for (const item of items) list = list.with(item);
    return list;
  }

  get length(): number {
    return this.#items.size;
  }

  get(name: string): T | undefined {
    return this.#items.get(name);
  }

  has(name: string): boolean {
    return this.#items.has(name);
  }

  /** In the place of an older one of the name, or behind all. */
  with(item: T): NamedList<T> {
    const items = this.#items.with(item.name, item);
    if (items === this.#items) return this;
    return new NamedList(items, this.has(item.name) ? this.#numbers : counted(this.#numbers, item.name));
  }

  without(name: string): NamedList<T> {
    return this.has(name) ? new NamedList(this.#items.without(name), uncounted(this.#numbers, name)) : this;
  }

  /** What is called otherwise then stays in its place. This list where nothing is changed. */
  changed(change: (item: T) => T): NamedList<T> {
    let list: NamedList<T> = this;
    for (const item of this) list = list.replaced(item.name, change(item));
    return list;
  }

  /** This list where all is kept. */
  filter(test: (item: T) => boolean): NamedList<T> {
    let list: NamedList<T> = this;
    for (const item of this) if (!test(item)) list = list.without(item.name);
    return list;
  }

  /** Those that are not there. What the two share is not looked at. */
  since(other: NamedList<T>): T[] {
    return this.#items.since(other.#items);
  }

  some(test: (item: T) => boolean): boolean {
    return this.#items.some(test);
  }

  every(test: (item: T) => boolean): boolean {
    return !this.some((item) => !test(item));
  }

  find<S extends T>(test: (item: T) => item is S): S | undefined;
  find(test: (item: T) => boolean): T | undefined;
  find(test: (item: T) => boolean): T | undefined {
    return this.#items.find(test);
  }

  map<U>(make: (item: T) => U): U[] {
    return this.values().map((item) => make(item));
  }

  flatMap<U>(make: (item: T) => U | readonly U[]): U[] {
    return this.values().flatMap((item) => make(item));
  }

  values(): T[] {
    return this.#items.values();
  }

  [Symbol.iterator](): Iterator<T> {
    return this.values()[Symbol.iterator]();
  }

  /**
   * The first count from `from` on whose name may be free. Names with all counts between were made before, as a rule, so it looks at
   * them only where some of them are gone. `nameOf`: ends with the count.
   */
  nextCount(from: number, nameOf: (count: number) => string): number {
    for (let count = from; ; ) {
      const name = nameOf(count);
      if (!this.has(name)) return count;
      const next = behindRun(this.#numbers, name);
      count = Math.max(count + 1, next);
    }
  }

  /** In the place of the one that is called so. */
  replaced(name: string, item: T): NamedList<T> {
    if (item.name === name) return this.with(item);
    const freed = this.without(item.name);
    return new NamedList(freed.#items.renamed(name, item.name, item), counted(uncounted(freed.#numbers, name), item.name));
  }
}

/** Without a number, or with one that nobody counts with: undefined. */
function numberedName(name: string): { readonly key: string; readonly number: number; readonly first: number } | undefined {
  let start = name.length;
  while (start > 0 && isDigit(name.charCodeAt(start - 1))) start -= 1;
  const digits = name.slice(start);
  if (digits === '' || digits.startsWith('0') || digits.length > MOST_DIGITS) return undefined;
  return { key: `${digits.length} ${name.slice(0, start)}`, number: Number(digits), first: 10 ** (digits.length - 1) };
}

const MOST_DIGITS = 9;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function counted(numbers: PersistentMap<Numbers>, name: string): PersistentMap<Numbers> {
  const numbered = numberedName(name);
  if (numbered === undefined) return numbers;
  const { key, number } = numbered;
  const { count, greatest } = numbers.get(key) ?? { count: 0, greatest: 0 };
  return numbers.with(key, { count: count + 1, greatest: Math.max(greatest, number) });
}

/** The greatest one may be gone then: it is still no smaller than any, so a run that has gaps is not taken for a whole one. */
function uncounted(numbers: PersistentMap<Numbers>, name: string): PersistentMap<Numbers> {
  const numbered = numberedName(name);
  const known = numbered && numbers.get(numbered.key);
  if (numbered === undefined || known === undefined) return numbers;
  if (known.count === 1) return numbers.without(numbered.key);
  const isLast = known.greatest === numbered.number && known.count === known.greatest - numbered.first + 1;
  return numbers.with(numbered.key, { count: known.count - 1, greatest: isLast ? known.greatest - 1 : known.greatest });
}

/** Where all numbers with as many digits up to the greatest are there, the one behind it; else 0. */
function behindRun(numbers: PersistentMap<Numbers>, name: string): number {
  const numbered = numberedName(name);
  const known = numbered && numbers.get(numbered.key);
  if (numbered === undefined || known === undefined) return 0;
  return known.count === known.greatest - numbered.first + 1 ? known.greatest + 1 : 0;
}
