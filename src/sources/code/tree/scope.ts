// Names of a piece of code, and what they are worth.

import type { Value } from './value.ts';

export class Scope {
  readonly names = new Map<string, Value>();
  /** Of the branches in which all stands that sees its names. */
  depth: number;
  readonly #parent: Scope | undefined;

  constructor(parent: Scope | undefined, depth: number) {
    this.#parent = parent;
    this.depth = depth;
  }

  find(name: string): Value | undefined {
    return this.names.get(name) ?? this.#parent?.find(name);
  }

  declare(name: string, value: Value): void {
    this.names.set(name, value);
  }
}
