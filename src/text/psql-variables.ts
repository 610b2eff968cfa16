// What psql's variables hold at a place of a script, as far as the script says it. Source: src/bin/psql/variables.c.

import type { Argument, ArgumentPiece } from './psql-arguments.ts';

/** `unset`: the script says nothing of it, but who starts psql may · `computed`: a query, a program or a person says it while the script runs. */
export type VariableValue = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unset' } | { readonly kind: 'computed' };

const unset: VariableValue = { kind: 'unset' };
const computed: VariableValue = { kind: 'computed' };

export class PsqlVariables {
  readonly #values = new Map<string, VariableValue>();
  /** Queries have set variables whose names only their columns tell, with these prefixes. */
  #prefixes: readonly string[] = [];

  get(name: string): VariableValue {
    return this.#values.get(name) ?? (this.#prefixes.some((prefix) => name.startsWith(prefix)) ? computed : unset);
  }

  /** `\set NAME VALUE…`: the values are put together. `mayRun`: in a branch that may not run. */
  set([name, ...values]: readonly Argument[], mayRun: boolean): void {
    if (name === undefined) return;
    const key = this.textOf(name);
    if (key.kind !== 'text') return this.open('');
    const value = this.#joined(values);
    const isHarmless = isOneWordAtMost(value) && isOneWordAtMost(this.get(key.text));
    this.#values.set(key.text, mayRun ? (isHarmless ? unset : computed) : value);
  }

  unset([name]: readonly Argument[], mayRun: boolean): void {
    const key = name && this.textOf(name);
    if (key?.kind === 'text') this.#values.set(key.text, mayRun ? computed : unset);
  }

  /** A query, a program or a person says what it is. */
  compute(name: string): void {
    this.#values.set(name, computed);
  }

  /** All whose names begin so may have been set. */
  open(prefix: string): void {
    this.#prefixes = this.#prefixes.length < MOST ? [...this.#prefixes, prefix] : [''];
    for (const name of this.#values.keys()) if (name.startsWith(prefix)) this.#values.delete(name);
  }

  /** What an argument says. */
  textOf(argument: Argument): VariableValue {
    let text = '';
    let isUnset = false;
    for (const piece of argument) {
      const value = this.#valueOf(piece);
      if (value.kind === 'computed') return computed;
      if (value.kind === 'unset') isUnset = true;
      else text += value.text;
    }
    return isUnset ? unset : { kind: 'text', text };
  }

  #valueOf(piece: ArgumentPiece): VariableValue {
    if (piece.kind === 'text') return piece;
    if (piece.kind === 'program') return computed;
    const value = this.get(piece.name);
    if (piece.kind === 'test') return value.kind === 'text' ? { kind: 'text', text: 'TRUE' } : value;
    return value.kind === 'text' ? { kind: 'text', text: quoted(value.text, piece.quote) } : value;
  }

  #joined(values: readonly Argument[]): VariableValue {
    const parts = values.map((value) => this.textOf(value));
    const strange = parts.find(({ kind }) => kind === 'computed') ?? parts.find(({ kind }) => kind === 'unset');
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    return strange ?? (text.length < LONGEST ? { kind: 'text', text } : computed);
  }
}

/** Longer values are not followed: they could grow with each command. */
const LONGEST = 20_000;

/** More queries that set variables of unknown names are taken for one that may set any. */
const MOST = 20;

function isOneWordAtMost(value: VariableValue): boolean {
  return value.kind === 'unset' || (value.kind === 'text' && isOneWord(value.text));
}

/** It can't be more than a name, a number or a type in a statement. */
export function isOneWord(text: string): boolean {
  return /^[\w.+-]{0,200}$/.test(text) && !text.includes('--');
}

function quoted(text: string, quote: string): string {
  return quote === '' ? text : quote + text.replaceAll(quote, quote + quote) + quote;
}

/** Undefined where nobody knows. Source: ParseVariableBool(); what is none is no reason to take a branch. */
export function truthOf(value: VariableValue): boolean | undefined {
  if (value.kind !== 'text') return undefined;
  const word = value.text.toLowerCase();
  return word !== '' && (['true', 'yes', '1'].some((one) => one.startsWith(word)) || word === 'on');
}
