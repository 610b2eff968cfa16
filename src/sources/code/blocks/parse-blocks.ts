// Reads Ruby or Elixir into a tree: classes, functions, branches, and calls with and without brackets and blocks.

import type { Span } from '../../../text/span.ts';
import type { Expression, Parameter, Statement } from '../tree/tree.ts';
import { BranchReader } from './branches.ts';
import { returning } from './shapes.ts';
import { tokensOf, type Language, type Token } from './tokens.ts';

export interface BlocksModule {
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
}

/** Total: what is not understood is a statement that says so. */
export function parseBlocks(code: string, language: Language): BlocksModule {
  const { tokens, comments } = tokensOf(code, language);
  return { body: new BlocksReader(code, language, tokens).all(), comments };
}

const enders: ReadonlySet<string> = new Set(['end', 'else', 'elsif', 'when', 'rescue', 'ensure', 'after', 'catch', 'in']);

class BlocksReader extends BranchReader {
  all(): readonly Statement[] {
    const statements: Statement[] = [];
    while (!this.isOver) {
      statements.push(...this.body());
      this.at += 1;
    }
    return statements;
  }

  protected valueIn(tokens: readonly Token[]): Expression {
    return new BlocksReader(this.code, this.language, tokens, this.depth + 1).expression();
  }

  /** Up to what ends a block, which is left. */
  protected body(): readonly Statement[] {
    return this.wholly(() => this.#statements());
  }

  #statements(): readonly Statement[] {
    const statements: Statement[] = [];
    this.depth += 1;
    for (this.skipLines(); this.token.kind !== 'end' && !this.is('}', ')') && !(this.token.kind === 'name' && enders.has(this.token.text)); this.skipLines()) {
      const before = this.at;
      if (this.isTooDeep) this.at += 1;
      else statements.push(...this.statement());
      if (this.at === before) this.at += 1;
    }
    this.depth -= 1;
    return statements;
  }

  protected statement(): readonly Statement[] {
    const { place } = this.token;
    if (this.takes('class', 'module', 'defmodule')) return this.#class(place);
    if (this.is('def', 'defp') && this.peek(1).kind === 'name') return [this.#function(place)];
    if (this.takes('if')) return [this.if(place, false)];
    if (this.takes('unless')) return [this.if(place, true)];
    if (this.takes('begin')) return [this.attempt(place)];
    if (this.is('for')) return [this.for(place)];
    if (this.is('case', 'while', 'until', 'cond', 'try', 'with', 'receive', 'quote')) return [this.unknownBlock(place)];
    if (this.takes('return')) return [this.modified(this.#leaving(place, this.isInBlock))];
    if (this.language === 'ruby' && this.is('next', 'break') && this.isInBlock) return [this.modified(this.takes('next') ? this.#leaving(place, false) : this.#broken(place))];
    if (this.takes('raise')) return this.raise(place);
    return [this.modified(this.simple(place))];
  }

  /** `return`, with a value or without one. `isAround`: the function around a block is left. */
  #leaving(place: Span, isAround: boolean): Statement {
    const value = this.token.kind === 'line' || this.is('if', 'unless', '}', 'end') ? undefined : this.expression();
    return isAround ? { kind: 'leave', to: 'function', place } : { kind: 'return', value, place };
  }

  #broken(place: Span): Statement {
    this.at += 1;
    return { kind: 'leave', to: 'end', place };
  }

  #class(place: Span): readonly Statement[] {
    const name = this.#dotted();
    const bases: Expression[] = this.takes('<') ? [this.expression()] : [];
    this.takes('do');
    const body = this.body();
    this.takes('end');
    return [{ kind: 'class', name, bases, body, place }];
  }

  #dotted(): string {
    let path = this.token.text;
    this.at += 1;
    while (this.is('.', '::')) {
      path += `.${this.peek(1).text}`;
      this.at += 2;
    }
    return path;
  }

  #function(place: Span): Statement {
    this.at += 1;
    if (this.is('self')) this.at += 2;
    const name = this.token.text;
    this.at += 1;
    const parameters = this.#parameters();
    if (this.token.kind === 'mark' && this.token.text === ',' && this.peek(1).kind === 'key') {
      this.at += 2;
      const value = this.expression();
      return { kind: 'function', name, made: { parameters, body: [{ kind: 'return', value, place: value.place }] }, place };
    }
    if (this.takes('=')) return { kind: 'function', name, made: { parameters, body: returning([this.simple(this.token.place)]) }, place };
    this.takes('do');
    const body = this.inBlock(false, () => this.blockWithRescue(place));
    return { kind: 'function', name, made: { parameters, body: returning(body) }, place };
  }

  #parameters(): readonly Parameter[] {
    const isInBrackets = this.takes('(');
    const parameters: Parameter[] = [];
    while (this.token.kind !== 'end' && !this.is(')', 'do', '=') && (isInBrackets || this.token.kind !== 'line') && !(this.is(',') && this.peek(1).text === 'do')) {
      const takes = this.takes('**') ? 'named-rest' : this.takes('*') ? 'rest' : 'one';
      const { kind, text } = this.token;
      this.at += 1;
      if (kind === 'name' || kind === 'key') parameters.push({ name: text, takes, otherwise: this.takes('=') || (kind === 'key' && !this.is(',', ')')) ? this.expression() : undefined });
    }
    if (isInBrackets) this.takes(')');
    return parameters;
  }

}
