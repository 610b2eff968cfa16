// Names that were used at any time, in any version of a catalog that came from the same start. It only grows, and what it says is that
// a look is worth its time: whether a name is taken is for the catalog to say.

import { printName, type QualifiedName } from './names.ts';

export class SeenNames {
  readonly #names: Set<string>;

  /** `names`: printed. */
  constructor(names: Iterable<string> = []) {
    this.#names = new Set(names);
  }

  get printed(): readonly string[] {
    return [...this.#names];
  }

  add(name: QualifiedName): void {
    this.#names.add(printName(name));
  }

  has(name: QualifiedName): boolean {
    return this.#names.has(printName(name));
  }

  /** In any of the schemas. */
  hasIn(schemas: Iterable<string>, name: string): boolean {
    for (const schema of schemas) if (this.has({ schema, name })) return true;
    return false;
  }
}
