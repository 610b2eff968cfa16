// Reads the smallest expressions of Ruby and Elixir: texts, numbers, names, and what stands in brackets.

import type { Span } from '../../../text/span.ts';
import type { Argument, Entry, Expression, Parameter, Statement, TextPart } from '../tree/tree.ts';
import { Cursor } from './cursor.ts';
import { returning, wordsIn } from './shapes.ts';
import { tokensOf, type Token } from './tokens.ts';

const constants: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['nil', null]]);

export abstract class AtomReader extends Cursor {
  /** A `do` belongs to a call around this one. */
  protected isBare = false;
  /** What is left by `return` is the function around a block of Ruby. */
  protected isInBlock = false;

  protected abstract expression(): Expression;
  protected abstract called(callee: Expression, start: Span): Expression;
  protected abstract block(isLeft?: boolean): Expression | undefined;
  protected abstract body(): readonly Statement[];
  protected abstract statement(): readonly Statement[];
  /** Of other tokens of the same code. */
  protected abstract valueIn(tokens: readonly Token[]): Expression;

  protected atom(): Expression {
    const { kind, text, place } = this.token;
    if (kind === 'text') return this.#text();
    if (this.is('if', 'unless', 'case', 'begin', 'while', 'until', 'for', 'cond', 'try', 'with', 'receive', 'quote')) return this.#blockAsValue(place);
    if (kind === 'line' || kind === 'end') return this.other(place);
    this.at += 1;
    if (kind === 'number') return { kind: 'constant', value: Number(text.replaceAll('_', '')), place };
    if (kind === 'symbol') return { kind: 'text', parts: [{ kind: 'written', piece: { text, place } }], place };
    if (kind === 'mark') return this.#marked(text, place);
    if (kind !== 'name') return this.other(place);
    if (text === 'fn') return this.#lambda(place);
    const constant = constants.get(text);
    return constant === undefined ? this.called({ kind: 'name', name: text, place }, place) : { kind: 'constant', value: constant, place };
  }

