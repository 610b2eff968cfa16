// Reads a file of Go into a tree: its functions and constants, with their statements. Source: go.dev/ref/spec.

import type { Span } from '../../../text/span.ts';
import type { Argument, Expression, Parameter, Statement } from '../tree/tree.ts';
import { tokensOf, type Token } from './tokens.ts';

export interface GoFile {
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
}

/** Total: what is not understood is a statement that says so. */
export function parseGo(code: string): GoFile {
  const { tokens, comments } = tokensOf(code);
  return { body: new Parser(tokens, code.length).file(), comments };
}

/** What stands in what stands in something: nobody writes deeper. */
const DEEPEST = 60;

const operators: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '==', '!=', '<', '>', '<=', '>=', '&&', '||', '&', '|', '^']);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #length: number;
  #at = 0;
  #depth = 0;
  /** In the head of `if` and its like, a brace begins the block. */
  #isInHead = false;

  constructor(tokens: readonly Token[], length: number) {
    this.#tokens = tokens;
    this.#length = length;
  }

  file(): readonly Statement[] {
    const statements: Statement[] = [];
    while (!this.#isOver) {
      const { place } = this.#token;
      if (this.#takes('func')) statements.push(...this.#function(place));
      else if (this.#is('const', 'var')) statements.push(...this.#declarations(place));
      else this.#skipDeclaration();
    }
    return statements;
  }

  get #token(): Token {
    return this.#peek(0);
  }

  get #isOver(): boolean {
    return this.#token.kind === 'end';
  }

  get #isAtLineEnd(): boolean {
    return this.#token.kind === 'line' || this.#is('}');
  }

  #peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', place: { start: this.#length, end: this.#length }, pieces: [] };
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

  #takesLine(): boolean {
    const is = this.#token.kind === 'line';
    if (is) this.#at += 1;
    return is;
  }

  #since({ start }: Span): Span {
    return { start, end: Math.max(start, this.#tokens[this.#at - 1]?.place.end ?? start) };
  }

  /** Package, imports, types: with what stands in their brackets. */
  #skipDeclaration(): void {
    while (!this.#isOver && this.#token.kind !== 'line') this.#skipOne();
    this.#at += 1;
  }

  /** A token, or all from a bracket to its other half. */
  #skipOne(): void {
    let open = 0;
    do {
      if (this.#is('(', '[', '{')) open += 1;
      if (this.#is(')', ']', '}')) open -= 1;
      this.#at += 1;
    } while (open > 0 && !this.#isOver);
  }

  #function(place: Span): readonly Statement[] {
    const isMethod = this.#is('(');
    if (isMethod) this.#skipOne();
    const { text: name } = this.#token;
    this.#at += 1;
    if (this.#is('[')) this.#skipOne();
    const parameters = this.#parameters();
    this.#skipResults();
    const body = this.#block();
    return isMethod ? [] : [{ kind: 'function', name, made: { parameters, body }, place }];
  }

  /** The names, each behind the bracket or a comma. */
  #parameters(): readonly Parameter[] {
    const parameters: Parameter[] = [];
    if (!this.#takes('(')) return parameters;
    while (!this.#isOver && !this.#takes(')')) {
      if (this.#token.kind === 'name') parameters.push({ name: this.#token.text, takes: 'one', otherwise: undefined });
      while (!this.#isOver && !this.#is(',', ')')) this.#skipOne();
      this.#takes(',');
      if (this.#token.kind === 'line') this.#at += 1;
    }
    return parameters;
  }

  #skipResults(): void {
    while (!this.#isOver && this.#token.kind !== 'line' && !this.#is('{')) this.#skipOne();
  }

  /** `const a = …`, `var ( a = …; b = … )`. */
  #declarations(place: Span): readonly Statement[] {
    this.#at += 1;
    if (!this.#takes('(')) return this.#declaration(place);
    const statements: Statement[] = [];
    while (!this.#isOver && !this.#takes(')')) {
      if (this.#token.kind === 'line') this.#at += 1;
      else statements.push(...this.#declaration(this.#token.place));
    }
    return statements;
  }

  #declaration(place: Span): readonly Statement[] {
    const targets: Expression[] = [];
    do {
      const { text: name, place: at } = this.#token;
      targets.push({ kind: 'name', name, place: at });
      this.#at += 1;
    } while (this.#takes(','));
    while (!this.#isOver && this.#token.kind !== 'line' && !this.#is('=', ')')) this.#skipOne();
    return this.#takes('=') ? [this.#assignment(targets, '=', place)] : [];
  }

  #assignment(targets: readonly Expression[], operator: string, place: Span): Statement {
    const values = this.#list();
    const [value, ...others] = values;
    const [target, ...further] = targets;
    if (value && others.length === 0 && target && further.length > 0) return { kind: 'assignment', targets: [], operator: '=', value, place: this.#since(place) };
    if (value && others.length === 0) return { kind: 'assignment', targets, operator, value, place: this.#since(place) };
    const items = values.map((one): Argument => ({ name: undefined, value: one, isSpread: false }));
    const names = targets.map((one): Argument => ({ name: undefined, value: one, isSpread: false }));
    return { kind: 'assignment', targets: [{ kind: 'list', items: names, place }], operator: '=', value: { kind: 'list', items, place }, place: this.#since(place) };
  }

  #list(): readonly Expression[] {
    const all = [this.#expression()];
    while (this.#takes(',')) all.push(this.#expression());
    return all;
  }

  #block(): readonly Statement[] {
    if (!this.#takes('{')) return [];
    return this.#plainly(() => {
      const statements: Statement[] = [];
      this.#depth += 1;
      while (!this.#isOver && !this.#takes('}')) {
        const before = this.#at;
        if (this.#depth > DEEPEST) this.#skipOne();
        else statements.push(...this.#statement());
        if (this.#at === before) this.#at += 1;
      }
      this.#depth -= 1;
      return statements;
    });
  }

  #plainly<T>(work: () => T): T {
    const was = this.#isInHead;
    this.#isInHead = false;
    const result = work();
    this.#isInHead = was;
    return result;
  }

  #statement(): readonly Statement[] {
    const { place } = this.#token;
    if (this.#takesLine()) return [];
    if (this.#is('const', 'var')) return this.#declarations(place);
    if (this.#takes('if')) return this.#if(place);
    if (this.#takes('for')) return [this.#for(place)];
    if (this.#takes('switch', 'select')) return [this.#switch(place)];
    if (this.#takes('return')) return [{ kind: 'return', value: this.#isAtLineEnd ? undefined : together(this.#list(), place), place }];
    if (this.#takes('break')) return [{ kind: 'leave', to: 'end', place }];
    if (this.#takes('continue')) return [{ kind: 'leave', to: 'next', place }];
    if (this.#takes('defer')) return this.#deferred(place);
    this.#takes('go');
    return [this.#simple(place)];
  }

  /** What ends or closes something has no say; anything else runs later than it stands. */
  #deferred(place: Span): readonly Statement[] {
    const value = this.#expression();
    const isClosing = value.kind === 'call' && value.callee.kind === 'member' && /^(?:Close|Rollback|Unlock|Done)$/.test(value.callee.name);
    return isClosing ? [] : [{ kind: 'choice', test: { kind: 'other', parts: [], place }, yes: [{ kind: 'expression', value, place }], no: [], place }];
  }

  #simple(place: Span): Statement {
    const targets = this.#list();
    const { text } = this.#token;
    if (this.#takes('=', ':=', '+=', '-=', '|=')) return this.#assignment(targets, text === '+=' ? '+=' : '=', place);
    this.#takes('++', '--');
    return { kind: 'expression', value: together(targets, place), place: this.#since(place) };
  }

  #head<T>(work: () => T): T {
    const was = this.#isInHead;
    this.#isInHead = true;
    const result = work();
    this.#isInHead = was;
    return result;
  }

  /** `if a := f(); a != nil {`. */
  #if(place: Span): readonly Statement[] {
    const parts = this.#head(() => {
      const found: Statement[] = [];
      do found.push(this.#simple(this.#token.place));
      while (this.#takesLine());
      return found;
    });
    const last = parts.at(-1);
    const test: Expression = last?.kind === 'expression' ? last.value : { kind: 'other', parts: [], place };
    const yes = this.#block();
    const start = this.#token.place;
    const no = this.#takes('else') ? (this.#takes('if') ? this.#further(start) : this.#block()) : [];
    return [...parts.slice(0, -1), { kind: 'choice', test, yes, no, place }];
  }

  /** `else if`. */
  #further(place: Span): readonly Statement[] {
    if (this.#depth > DEEPEST) return [{ kind: 'unreadable', place }];
    this.#depth += 1;
    const found = this.#if(place);
    this.#depth -= 1;
    return found;
  }

  /** `for _, x := range list {`; of any other one nobody counts the rounds. */
  #for(place: Span): Statement {
    const names: Expression[] = [];
    let of: Expression | undefined;
    this.#head(() => {
      while (!this.#isOver && !this.#is('{')) {
        if (this.#takes('range')) of = this.#expression();
        else if (this.#token.kind === 'name' && of === undefined) {
          names.push({ kind: 'name', name: this.#token.text, place: this.#token.place });
          this.#at += 1;
        } else this.#skipOne();
      }
    });
    const body = this.#block();
    const pattern = names[1];
    if (of === undefined || pattern === undefined) return { kind: 'while', test: { kind: 'other', parts: [], place }, body, place };
    return { kind: 'each', pattern, of, body, behind: [], place };
  }

  /** Nobody knows which of its arms runs. */
  #switch(place: Span): Statement {
    while (!this.#isOver && !this.#is('{')) this.#skipOne();
    this.#takes('{');
    const body: Statement[] = [];
    this.#depth += 1;
    while (!this.#isOver && !this.#takes('}')) {
      const before = this.#at;
      if (this.#takes('case', 'default')) while (!this.#isOver && !this.#takes(':')) this.#skipOne();
      else if (this.#depth > DEEPEST) this.#skipOne();
      else body.push({ kind: 'choice', test: { kind: 'other', parts: [], place }, yes: this.#statement(), no: [], place });
      if (this.#at === before) this.#at += 1;
    }
    this.#depth -= 1;
    return { kind: 'while', test: { kind: 'other', parts: [], place }, body, place };
  }

  #expression(): Expression {
    const { place } = this.#token;
    if (this.#depth > DEEPEST) {
      this.#skipOne();
      return { kind: 'other', parts: [], place };
    }
    this.#depth += 1;
    let left = this.#unary();
    while (this.#token.kind === 'mark' && operators.has(this.#token.text)) {
      const operator = this.#token.text;
      this.#at += 1;
      const right = this.#unary();
      left = combined(operator, left, right, this.#since(place));
    }
    this.#depth -= 1;
    return left;
  }

  #unary(): Expression {
    const { place, text } = this.#token;
    if (this.#takes('!')) return { kind: 'unary', operator: 'not', operand: this.#trailers(this.#atom(), place), place: this.#since(place) };
    if (this.#takes('-', '+', '*', '&', '<-', '^')) return text === '&' || text === '*' ? this.#trailers(this.#atom(), place) : { kind: 'unary', operator: text, operand: this.#trailers(this.#atom(), place), place: this.#since(place) };
    return this.#trailers(this.#atom(), place);
  }

  #trailers(first: Expression, start: Span): Expression {
    let object = first;
    for (;;) {
      if (this.#is('.') && this.#peek(1).kind === 'name') {
        const { text: name, place: at } = this.#peek(1);
        this.#at += 2;
        object = { kind: 'member', object, name, at, place: this.#since(start) };
      } else if (this.#takes('(')) object = { kind: 'call', callee: object, args: this.#arguments(')'), place: this.#since(start) };
      else if (this.#is('[') || this.#is('.')) {
        if (this.#is('.')) this.#at += 1;
        this.#skipOne();
        object = { kind: 'other', parts: [object], place: this.#since(start) };
      } else if (this.#is('{') && !this.#isInHead && (object.kind === 'name' || object.kind === 'member')) {
        this.#skipOne();
        object = { kind: 'other', parts: [], place: this.#since(start) };
      } else return object;
    }
  }

  #arguments(close: string): readonly Argument[] {
    return this.#plainly(() => {
      const args: Argument[] = [];
      while (!this.#isOver && !this.#takes(close)) {
        const before = this.#at;
        if (this.#token.kind === 'line') this.#at += 1;
        else {
          const value = this.#expression();
          args.push({ name: undefined, value, isSpread: this.#takes('...') });
        }
        this.#takes(',', ':');
        if (this.#at === before) this.#at += 1;
      }
      return args;
    });
  }

  #atom(): Expression {
    const { kind, text, place, pieces } = this.#token;
    if (kind === 'line' || kind === 'end') return { kind: 'other', parts: [], place };
    if (this.#is('[')) return this.#literalList(place);
    if (this.#is('{')) {
      this.#skipOne();
      return { kind: 'other', parts: [], place: this.#since(place) };
    }
    this.#at += 1;
    if (kind === 'text') return { kind: 'text', parts: pieces.map((piece) => ({ kind: 'written', piece })), place };
    if (kind === 'number') return Number.isNaN(Number(text)) ? { kind: 'other', parts: [], place } : { kind: 'constant', value: Number(text), place };
    if (kind === 'mark' && text === '(') {
      const [first] = this.#arguments(')');
      return first?.value ?? { kind: 'other', parts: [], place };
    }
    if (kind === 'mark') return { kind: 'other', parts: [], place };
    if (text === 'func') {
      const parameters = this.#parameters();
      this.#skipResults();
      return { kind: 'function', made: { parameters, body: this.#block() }, place: this.#since(place) };
    }
    const constant = constants.get(text);
    return constant === undefined ? { kind: 'name', name: text, place } : { kind: 'constant', value: constant, place };
  }

  /** `[]string{"a", "b"}`; of any other type it is not followed. */
  #literalList(place: Span): Expression {
    this.#skipOne();
    while (this.#token.kind === 'name' || this.#is('.', '*', '[')) this.#skipOne();
    if (this.#is('(')) {
      this.#at += 1;
      const [first] = this.#arguments(')');
      return first?.value ?? { kind: 'other', parts: [], place };
    }
    if (!this.#takes('{')) return { kind: 'other', parts: [], place: this.#since(place) };
    return { kind: 'list', items: this.#arguments('}'), place: this.#since(place) };
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['nil', null]]);

/** The results of a function are one here. */
function together(values: readonly Expression[], place: Span): Expression {
  const [first, ...others] = values;
  return first && others.length === 0 ? first : { kind: 'other', parts: values, place };
}

/** Without errors: where there is one, the migration fails. */
function combined(operator: string, left: Expression, right: Expression, place: Span): Expression {
  const isOfError = left.kind === 'name' && /err$/i.test(left.name) && right.kind === 'constant' && right.value === null;
  if (isOfError && (operator === '!=' || operator === '==')) return { kind: 'constant', value: operator === '==', place };
  const same: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or' };
  return { kind: 'binary', operator: same[operator] ?? operator, left, right, place };
}
