// A list whose every version stays as it was: a new version shares with the old one all but the branches that lead to one place.
// A trie over places, as wide as that of `PersistentMap`.

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

export class PersistentList<T> {
  readonly length: number;
  readonly #root: Node<T>;
  /** Of the root: how far a place is shifted to get its slot there. */
  readonly #shift: number;

  private constructor(length: number, root: Node<T>, shift: number) {
    this.length = length;
    this.#root = root;
    this.#shift = shift;
  }

  static empty<T>(): PersistentList<T> {
    return new PersistentList<T>(0, new Leaf([]), 0);
  }

  static of<T>(items: Iterable<T>): PersistentList<T> {
    let list = PersistentList.empty<T>();
    for (const item of items) list = list.with(list.length, item);
    return list;
  }

  /** Undefined behind the end. */
  at(place: number): T | undefined {
    if (place >= this.length) return undefined;
    let node: Node<T> | undefined = this.#root;
    for (let shift = this.#shift; node instanceof Branch; shift -= BITS) node = node.nodes[(place >>> shift) & MASK];
    return node?.items[place & MASK];
  }

  with(place: number, item: T): PersistentList<T> {
    if (place < this.length) return new PersistentList(this.length, put(this.#root, place, item, this.#shift), this.#shift);
    const isFull = this.length === WIDTH << this.#shift;
    const root = isFull ? new Branch([this.#root]) : this.#root;
    const shift = isFull ? this.#shift + BITS : this.#shift;
    return new PersistentList(this.length + 1, put(root, this.length, item, shift), shift);
  }

  values(): T[] {
    const items: T[] = [];
    this.some((item) => (items.push(item), false));
    return items;
  }

  /** Ends with the first item for which the test holds. */
  some(test: (item: T) => boolean): boolean {
    return someIn(this.#root, test);
  }

  /** What does not stand in the same place there, and little else: what the two share is not looked at. */
  unshared(other: PersistentList<T>): T[] {
    const items: T[] = [];
    collectUnshared(this.#root, other.#rootAt(this.#shift), items);
    return items;
  }

  /** With as many levels as another one has. */
  #rootAt(shift: number): Node<T> | undefined {
    let root: Node<T> | undefined = this.#root;
    for (let own = this.#shift; own < shift; own += BITS) root = new Branch([root]);
    for (let own = this.#shift; own > shift && root instanceof Branch; own -= BITS) root = root.nodes[0];
    return root;
  }
}

class Leaf<T> {
  readonly items: readonly T[];

  constructor(items: readonly T[]) {
    this.items = items;
  }
}

class Branch<T> {
  readonly nodes: readonly Node<T>[];

  constructor(nodes: readonly Node<T>[]) {
    this.nodes = nodes;
  }
}

type Node<T> = Leaf<T> | Branch<T>;

function put<T>(node: Node<T>, place: number, item: T, shift: number): Node<T> {
  const slot = (place >>> shift) & MASK;
  if (node instanceof Leaf) return new Leaf(withAt(node.items, slot, item));
  const next = node.nodes[slot] ?? emptyBelow<T>(shift);
  return new Branch(withAt(node.nodes, slot, put(next, place, item, shift - BITS)));
}

function emptyBelow<T>(shift: number): Node<T> {
  return shift === BITS ? new Leaf([]) : new Branch([]);
}

function withAt<T>(items: readonly T[], slot: number, item: T): readonly T[] {
  return slot === items.length ? [...items, item] : items.with(slot, item);
}

function collectUnshared<T>(node: Node<T>, other: Node<T> | undefined, items: T[]): void {
  if (node === other) return;
  if (node instanceof Branch) node.nodes.forEach((below, slot) => collectUnshared(below, other instanceof Branch ? other.nodes[slot] : undefined, items));
  else items.push(...node.items);
}

function someIn<T>(node: Node<T>, test: (item: T) => boolean): boolean {
  if (node instanceof Leaf) {
    for (const item of node.items) if (test(item)) return true;
    return false;
  }
  for (const below of node.nodes) if (someIn(below, test)) return true;
  return false;
}