  #marked(text: string, place: Span): Expression {
    if (text === '(') return this.#brackets(place);
    if (text === '[') return this.#list(place);
    if (text === '%' && this.takes('{')) return this.#record(place);
    if (text === '{') return this.language === 'ruby' ? this.#record(place) : this.#listOf(this.items('}'), place);
    return text === '->' ? this.#arrow(place) : this.other(place);
  }

  /** `[a: 1]` is a list of pairs in Elixir, and is read by its names. */
  #list(place: Span): Expression {
    const items = this.items(']');
    return items.length > 0 && items.every(({ name }) => name !== undefined) ? recordOf(items, this.since(place)) : this.#listOf(items, place);
  }

  /** Names behind the others are one record. */
  #listOf(items: readonly Argument[], place: Span): Expression {
    const named = items.filter(({ name }) => name !== undefined);
    const others = items.filter(({ name }) => name === undefined);
    const all = named.length === 0 ? others : [...others, { name: undefined, value: recordOf(named, this.since(place)), isSpread: false }];
    return { kind: 'list', items: all, place: this.since(place) };
  }

  #record(place: Span): Expression {
    return recordOf(this.items('}'), this.since(place));
  }

  /** `->(x) { … }`. */
  #arrow(place: Span): Expression {
    const names: Parameter[] = [];
    if (this.takes('(')) {
      for (; !this.isOver && !this.takes(')'); this.at += 1) if (this.token.kind === 'name') names.push({ name: this.token.text, takes: 'one', otherwise: undefined });
    }
    const made = this.wholly(() => this.block(false));
    if (made?.kind !== 'function') return this.other(place);
    return { ...made, made: { ...made.made, parameters: [...names, ...made.made.parameters] } };
  }

  /** What is read in `work` takes its own blocks. */
  protected wholly<T>(work: () => T, isBare = false): T {
    const was = this.isBare;
    this.isBare = isBare;
    const result = work();
    this.isBare = was;
    return result;
  }

  protected items(close: string): readonly Argument[] {
    return this.wholly(() => {
      const args: Argument[] = [];
      for (this.skipLines(); !this.isOver && !this.takes(close); this.skipLines()) {
        const before = this.at;
        args.push(this.argument());
        this.skipLines();
        this.takes(',');
        if (this.at === before) this.at += 1;
      }
      return args;
    });
  }

  /** `a: 1`, `:a => 1`, `"a" => 1`, or `a:`, which is `a: a`. */
  protected argument(): Argument {
    const { kind, text, place } = this.token;
    if (kind === 'key') {
      this.at += 1;
      this.skipLines();
      if (text === 'do' && this.language === 'elixir') return { name: undefined, value: this.#later(this.expression()), isSpread: false };
      return { name: text, value: this.is(',', ')', '}') ? { kind: 'name', name: text, place } : this.expression(), isSpread: false };
    }
    const isSpread = this.takes('**', '*');
    const value = this.expression();
    if (!this.takes('=>')) return { name: undefined, value, isSpread };
    this.skipLines();
    const [part, ...others] = value.kind === 'text' ? value.parts : [];
    const named = this.expression();
    return part?.kind === 'written' && others.length === 0 ? { name: part.piece.text, value: named, isSpread } : { name: undefined, value: this.other(place), isSpread: true };
  }

  /** `do: …` is a block as well. */
  #later(value: Expression): Expression {
    return { kind: 'function', made: { parameters: [], body: [{ kind: 'return', value, place: value.place }] }, place: value.place };
  }

  /** `sql = if … end`: as a function that is called at once. */
  #blockAsValue(place: Span): Expression {
    const made = { parameters: [], body: returning(this.wholly(() => this.statement())) };
    return { kind: 'call', callee: { kind: 'function', made, place: this.since(place) }, args: [], place: this.since(place) };
  }

  #brackets(place: Span): Expression {
    const [first, ...others] = this.items(')');
    return first && others.length === 0 ? first.value : this.other(place);
  }

  /** `fn x -> … end`. */
  #lambda(place: Span): Expression {
    const parameters: Parameter[] = [];
    while (!/^(?:end|line)$/.test(this.token.kind) && !this.is('->')) {
      if (this.token.kind === 'name') parameters.push({ name: this.token.text, takes: 'one', otherwise: undefined });
      this.at += 1;
    }
    this.takes('->');
    const body = this.wholly(() => this.body());
    this.takes('end');
    return { kind: 'function', made: { parameters, body: returning(body) }, place: this.since(place) };
  }

  /** Texts behind each other are one in Ruby. */
  #text(): Expression {
    const { place, segments = [] } = this.token;
    if (/^(?:%[wWiI]|~w)/.test(this.code.slice(place.start, place.start + 2))) {
      this.at += 1;
      return { kind: 'list', items: segments.flatMap(wordsIn), place };
    }
    const parts: TextPart[] = [];
    for (let token = this.token; token.kind === 'text'; token = this.token) {
      parts.push(...(token.segments ?? []).map((segment): TextPart => (segment.kind === 'written' ? segment : { kind: 'inserted', value: this.#inserted(segment.code), place: segment.place })));
      this.at += 1;
    }
    return { kind: 'text', parts, place: this.since(place) };
  }

  #inserted({ start, end }: Span): Expression {
    if (this.depth > 10) return { kind: 'other', parts: [], place: { start, end } };
    return this.valueIn(tokensOf(this.code, this.language, start, end).tokens);
  }
}

/** What has no name that is known stands for any. */
function recordOf(items: readonly Argument[], place: Span): Expression {
  const entries = items.map(({ name, value }): Entry => {
    const at = value.place;
    return { key: name === undefined ? undefined : { kind: 'text', parts: [{ kind: 'written', piece: { text: name, place: at } }], place: at }, value };
  });
  return { kind: 'record', entries, place };
}
