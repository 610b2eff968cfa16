// What the variables of a block hold, as far as they answer whether something is there.

import type { Condition } from '../../../model/condition.ts';
import type { Node, SelectStmt } from '@pgsql/types';
import { lowerCondition, lowerScalar, scalarOf, type Scalar } from '../conditions/lower-condition.ts';

/** The tree of a SELECT; undefined where it is none. */
export type ReadExpression = (select: string) => SelectStmt | undefined;

export class Memory {
  readonly #read: ReadExpression;
  #variables: Map<string, Scalar>;

  constructor(read: ReadExpression, variables: ReadonlyMap<string, Scalar> = new Map()) {
    this.#read = read;
    this.#variables = new Map(variables);
  }

  condition(expression: string): Condition {
    const value = this.#valueOf(expression);
    return value ? lowerCondition(value, this.#variables) : { kind: 'unknown' };
  }

  assign(variable: string, expression: string): void {
    const value = this.#valueOf(expression);
    this.#set(variable, value && lowerScalar(value, this.#variables));
  }

  /** SELECT … INTO, and PERFORM: `found` says whether there was a row. */
  select(query: string, variables: readonly string[]): void {
    const select = this.#read(query);
    const scalar = select && scalarOf(select, this.#variables);
    for (const variable of variables) this.#set(variable, variables.length === 1 ? scalar : undefined);
    this.#set('found', scalar?.kind === 'optional' ? { kind: 'boolean', condition: scalar.exists } : undefined);
  }

  /** Something was done: what was asked before it may have another answer now. */
  forget(): void {
    this.#variables.clear();
  }

  /** What may not happen, so that nothing is known of what it sets. */
  aside<T>(read: (inside: Memory) => T): T {
    const before = new Map(this.#variables);
    const inside = new Memory(this.#read, before);
    const result = read(inside);
    this.#variables = new Map([...before].filter(([name, scalar]) => inside.#variables.get(name) === scalar));
    return result;
  }

  #set(variable: string, scalar: Scalar | undefined): void {
    if (scalar) this.#variables.set(variable, scalar);
    else this.#variables.delete(variable);
  }

  #valueOf(expression: string): Node | undefined {
    const [target] = (expression.trim() === '' ? undefined : this.#read(`SELECT ${expression}`))?.targetList ?? [];
    return target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  }
}
