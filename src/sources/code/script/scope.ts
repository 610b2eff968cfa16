// Names of a script, and what they are worth.

import type { Value } from './value.ts';

export class Scope {
  readonly #names = new Map<string, Value>();
  readonly #parent: Scope | undefined;
  /** What `this` is; undefined: what it is around. */
  readonly #self: Value | undefined;

  constructor(parent?: Scope, self?: Value) {
    this.#parent = parent;
    this.#self = self;
  }

  get self(): Value | undefined {
    return this.#self ?? this.#parent?.self;
  }

  find(name: string): Value | undefined {
    return this.#names.get(name) ?? this.#parent?.find(name);
  }

  declare(name: string, value: Value): void {
    this.#names.set(name, value);
  }

  /** In the scope that declares it. */
  assign(name: string, value: Value): void {
    if (this.#names.has(name) || this.#parent === undefined) this.#names.set(name, value);
    else this.#parent.assign(name, value);
  }
}
