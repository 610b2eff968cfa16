// The names of constraints at any time, in any version of a catalog that came from the same start, and the tables that had them. It only
// grows, and what it says is that a look is worth its time: whether a name is taken is for the catalog to say.

import { printName, type QualifiedName } from './names.ts';

export class SeenNames {
  readonly #tables: Map<string, Set<string>>;

  /** Both are printed: names, and the tables of each. */
  constructor(tables: Iterable<readonly [string, readonly string[]]> = []) {
    this.#tables = new Map(Array.from(tables, ([name, all]) => [name, new Set(all)]));
  }

  get printed(): readonly (readonly [string, readonly string[]])[] {
    return Array.from(this.#tables, ([name, tables]) => [name, [...tables]]);
  }

  add(name: QualifiedName, table: QualifiedName): void {
    const key = printName(name);
    const known = this.#tables.get(key);
    if (known) known.add(printName(table));
    else this.#tables.set(key, new Set([printName(table)]));
  }

  /** The printed names of the tables that had one of the name. */
  tablesWith(name: QualifiedName): Iterable<string> {
    return this.#tables.get(printName(name)) ?? [];
  }

  /** In any of the schemas. */
  hasIn(schemas: Iterable<string>, name: string): boolean {
    for (const schema of schemas) if (this.#tables.has(printName({ schema, name }))) return true;
    return false;
  }
}
