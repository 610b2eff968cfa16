// What a function of the history runs: read when it is first called, because reading PL/pgSQL costs.

import type { Statement } from './statement.ts';

export class FunctionBody {
  /** The types of what a call gives, `int4`, `shop.status[]`: they tell overloads apart. */
  readonly inputs: readonly string[];
  readonly #read: () => readonly Statement[] | undefined;
  #statements: readonly Statement[] | 'unreadable' | undefined;

  /** `read`: undefined where the body can't be read. */
  constructor(inputs: readonly string[], read: () => readonly Statement[] | undefined) {
    this.inputs = inputs;
    this.#read = read;
  }

  /** Whatever stands in it, be it in a branch; an expression as the SELECT that it is for the server. */
  get statements(): readonly Statement[] | 'unreadable' {
    this.#statements ??= this.#read() ?? 'unreadable';
    return this.#statements;
  }
}
