// Reads expressions of Ruby and Elixir: operators, and calls with and without brackets and blocks.

import type { Span } from '../../../text/span.ts';
import type { Argument, Expression, Parameter, Statement } from '../tree/tree.ts';
import { AtomReader } from './atoms.ts';
import { combined, returning } from './shapes.ts';

const operators: ReadonlySet<string> = new Set(['+', '<>', '%', '==', '!=', '&&', '||', 'and', 'or', '|>', '<<', '-', '*', '/', '<', '>', '<=', '>=', '++', '..', '...', '===', '<-', '|', '&']);

export abstract class ExpressionReader extends AtomReader {
  /** Up to its `end`, with what happens after errors. */
  protected abstract blockWithRescue(place: Span): readonly Statement[];

  protected expression(): Expression {
    const { place } = this.token;
    if (this.isTooDeep) {
      this.at += 1;
      return this.other(place);
    }
    this.depth += 1;
    let left = this.#unary();
    while (this.token.kind !== 'line' ? operators.has(this.token.text) && this.token.kind !== 'text' : this.#goesOn()) {
      this.skipLines();
      const operator = this.token.text;
      this.at += 1;
      this.skipLines();
      const right = this.#unary();
      left = combined(operator, left, right, this.since(place));
    }
    if (this.is('?')) left = this.#choice(left, place);
    this.depth -= 1;
    return left;
  }

  /** A line that begins with `|>` or `.` goes on with the one before. */
  #goesOn(): boolean {
    let ahead = 0;
    while (this.peek(ahead).kind === 'line') ahead += 1;
    return this.peek(ahead).kind === 'mark' && this.peek(ahead).text === '|>';
  }

  #choice(test: Expression, place: Span): Expression {
    this.at += 1;
    const yes = this.expression();
    this.takes(':');
    return { kind: 'choice', test, yes, no: this.expression(), place: this.since(place) };
  }

  #unary(): Expression {
    const { place, text } = this.token;
    if (this.takes('!', 'not', '-', '&', '*', '**', '^')) return { kind: 'unary', operator: text === '-' ? '-' : text === '!' || text === 'not' ? 'not' : text, operand: this.#trailers(this.atom(), place), place: this.since(place) };
    return this.#trailers(this.atom(), place);
  }

  #trailers(first: Expression, start: Span): Expression {
    let object = first;
    for (;;) {
      if (this.#isDotNext()) {
        this.skipLines();
        this.at += 1;
        this.skipLines();
        const { text: name, place: at } = this.token;
        this.at += 1;
        object = this.called({ kind: 'member', object, name, at, place: this.since(start) }, start);
      } else if (this.is('[') && !this.token.hasSpace) {
        this.at += 1;
        const [key] = this.items(']');
        object = key ? { kind: 'item', object, key: key.value, place: this.since(start) } : this.other(start);
      } else return object;
    }
  }

  #isDotNext(): boolean {
    let ahead = 0;
    while (this.peek(ahead).kind === 'line') ahead += 1;
    const { kind, text } = this.peek(ahead);
    return kind === 'mark' && (text === '.' || text === '&.' || (text === '::' && ahead === 0)) && (ahead === 0 || text !== '::');
  }

  /** With its arguments and its block, where there are some. */
  protected called(callee: Expression, start: Span): Expression {
    const args: Argument[] = [];
    let isCall = false;
    if (this.is('(') && !this.token.hasSpace) {
      this.at += 1;
      args.push(...this.items(')'));
      isCall = true;
    } else if (this.#beginsArgument()) {
      args.push(...this.#bareArguments());
      isCall = true;
    }
    const block = this.block();
    if (block) args.push({ name: undefined, value: block, isSpread: false });
    const isMethod = callee.kind === 'member' && !/^[A-Z]/.test(callee.name);
    return isCall || block || isMethod ? { kind: 'call', callee, args, place: this.since(start) } : callee;
  }

  #beginsArgument(): boolean {
    const { kind, text, hasSpace } = this.token;
    if (!hasSpace) return false;
    if (kind === 'text' || kind === 'symbol' || kind === 'key' || kind === 'number') return true;
    if (kind === 'name') return !/^(?:do|if|unless|then|and|or|end|else|in|rescue|while|until|when)$/.test(text);
    const isTight = !this.peek(1).hasSpace;
    return kind === 'mark' && (text === '[' || text === '->' || (/^[*&:~-]$/.test(text) && isTight) || (text === '(' && isTight) || (text === '%' && isTight && this.language === 'elixir'));
  }

  /** A `do` behind them belongs to the call itself. */
  #bareArguments(): readonly Argument[] {
    return this.wholly(() => {
      const args: Argument[] = [];
      do {
        this.skipLines();
        args.push(this.argument());
      } while (this.takes(','));
      return args;
    }, true);
  }

  protected inBlock<T>(is: boolean, work: () => T): T {
    const was = this.isInBlock;
    this.isInBlock = is;
    const result = work();
    this.isInBlock = was;
    return result;
  }

  /** `isLeft`: `return` in it leaves the function around it. `do |x| … end`, and in Ruby `{ |x| … }`. */
  protected block(isLeft = this.language === 'ruby'): Expression | undefined {
    const { place } = this.token;
    const isBrace = this.language === 'ruby' && this.is('{');
    if (!isBrace && (this.isBare || !this.is('do'))) return undefined;
    this.at += 1;
    const parameters: Parameter[] = [];
    if (this.takes('|')) {
      while (!this.isOver && !this.takes('|')) {
        if (this.token.kind === 'name') parameters.push({ name: this.token.text, takes: 'one', otherwise: undefined });
        this.at += 1;
      }
    }
    const body = this.inBlock(isLeft, () => (isBrace ? this.body() : this.blockWithRescue(place)));
    if (isBrace) this.takes('}');
    return { kind: 'function', made: { parameters, body: returning(body), ...(isLeft ? { isBlock: true } : {}) }, place: this.since(place) };
  }}
