// Reads Ruby or Elixir into a tree: classes, functions, branches, and calls with and without brackets and blocks.

import type { Span } from '../../../text/span.ts';
import type { Expression, Parameter, Statement } from '../tree/tree.ts';
import { ExpressionReader } from './expressions.ts';
import { negated, returning } from './shapes.ts';
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

class BlocksReader extends ExpressionReader {
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
    if (this.takes('if')) return [this.#if(place, false)];
    if (this.takes('unless')) return [this.#if(place, true)];
    if (this.takes('begin')) return [this.#attempt(place)];
    if (this.is('case', 'while', 'until', 'for', 'cond', 'try', 'with', 'receive', 'quote')) return [this.#unknownBlock(place)];
    if (this.takes('return')) return [this.#modified({ kind: 'return', value: this.token.kind === 'line' || this.is('if', 'unless') ? undefined : this.expression(), place })];
    if (this.takes('raise')) return this.#raise(place);
    return [this.#modified(this.#simple(place))];
  }

  #raise(place: Span): readonly Statement[] {
    const statement: Statement = { kind: 'raise', place };
    const isModified = (): boolean => this.is('if', 'unless');
    while (this.token.kind !== 'line' && this.token.kind !== 'end' && !this.is('}', 'end') && !isModified()) this.at += 1;
    return [this.#modified(statement)];
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
    if (this.takes('=')) return { kind: 'function', name, made: { parameters, body: returning([this.#simple(this.token.place)]) }, place };
    this.takes('do');
    const body = this.blockWithRescue(place);
    return { kind: 'function', name, made: { parameters, body: returning(body) }, place };
  }

  #parameters(): readonly Parameter[] {
    const isInBrackets = this.takes('(');
    const parameters: Parameter[] = [];
    while (this.token.kind !== 'end' && !this.is(')', 'do', '=') && (isInBrackets || this.token.kind !== 'line') && !(this.is(',') && this.peek(1).text === 'do')) {
      const takes = this.takes('*') ? 'rest' : 'one';
      const { kind, text } = this.token;
      this.at += 1;
      if (kind === 'name' || kind === 'key') parameters.push({ name: text, takes, otherwise: this.takes('=') || (kind === 'key' && !this.is(',', ')')) ? this.expression() : undefined });
    }
    if (isInBrackets) this.takes(')');
    return parameters;
  }

  /** Up to its `end`, with what happens after errors. */
  protected blockWithRescue(place: Span): readonly Statement[] {
    const body = this.body();
    const handlers: (readonly Statement[])[] = [];
    const behind: Statement[] = [];
    while (this.is('rescue', 'ensure', 'else', 'catch', 'after', 'elsif', 'when', 'in')) {
      const isEnsured = this.is('ensure', 'after');
      this.at += 1;
      if (!isEnsured) while (this.token.kind !== 'line' && this.token.kind !== 'end') this.at += 1;
      const inner = this.body();
      if (isEnsured) behind.push(...inner);
      else handlers.push(inner);
    }
    this.takes('end');
    return handlers.length + behind.length === 0 ? body : [{ kind: 'attempt', body, handlers, behind, place }];
  }

  #attempt(place: Span): Statement {
    const [first, ...rest] = this.blockWithRescue(place);
    return first?.kind === 'attempt' && rest.length === 0 ? first : { kind: 'attempt', body: [...(first ? [first] : []), ...rest], handlers: [], behind: [], place };
  }

  #if(place: Span, isNegated: boolean): Statement {
    const written = this.wholly(() => this.expression(), true);
    const test = isNegated ? negated(written) : written;
    if (this.takes(',')) return { kind: 'choice', test, yes: this.#keyed('do'), no: this.takes(',') ? this.#keyed('else') : [], place };
    this.takes('then', 'do');
    const yes = this.body();
    const start = this.token.place;
    if (this.takes('elsif')) return { kind: 'choice', test, yes, no: [this.#further(start)], place };
    const no = this.takes('else') ? this.body() : [];
    this.takes('end');
    return { kind: 'choice', test, yes, no, place };
  }

  /** `do: …`. */
  #keyed(key: string): readonly Statement[] {
    this.skipLines();
    if (this.token.kind !== 'key' || this.token.text !== key) return [];
    this.at += 1;
    return [this.#simple(this.token.place)];
  }

  /** `elsif`. */
  #further(place: Span): Statement {
    if (this.isTooDeep) return { kind: 'unreadable', place };
    this.depth += 1;
    const found = this.#if(place, false);
    this.depth -= 1;
    return found;
  }

  /** Nobody knows how often it runs, or which of its arms. */
  #unknownBlock(place: Span): Statement {
    const test = this.other(place);
    this.at += 1;
    while (!/^(?:end|line)$/.test(this.token.kind) && !this.is('do')) this.at += 1;
    this.takes('do');
    const body: Statement[] = [];
    for (body.push(...this.body()); !this.isOver && !this.takes('end'); body.push(...this.body())) {
      this.at += 1;
      while (!/^(?:end|line)$/.test(this.token.kind) && !this.is('then', '->')) this.at += 1;
      this.takes('then', '->');
    }
    return { kind: 'while', test, body, place };
  }

  #simple(place: Span): Statement {
    const first = this.expression();
    if (this.is('=', '+=', '||=')) {
      const operator = this.token.text === '+=' ? '+=' : '=';
      this.at += 1;
      this.skipLines();
      return { kind: 'assignment', targets: [first], operator, value: this.expression(), place: this.since(place) };
    }
    const value: Expression = first.kind === 'name' ? { kind: 'call', callee: first, args: [], place: first.place } : first;
    return { kind: 'expression', value, place: this.since(place) };
  }

  /** `… if …`, `… unless …`. */
  #modified(statement: Statement): Statement {
    const isNegated = this.is('unless');
    if (!this.takes('if', 'unless')) return statement;
    const written = this.expression();
    const test = isNegated ? negated(written) : written;
    return { kind: 'choice', test, yes: [statement], no: [], place: statement.place };
  }
}
