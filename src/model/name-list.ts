// Names of relations, each once, in the order in which they came. Every version stays as it was.

import { printName, type QualifiedName } from './names.ts';
import { OrderedMap } from './ordered-map.ts';

export class NameList implements Iterable<QualifiedName> {
  static readonly empty = new NameList(OrderedMap.empty());

  readonly #names: OrderedMap<QualifiedName>;

  private constructor(names: OrderedMap<QualifiedName>) {
    this.#names = names;
  }

  static of(names: Iterable<QualifiedName>): NameList {
    let list = NameList.empty;
    for (const name of names) list = list.with(name);
    return list;
  }

  get length(): number {
    return this.#names.size;
  }

  has(name: QualifiedName): boolean {
    return this.#names.has(printName(name));
  }

  /** Where it stands already, or behind all. */
  with(name: QualifiedName): NameList {
    return this.has(name) ? this : new NameList(this.#names.with(printName(name), name));
  }

  without(name: QualifiedName): NameList {
    return this.has(name) ? new NameList(this.#names.without(printName(name))) : this;
  }

  /** In the same place. */
  renamed(from: QualifiedName, to: QualifiedName): NameList {
    return this.has(from) ? new NameList(this.#names.renamed(printName(from), printName(to), to)) : this;
  }

  values(): QualifiedName[] {
    return this.#names.values();
  }

  [Symbol.iterator](): Iterator<QualifiedName> {
    return this.values()[Symbol.iterator]();
  }
}
