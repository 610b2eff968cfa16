// A map whose every version stays as it was: a new version shares with the old one all but the branches that lead to one key. A hash
// array mapped trie; Phil Bagwell, "Ideal Hash Trees", 2001. Its order follows from its keys alone, not from how they came.

const BITS = 5;
const MASK = (1 << BITS) - 1;

export class PersistentMap<V> {
  readonly #root: Branch<V>;

  private constructor(root: Branch<V>) {
    this.#root = root;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(new Branch(0, []));
  }

  static of<V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> {
    let map = PersistentMap.empty<V>();
    for (const [key, value] of entries) map = map.with(key, value);
    return map;
  }

  get isEmpty(): boolean {
    return this.#root.bitmap === 0;
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let node: Node<V> | undefined = this.#root;
    for (let shift = 0; node instanceof Branch; shift += BITS) node = node.at(slotOf(hash, shift));
    return node && entryIn(node, key)?.value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  with(key: string, value: V): PersistentMap<V> {
    return new PersistentMap(put(this.#root, new Entry(hashOf(key), key, value, undefined), 0));
  }

  without(key: string): PersistentMap<V> {
    return this.has(key) ? new PersistentMap(remove(this.#root, hashOf(key), key, 0)) : this;
  }

  /** Does the test hold for all values? What was asked of an earlier version is not asked again. */
  every(test: KnownTest<V>): boolean {
    return holdsIn(this.#root, test);
  }

  entries(): readonly (readonly [string, V])[] {
    const all: Entry<V>[] = [];
    collect(this.#root, all);
    return all.map(({ key, value }) => [key, value] as const);
  }

  /** The keys that have another value there, or none. What the two share is not looked at. */
  keysThatDiffer(other: PersistentMap<V>): string[] {
    const entries: Entry<V>[] = [];
    collectUnshared(this.#root, other.#root, entries);
    return [...new Set(entries.map(({ key }) => key))].filter((key) => this.get(key) !== other.get(key));
  }
}

/** A test of values that are asked again and again, with what is known of parts of maps by now. */
export class KnownTest<V> {
  readonly holds: (value: V) => boolean;
  readonly known = new WeakMap<object, boolean>();

  constructor(holds: (value: V) => boolean) {
    this.holds = holds;
  }
}

function holdsIn<V>(branch: Branch<V>, test: KnownTest<V>): boolean {
  const known = test.known.get(branch);
  if (known !== undefined) return known;
  const result = branch.nodes.every((node) => (node instanceof Branch ? holdsIn(node, test) : holdsInChain(node, test)));
  test.known.set(branch, result);
  return result;
}

function holdsInChain<V>(chain: Entry<V>, test: KnownTest<V>): boolean {
  for (let entry: Entry<V> | undefined = chain; entry !== undefined; entry = entry.next) if (!test.holds(entry.value)) return false;
  return true;
}

/** `next`: another key with the same hash, greater than this one. */
class Entry<V> {
  readonly hash: number;
  readonly key: string;
  readonly value: V;
  readonly next: Entry<V> | undefined;

  constructor(hash: number, key: string, value: V, next: Entry<V> | undefined) {
    this.hash = hash;
    this.key = key;
    this.value = value;
    this.next = next;
  }
}

type Node<V> = Entry<V> | Branch<V>;

/** Of the 32 slots, those whose bit is set hold something. */
class Branch<V> {
  readonly bitmap: number;
  readonly nodes: readonly Node<V>[];

  constructor(bitmap: number, nodes: readonly Node<V>[]) {
    this.bitmap = bitmap;
    this.nodes = nodes;
  }

  at(slot: number): Node<V> | undefined {
    return this.bitmap & slot ? this.nodes[this.#indexOf(slot)] : undefined;
  }

  with(slot: number, node: Node<V>): Branch<V> {
    const index = this.#indexOf(slot);
    if (this.bitmap & slot) return new Branch(this.bitmap, this.nodes.with(index, node));
    return new Branch(this.bitmap | slot, this.nodes.toSpliced(index, 0, node));
  }

  without(slot: number): Branch<V> {
    return new Branch(this.bitmap & ~slot, this.nodes.toSpliced(this.#indexOf(slot), 1));
  }

  #indexOf(slot: number): number {
    return countBits(this.bitmap & (slot - 1));
  }
}

function put<V>(branch: Branch<V>, entry: Entry<V>, shift: number): Branch<V> {
  const slot = slotOf(entry.hash, shift);
  const node = branch.at(slot);
  if (node instanceof Branch) return branch.with(slot, put(node, entry, shift + BITS));
  if (node === undefined) return branch.with(slot, entry);
  return branch.with(slot, node.hash === entry.hash ? chained(node, entry) : together(node, entry, shift + BITS));
}

/** Two hashes that are the same up to here. */
function together<V>(left: Entry<V>, right: Entry<V>, shift: number): Branch<V> {
  return put(new Branch<V>(0, []).with(slotOf(left.hash, shift), left), right, shift);
}

function chained<V>(chain: Entry<V> | undefined, entry: Entry<V>): Entry<V> {
  if (chain === undefined || entry.key < chain.key) return new Entry(entry.hash, entry.key, entry.value, chain);
  if (entry.key === chain.key) return new Entry(entry.hash, entry.key, entry.value, chain.next);
  return new Entry(chain.hash, chain.key, chain.value, chained(chain.next, entry));
}

function remove<V>(branch: Branch<V>, hash: number, key: string, shift: number): Branch<V> {
  const slot = slotOf(hash, shift);
  const node = branch.at(slot);
  const rest = node instanceof Branch ? remove(node, hash, key, shift + BITS) : node && unchained(node, key);
  const isEmpty = rest === undefined || (rest instanceof Branch && rest.bitmap === 0);
  return isEmpty ? branch.without(slot) : branch.with(slot, rest);
}

function unchained<V>(chain: Entry<V>, key: string): Entry<V> | undefined {
  if (chain.key === key) return chain.next;
  return new Entry(chain.hash, chain.key, chain.value, chain.next && unchained(chain.next, key));
}

function entryIn<V>(chain: Entry<V>, key: string): Entry<V> | undefined {
  let entry: Entry<V> | undefined = chain;
  while (entry !== undefined && entry.key !== key) entry = entry.next;
  return entry;
}

/** Of both, what does not stand in one and the same branch. */
function collectUnshared<V>(left: Node<V> | undefined, right: Node<V> | undefined, all: Entry<V>[]): void {
  if (left === right) return;
  if (left instanceof Branch && right instanceof Branch) {
    for (let slot = 1, place = 0; place < 1 << BITS; slot <<= 1, place += 1) collectUnshared(left.at(slot), right.at(slot), all);
    return;
  }
  for (const node of [left, right]) if (node) collect(node, all);
}

function collect<V>(node: Node<V>, all: Entry<V>[]): void {
  if (node instanceof Branch) for (const one of node.nodes) collect(one, all);
  else for (let entry: Entry<V> | undefined = node; entry !== undefined; entry = entry.next) all.push(entry);
}

function slotOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & MASK);
}

function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** FNV-1a, with its bits mixed: the trie looks at the lowest first. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
