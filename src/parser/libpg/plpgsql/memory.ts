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

  /** Each gives the question whose answer is kept. */
  assign(variable: string, expression: string): Condition | undefined {
    const value = this.#valueOf(expression);
    return this.#keep([variable], value && lowerScalar(value, this.#variables));
  }

  /** SELECT … INTO, and PERFORM: `found` says whether there was a row. */
  select(query: string, variables: readonly string[]): Condition | undefined {
    const select = this.#read(query);
    const scalar = select && scalarOf(select, this.#variables);
    for (const variable of variables) this.#variables.delete(variable);
    const question = this.#keep(variables.length === 1 ? variables : [], scalar);
    if (scalar?.kind === 'optional' && question) this.#variables.set('found', { kind: 'boolean', condition: { kind: 'answered', question } });
    else this.forgetFound();
    return question;
  }

  /** Another statement has set it. */
  forgetFound(): void {
    this.#variables.delete('found');
  }

  /** Anything may have been set. */
  forget(): void {
    this.#variables.clear();
  }

  /** What EXECUTE puts into variables. It does not set `found`. */
  unknown(variables: readonly string[]): void {
    for (const variable of variables) this.#variables.delete(variable);
  }

  /** What may not happen, so that nothing is known of what it sets. */
  aside<T>(read: (inside: Memory) => T): T {
    const before = new Map(this.#variables);
    const inside = new Memory(this.#read, before);
    const result = read(inside);
    this.#variables = new Map([...before].filter(([name, scalar]) => inside.#variables.get(name) === scalar));
    return result;
  }

  #keep(variables: readonly string[], scalar: Scalar | undefined): Condition | undefined {
    const question = scalar?.kind === 'boolean' ? scalar.condition : scalar?.exists;
    for (const variable of variables) {
      if (scalar && question) this.#variables.set(variable, remembered(scalar, { kind: 'answered', question }));
      else this.#variables.delete(variable);
    }
    return question;
  }

  #valueOf(expression: string): Node | undefined {
    const [target] = (expression.trim() === '' ? undefined : this.#read(`SELECT ${expression}`))?.targetList ?? [];
    return target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  }
}

function remembered({ kind }: Scalar, answer: Condition): Scalar {
  return kind === 'boolean' ? { kind, condition: answer } : { kind, exists: answer };
}
