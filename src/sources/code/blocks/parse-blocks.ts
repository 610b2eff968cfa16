// Reads Ruby or Elixir into a tree: classes, functions, branches, and calls with and without brackets and blocks.

import type { Span } from '../../../text/span.ts';
import type { Argument, Expression, Parameter, Statement, TextPart } from '../tree/tree.ts';
import { tokensOf, type Language, type Segment, type Token } from './tokens.ts';

export interface BlocksModule {
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
}

/** Total: what is not understood is a statement that says so. */
export function parseBlocks(code: string, language: Language): BlocksModule {
  const { tokens, comments } = tokensOf(code, language);
  return { body: new Parser(code, language, tokens).all(), comments };
}

/** What stands in what stands in something: nobody writes deeper. */
const DEEPEST = 60;

const enders: ReadonlySet<string> = new Set(['end', 'else', 'elsif', 'when', 'rescue', 'ensure', 'after', 'catch', 'in']);

const operators: ReadonlySet<string> = new Set(['+', '<>', '%', '==', '!=', '&&', '||', 'and', 'or', '|>', '<<', '-', '*', '/', '<', '>', '<=', '>=', '=>', '++', '..', '...', '===', '<-', '|', '&']);

class Parser {
  readonly #code: string;
  readonly #language: Language;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(code: string, language: Language, tokens: readonly Token[]) {
    this.#code = code;
    this.#language = language;
    this.#tokens = tokens;
  }

  all(): readonly Statement[] {
    const statements: Statement[] = [];
    while (this.#token.kind !== 'end') {
      statements.push(...this.#body());
      this.#at += 1;
    }
    return statements;
  }

  /** Of `#{}`. */
  value(): Expression {
    return this.#expression();
  }

  get #token(): Token {
    return this.#peek(0);
  }

  get #isOver(): boolean {
    return this.#token.kind === 'end';
  }

  #peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', place: { start: this.#code.length, end: this.#code.length }, hasSpace: true };
  }

  #is(...texts: readonly string[]): boolean {
    const { kind, text } = this.#token;
    return (kind === 'name' || kind === 'mark') && texts.includes(text);
  }

  #takes(...texts: readonly string[]): boolean {
    const is = this.#is(...texts);
    if (is) this.#at += 1;
    return is;
  }

  #since({ start }: Span): Span {
    return { start, end: Math.max(start, this.#tokens[this.#at - 1]?.place.end ?? start) };
  }

  #skipLines(): void {
    while (this.#token.kind === 'line' || this.#is(';')) this.#at += 1;
  }

  /** Up to what ends a block, which is left. */
  #body(): readonly Statement[] {
    const statements: Statement[] = [];
    this.#depth += 1;
    for (this.#skipLines(); this.#token.kind !== 'end' && !this.#is('}', ')') && !(this.#token.kind === 'name' && enders.has(this.#token.text)); this.#skipLines()) {
      const before = this.#at;
      if (this.#depth > DEEPEST) this.#at += 1;
      else statements.push(...this.#statement());
      if (this.#at === before) this.#at += 1;
    }
    this.#depth -= 1;
    return statements;
  }

  #statement(): readonly Statement[] {
    const { place } = this.#token;
    if (this.#takes('class', 'module', 'defmodule')) return this.#class(place);
    if (this.#is('def', 'defp') && this.#peek(1).kind === 'name') return [this.#function(place)];
    if (this.#takes('if')) return [this.#if(place, false)];
    if (this.#takes('unless')) return [this.#if(place, true)];
    if (this.#takes('begin')) return [this.#attempt(place)];
    if (this.#is('case', 'while', 'until', 'for', 'cond', 'try', 'with', 'receive', 'quote')) return [this.#unknownBlock(place)];
    if (this.#takes('return')) return [this.#modified({ kind: 'return', value: this.#token.kind === 'line' || this.#is('if', 'unless') ? undefined : this.#expression(), place })];
    if (this.#takes('raise')) return this.#raise(place);
    return [this.#modified(this.#simple(place))];
  }

  #raise(place: Span): readonly Statement[] {
    const statement: Statement = { kind: 'raise', place };
    const isModified = (): boolean => this.#is('if', 'unless');
    while (this.#token.kind !== 'line' && this.#token.kind !== 'end' && !this.#is('}', 'end') && !isModified()) this.#at += 1;
    return [this.#modified(statement)];
  }

  #class(place: Span): readonly Statement[] {
    const name = this.#dotted();
    const bases: Expression[] = this.#takes('<') ? [this.#expression()] : [];
    this.#takes('do');
    const body = this.#body();
    this.#takes('end');
    return [{ kind: 'class', name, bases, body, place }];
  }

  #dotted(): string {
    let path = this.#token.text;
    this.#at += 1;
    while (this.#is('.', '::')) {
      path += `.${this.#peek(1).text}`;
      this.#at += 2;
    }
    return path;
  }

  #function(place: Span): Statement {
    this.#at += 1;
    if (this.#is('self')) this.#at += 2;
    const name = this.#token.text;
    this.#at += 1;
    const parameters = this.#parameters();
    if (this.#token.kind === 'mark' && this.#token.text === ',' && this.#peek(1).kind === 'key') {
      this.#at += 2;
      const value = this.#expression();
      return { kind: 'function', name, made: { parameters, body: [{ kind: 'return', value, place: value.place }] }, place };
    }
    if (this.#takes('=')) return { kind: 'function', name, made: { parameters, body: returning([this.#simple(this.#token.place)]) }, place };
    this.#takes('do');
    const body = this.#blockWithRescue(place);
    return { kind: 'function', name, made: { parameters, body: returning(body) }, place };
  }

  #parameters(): readonly Parameter[] {
    const isInBrackets = this.#takes('(');
    const parameters: Parameter[] = [];
    while (this.#token.kind !== 'end' && !this.#is(')', 'do', '=') && (isInBrackets || this.#token.kind !== 'line') && !(this.#is(',') && this.#peek(1).text === 'do')) {
      const takes = this.#takes('*') ? 'rest' : 'one';
      const { kind, text } = this.#token;
      this.#at += 1;
      if (kind === 'name' || kind === 'key') parameters.push({ name: text, takes, otherwise: this.#takes('=') || (kind === 'key' && !this.#is(',', ')')) ? this.#expression() : undefined });
    }
    if (isInBrackets) this.#takes(')');
    return parameters;
  }

  /** Up to its `end`, with what happens after errors. */
  #blockWithRescue(place: Span): readonly Statement[] {
    const body = this.#body();
    const handlers: (readonly Statement[])[] = [];
    const behind: Statement[] = [];
    while (this.#is('rescue', 'ensure', 'else', 'catch', 'after', 'elsif', 'when', 'in')) {
      const isEnsured = this.#is('ensure', 'after');
      this.#at += 1;
      if (!isEnsured) while (this.#token.kind !== 'line' && this.#token.kind !== 'end') this.#at += 1;
      const inner = this.#body();
      if (isEnsured) behind.push(...inner);
      else handlers.push(inner);
    }
    this.#takes('end');
    return handlers.length + behind.length === 0 ? body : [{ kind: 'attempt', body, handlers, behind, place }];
  }

  #attempt(place: Span): Statement {
    const [first, ...rest] = this.#blockWithRescue(place);
    return first?.kind === 'attempt' && rest.length === 0 ? first : { kind: 'attempt', body: [...(first ? [first] : []), ...rest], handlers: [], behind: [], place };
  }

  #if(place: Span, isNegated: boolean): Statement {
    const written = this.#expression();
    const test: Expression = isNegated ? { kind: 'unary', operator: 'not', operand: written, place: written.place } : written;
    if (this.#takes(',') && this.#token.kind === 'key') {
      this.#at += 1;
      return { kind: 'choice', test, yes: [this.#simple(this.#token.place)], no: [], place };
    }
    this.#takes('then', 'do');
    const yes = this.#body();
    const start = this.#token.place;
    if (this.#takes('elsif')) return { kind: 'choice', test, yes, no: [this.#further(start)], place };
    const no = this.#takes('else') ? this.#body() : [];
    this.#takes('end');
    return { kind: 'choice', test, yes, no, place };
  }

  /** `elsif`. */
  #further(place: Span): Statement {
    if (this.#depth > DEEPEST) return { kind: 'unreadable', place };
    this.#depth += 1;
    const found = this.#if(place, false);
    this.#depth -= 1;
    return found;
  }

  /** Nobody knows how often it runs, or which of its arms. */
  #unknownBlock(place: Span): Statement {
    const test = this.#other(place);
    this.#at += 1;
    while (!/^(?:end|line)$/.test(this.#token.kind) && !this.#is('do')) this.#at += 1;
    this.#takes('do');
    const body: Statement[] = [];
    for (body.push(...this.#body()); !this.#isOver && !this.#takes('end'); body.push(...this.#body())) {
      this.#at += 1;
      while (!/^(?:end|line)$/.test(this.#token.kind) && !this.#is('then', '->')) this.#at += 1;
      this.#takes('then', '->');
    }
    return { kind: 'while', test, body, place };
  }

  #simple(place: Span): Statement {
    const first = this.#expression();
    if (this.#is('=', '+=', '||=')) {
      const operator = this.#token.text === '+=' ? '+=' : '=';
      this.#at += 1;
      this.#skipLines();
      return { kind: 'assignment', targets: [first], operator, value: this.#expression(), place: this.#since(place) };
    }
    const value: Expression = first.kind === 'name' ? { kind: 'call', callee: first, args: [], place: first.place } : first;
    return { kind: 'expression', value, place: this.#since(place) };
  }

  /** `… if …`, `… unless …`. */
  #modified(statement: Statement): Statement {
    const isNegated = this.#is('unless');
    if (!this.#takes('if', 'unless')) return statement;
    const written = this.#expression();
    const test: Expression = isNegated ? { kind: 'unary', operator: 'not', operand: written, place: written.place } : written;
    return { kind: 'choice', test, yes: [statement], no: [], place: statement.place };
  }

  #expression(): Expression {
    const { place } = this.#token;
    if (this.#depth > DEEPEST) {
      this.#at += 1;
      return this.#other(place);
    }
    this.#depth += 1;
    let left = this.#unary();
    while (this.#token.kind !== 'line' ? operators.has(this.#token.text) && this.#token.kind !== 'text' : this.#goesOn()) {
      this.#skipLines();
      const operator = this.#token.text;
      this.#at += 1;
      this.#skipLines();
      const right = this.#unary();
      left = combined(operator, left, right, this.#since(place));
    }
    if (this.#is('?')) left = this.#choice(left, place);
    this.#depth -= 1;
    return left;
  }

  /** A line that begins with `|>` or `.` goes on with the one before. */
  #goesOn(): boolean {
    let ahead = 0;
    while (this.#peek(ahead).kind === 'line') ahead += 1;
    return this.#peek(ahead).kind === 'mark' && this.#peek(ahead).text === '|>';
  }

  #choice(test: Expression, place: Span): Expression {
    this.#at += 1;
    const yes = this.#expression();
    this.#takes(':');
    return { kind: 'choice', test, yes, no: this.#expression(), place: this.#since(place) };
  }

  #unary(): Expression {
    const { place, text } = this.#token;
    if (this.#takes('!', 'not', '-', '&', '*', '**', '^')) return { kind: 'unary', operator: text === '-' ? '-' : text === '!' || text === 'not' ? 'not' : text, operand: this.#trailers(this.#atom(), place), place: this.#since(place) };
    return this.#trailers(this.#atom(), place);
  }

  #trailers(first: Expression, start: Span): Expression {
    let object = first;
    for (;;) {
      if (this.#isDotNext()) {
        this.#skipLines();
        this.#at += 1;
        const { text: name, place: at } = this.#token;
        this.#at += 1;
        object = this.#called({ kind: 'member', object, name, at, place: this.#since(start) }, start);
      } else if (this.#is('[') && !this.#token.hasSpace) {
        this.#at += 1;
        const [key] = this.#items(']');
        object = key ? { kind: 'item', object, key: key.value, place: this.#since(start) } : this.#other(start);
      } else return object;
    }
  }

  #isDotNext(): boolean {
    let ahead = 0;
    while (this.#peek(ahead).kind === 'line') ahead += 1;
    const { kind, text } = this.#peek(ahead);
    return kind === 'mark' && (text === '.' || text === '&.' || (text === '::' && ahead === 0)) && (ahead === 0 || text !== '::');
  }

  /** With its arguments and its block, where there are some. */
  #called(callee: Expression, start: Span): Expression {
    const args: Argument[] = [];
    let isCall = false;
    if (this.#is('(') && !this.#token.hasSpace) {
      this.#at += 1;
      args.push(...this.#items(')'));
      isCall = true;
    } else if (this.#beginsArgument()) {
      args.push(...this.#bareArguments());
      isCall = true;
    }
    const block = this.#block();
    if (block) args.push({ name: undefined, value: block, isSpread: false });
    const isMethod = callee.kind === 'member' && !/^[A-Z]/.test(callee.name);
    return isCall || block || isMethod ? { kind: 'call', callee, args, place: this.#since(start) } : callee;
  }

  #beginsArgument(): boolean {
    const { kind, text, hasSpace } = this.#token;
    if (!hasSpace) return false;
    if (kind === 'text' || kind === 'symbol' || kind === 'key' || kind === 'number') return true;
    if (kind === 'name') return !/^(?:do|if|unless|then|and|or|end|else|in|rescue|while|until|when)$/.test(text);
    const isTight = !this.#peek(1).hasSpace;
    return kind === 'mark' && (text === '[' || text === '->' || (/^[*&:~-]$/.test(text) && isTight) || (text === '(' && isTight) || (text === '%' && isTight && this.#language === 'elixir'));
  }

  #bareArguments(): readonly Argument[] {
    const args: Argument[] = [];
    do {
      this.#skipLines();
      args.push(this.#argument());
    } while (this.#takes(','));
    return args;
  }

  #items(close: string): readonly Argument[] {
    const args: Argument[] = [];
    for (this.#skipLines(); !this.#isOver && !this.#takes(close); this.#skipLines()) {
      const before = this.#at;
      args.push(this.#argument());
      this.#skipLines();
      this.#takes(',');
      if (this.#at === before) this.#at += 1;
    }
    return args;
  }

  #argument(): Argument {
    const { kind, text } = this.#token;
    if (kind === 'key') {
      this.#at += 1;
      this.#skipLines();
      return { name: text, value: this.#expression(), isSpread: false };
    }
    const isSpread = this.#takes('**', '*');
    return { name: undefined, value: this.#expression(), isSpread };
  }

  /** `do |x| … end`, and in Ruby `{ |x| … }`. */
  #block(): Expression | undefined {
    const { place } = this.#token;
    const isBrace = this.#language === 'ruby' && this.#is('{');
    if (!isBrace && !this.#is('do')) return undefined;
    this.#at += 1;
    const parameters: Parameter[] = [];
    if (this.#takes('|')) {
      while (!this.#isOver && !this.#takes('|')) {
        if (this.#token.kind === 'name') parameters.push({ name: this.#token.text, takes: 'one', otherwise: undefined });
        this.#at += 1;
      }
    }
    const body = isBrace ? this.#body() : this.#blockWithRescue(place);
    if (isBrace) this.#takes('}');
    return { kind: 'function', made: { parameters, body: returning(body) }, place: this.#since(place) };
  }

  #atom(): Expression {
    const { kind, text, place } = this.#token;
    if (kind === 'text') return this.#text();
    if (this.#is('if', 'unless', 'case', 'begin', 'while', 'until', 'for', 'cond', 'try', 'with', 'receive', 'quote')) return this.#blockAsValue(place);
    if (kind === 'line' || kind === 'end') return this.#other(place);
    this.#at += 1;
    if (kind === 'number') return { kind: 'constant', value: Number(text.replaceAll('_', '')), place };
    if (kind === 'symbol') return { kind: 'text', parts: [{ kind: 'written', piece: { text, place } }], place };
    if (kind === 'mark' && text === '(') return this.#brackets(place);
    if (kind === 'mark' && text === '[') return { kind: 'list', items: this.#items(']'), place: this.#since(place) };
    if (kind === 'mark' && (text === '{' || (text === '%' && this.#takes('{')))) return { kind: 'other', parts: this.#items('}').map(({ value }) => value), place: this.#since(place) };
    if (kind === 'mark' && text === '->') return this.#block() ?? this.#other(place);
    if (kind !== 'name') return this.#other(place);
    if (text === 'fn') return this.#lambda(place);
    const constant = constants.get(text);
    return constant === undefined ? this.#called({ kind: 'name', name: text, place }, place) : { kind: 'constant', value: constant, place };
  }

  /** `sql = if … end`: as a function that is called at once. */
  #blockAsValue(place: Span): Expression {
    const made = { parameters: [], body: returning(this.#statement()) };
    return { kind: 'call', callee: { kind: 'function', made, place: this.#since(place) }, args: [], place: this.#since(place) };
  }

  #brackets(place: Span): Expression {
    const [first, ...others] = this.#items(')');
    return first && others.length === 0 ? first.value : this.#other(place);
  }

  /** `fn x -> … end`. */
  #lambda(place: Span): Expression {
    const parameters: Parameter[] = [];
    while (!/^(?:end|line)$/.test(this.#token.kind) && !this.#is('->')) {
      if (this.#token.kind === 'name') parameters.push({ name: this.#token.text, takes: 'one', otherwise: undefined });
      this.#at += 1;
    }
    this.#takes('->');
    const body = this.#body();
    this.#takes('end');
    return { kind: 'function', made: { parameters, body: returning(body) }, place: this.#since(place) };
  }

  /** Texts behind each other are one in Ruby. */
  #text(): Expression {
    const { place, segments = [] } = this.#token;
    if (/^(?:%[wWiI]|~w)/.test(this.#code.slice(place.start, place.start + 2))) {
      this.#at += 1;
      return { kind: 'list', items: segments.flatMap(wordsIn), place };
    }
    const parts: TextPart[] = [];
    for (let token = this.#token; token.kind === 'text'; token = this.#token) {
      parts.push(...(token.segments ?? []).map((segment): TextPart => (segment.kind === 'written' ? segment : { kind: 'inserted', value: this.#inserted(segment.code), place: segment.place })));
      this.#at += 1;
    }
    return { kind: 'text', parts, place: this.#since(place) };
  }

  #inserted({ start, end }: Span): Expression {
    if (this.#depth > 10) return { kind: 'other', parts: [], place: { start, end } };
    const inner = new Parser(this.#code, this.#language, tokensOf(this.#code, this.#language, start, end).tokens);
    inner.#depth = this.#depth + 1;
    return inner.value();
  }

  #other(start: Span): Expression {
    return { kind: 'other', parts: [], place: this.#since(start) };
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['nil', null]]);

/** The last expression of a function is its result, and that of a branch where it is the last of a function. */
function returning(body: readonly Statement[]): readonly Statement[] {
  const last = body.at(-1);
  const before = body.slice(0, -1);
  if (last?.kind === 'expression') return [...before, { kind: 'return', value: last.value, place: last.place }];
  return last?.kind === 'choice' && last.no.length > 0 ? [...before, { ...last, yes: returning(last.yes), no: returning(last.no) }] : body;
}

/** Of `%w[a b]`. */
function wordsIn(segment: Segment): readonly Argument[] {
  if (segment.kind === 'inserted') return [{ name: undefined, value: { kind: 'other', parts: [], place: segment.place }, isSpread: false }];
  const { text, place } = segment.piece;
  return Array.from(text.matchAll(/\S+/g), ({ 0: word, index }): Argument => {
    const at = { start: place.start + index, end: place.start + index + word.length };
    return { name: undefined, value: { kind: 'text', parts: [{ kind: 'written', piece: { text: word, place: at } }], place: at }, isSpread: false };
  });
}

/** `a |> f(b)` is `f(a, b)`. */
function combined(operator: string, left: Expression, right: Expression, place: Span): Expression {
  if (operator === '|>' && right.kind === 'call') return { ...right, args: [{ name: undefined, value: left, isSpread: false }, ...right.args], place };
  if (operator === '|>' && right.kind === 'name') return { kind: 'call', callee: right, args: [{ name: undefined, value: left, isSpread: false }], place };
  const same: Readonly<Record<string, string>> = { '<>': '+', '&&': 'and', '||': 'or', '++': '+' };
  return { kind: 'binary', operator: same[operator] ?? operator, left, right, place };
}
