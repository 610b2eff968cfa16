// What the variables of a block hold, as far as they answer whether something is there, or are texts that stand in the block.

import type { Condition } from '../../../model/condition.ts';
import type { Node, SelectStmt } from '@pgsql/types';
import { lowerCondition, lowerScalar, scalarOf, type Scalar } from '../conditions/lower-condition.ts';
import { executedSql, outlineOfSql, type Texts } from './executed-sql.ts';

/** The tree of a SELECT; undefined where it is none. */
export type ReadExpression = (select: string) => SelectStmt | undefined;

export class Memory {
  readonly #read: ReadExpression;
  #variables: Map<string, Scalar>;

  /** Names of several variables, so that it can't be told which of them is meant. */
  readonly #ambiguous: ReadonlySet<string>;

  #texts: Texts;

  constructor(read: ReadExpression, ambiguous: ReadonlySet<string>, variables: ReadonlyMap<string, Scalar> = new Map(), texts: Texts = new Map()) {
    this.#read = read;
    this.#ambiguous = ambiguous;
    this.#variables = new Map(variables);
    this.#texts = texts;
  }

  /** As they are now. */
  get texts(): Texts {
    return this.#texts;
  }

  /** Undefined where only the server knows it. */
  text(expression: string): string | undefined {
    const value = this.#valueOf(expression);
    return value && executedSql(value, this.#texts);
  }

  /** With names in the place of what only the server knows; undefined where it is not put together from texts. */
  outline(expression: string): string | undefined {
    const value = this.#valueOf(expression);
    return value && outlineOfSql(value, this.#texts);
  }

  /** For what `read` reads, a variable holds a text. */
  with<T>(variable: string, text: string, read: () => T): T {
    this.#setText(variable, text);
    const result = read();
    this.#setText(variable, undefined);
    return result;
  }

  /** The texts of an array that stands in the block. */
  items(expression: string): readonly string[] | undefined {
    const value = this.#valueOf(expression);
    const array = value && 'TypeCast' in value ? value.TypeCast.arg : value;
    if (!array || !('A_ArrayExpr' in array)) return undefined;
    const items = (array.A_ArrayExpr.elements ?? []).map((element) => executedSql(element, this.#texts));
    const known = items.flatMap((item) => item ?? []);
    return known.length === items.length ? known : undefined;
  }

  condition(expression: string): Condition {
    const value = this.#valueOf(expression);
    return value ? lowerCondition(value, this.#variables) : { kind: 'unknown' };
  }

  /** Each gives the question whose answer is kept. */
  assign(variable: string, expression: string): Condition | undefined {
    const value = this.#valueOf(expression);
    this.#setText(variable, this.#ambiguous.has(variable) ? undefined : value && executedSql(value, this.#texts));
    return this.#keep([variable], value && lowerScalar(value, this.#variables));
  }

  /** `isFirst`: before any statement; in the midst of the code, other variables may hold something else by then. */
  declare(variable: string, expression: string, isFirst: boolean): Condition | undefined {
    const texts = this.#texts;
    if (!isFirst) this.#texts = new Map();
    const question = this.assign(variable, expression);
    const own = this.#texts.get(variable);
    if (!isFirst) this.#texts = own === undefined || texts.size >= MOST_TEXTS ? texts : new Map([...texts, [variable, own]]);
    return question;
  }

  /** SELECT … INTO, and PERFORM: `found` says whether there was a row. */
  select(query: string, variables: readonly string[]): Condition | undefined {
    const select = this.#read(query);
    const scalar = select && scalarOf(select, this.#variables);
    this.unknown(variables);
    const question = this.#keep(variables.length === 1 ? variables : [], scalar);
    if (scalar?.kind === 'optional' && question) this.#variables.set('found', { kind: 'boolean', condition: { kind: 'answered', question } });
    else this.forgetFound();
    return question;
  }

  /** Another statement has set it. */
  forgetFound(): void {
    this.#variables.delete('found');
  }

  /** Anything may have been set but texts, which are set in the `assigned` variables alone. */
  forget(assigned: readonly string[]): void {
    this.#variables.clear();
    for (const variable of assigned) this.#setText(variable, undefined);
  }

  /** What EXECUTE puts into variables. It does not set `found`. */
  unknown(variables: readonly string[]): void {
    for (const variable of variables) {
      this.#variables.delete(variable);
      this.#setText(variable, undefined);
    }
  }

  /** What may not happen, so that nothing is known of what it sets. */
  aside<T>(read: (inside: Memory) => T): T {
    const [before, texts] = [new Map(this.#variables), this.#texts];
    const inside = new Memory(this.#read, this.#ambiguous, before, texts);
    const result = read(inside);
    this.#variables = new Map([...before].filter(([name, scalar]) => inside.#variables.get(name) === scalar));
    if (inside.#texts !== texts) this.#texts = new Map([...texts].filter(([name, text]) => inside.#texts.get(name) === text));
    return result;
  }

  #keep(variables: readonly string[], scalar: Scalar | undefined): Condition | undefined {
    const question = scalar?.kind === 'boolean' ? scalar.condition : scalar?.exists;
    for (const variable of variables) {
      if (scalar && question && !this.#ambiguous.has(variable)) this.#variables.set(variable, remembered(scalar, { kind: 'answered', question }));
      else this.#variables.delete(variable);
    }
    return question;
  }

  /** A copy, because what was read before keeps what was true there. */
  #setText(variable: string, text: string | undefined): void {
    if (text === undefined && !this.#texts.has(variable)) return;
    const texts = new Map(this.#texts);
    if (text === undefined || texts.size >= MOST_TEXTS) texts.delete(variable);
    else texts.set(variable, text);
    this.#texts = texts;
  }

  #valueOf(expression: string): Node | undefined {
    const [target] = (expression.trim() === '' ? undefined : this.#read(`SELECT ${expression}`))?.targetList ?? [];
    return target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  }
}

/** Variables whose texts are kept. */
const MOST_TEXTS = 100;

function remembered({ kind }: Scalar, answer: Condition): Scalar {
  return kind === 'boolean' ? { kind, condition: answer } : { kind, exists: answer };
}
