// What a function of the history runs: read when it is first called, because reading PL/pgSQL costs.

import type { SettingValue, Statement } from './statement.ts';

export class FunctionBody {
  /** Where its own SET search_path makes it look for names; undefined: where the call does. */
  readonly searchPath: SettingValue | undefined;
  readonly #definition: string;
  readonly #read: () => readonly Statement[] | undefined;
  #statements: readonly Statement[] | 'unreadable' | undefined;

  /** `read`: undefined where the body can't be read. */
  constructor(definition: string, searchPath: SettingValue | undefined, read: () => readonly Statement[] | undefined) {
    this.#definition = definition;
    this.searchPath = searchPath;
    this.#read = read;
  }

  /** The statement that made the function. */
  get definition(): string {
    return this.#definition;
  }

  /** Whatever stands in it, be it in a branch; an expression as the SELECT that it is for the server. */
  get statements(): readonly Statement[] | 'unreadable' {
    this.#statements ??= this.#read() ?? 'unreadable';
    return this.#statements;
  }
}
