// The tokens of Python: names, numbers, texts, marks, and the lines and indents that say what belongs together.
// Source: docs.python.org/3/reference/lexical_analysis.html.

import type { Span } from '../../../text/span.ts';

export type Token = { readonly place: Span } & (
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  /** `prefix` in lower case; `inner`: between the quotes. */
  | { readonly kind: 'text'; readonly text: string; readonly prefix: string; readonly inner: Span }
  | { readonly kind: 'mark'; readonly text: string }
  /** `line`: its end · `indent`, `dedent`: a block begins or ends · `end`: of the code. */
  | { readonly kind: 'line' | 'indent' | 'dedent' | 'end'; readonly text: '' }
);

export interface Tokens {
  readonly tokens: readonly Token[];
  /** From `#` to the end of the line. */
  readonly comments: readonly Span[];
}

/** `start`, `end`: of an expression in a text, which has no lines. */
export function tokensOf(code: string, start = 0, end = code.length): Tokens {
  const reader = new Reader(code, start, end);
  reader.read();
  return reader;
}

const blank = /[ \t\f]*/y;
const name = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy;
const number = /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?|\.\d[\d_]*(?:[eE][+-]?\d+)?)[jJ]?/y;
const mark = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|>>|<<|[!=<>+\-*/%&|^@]=|[^\s\w]/uy;
const opening = /(?<prefix>[rRbBuUfFtT]{0,2})(?<quote>"""|'''|"|')/y;
const lineEnd = /\r\n?|\n/y;

class Reader implements Tokens {
  readonly tokens: Token[] = [];
  readonly comments: Span[] = [];
  readonly #code: string;
  readonly #end: number;
  readonly #indents: number[] = [0];
  /** Brackets that are open. */
  #open = 0;
  #at: number;
  #isAtStart = true;

  constructor(code: string, start: number, end: number) {
    this.#code = code;
    this.#end = end;
    this.#at = code.charCodeAt(start) === 0xfeff ? start + 1 : start;
  }

  read(): void {
    while (this.#at < this.#end) {
      if (this.#isAtStart) this.#readIndent();
      else this.#readToken();
    }
    if (this.tokens.length > 0 && this.tokens.at(-1)?.kind !== 'line') this.#push('line');
    for (const _ of this.#indents.slice(1)) this.#push('dedent');
    this.#push('end');
  }

  /** A line without anything in it is none. */
  #readIndent(): void {
    const from = this.#at;
    this.#skip(blank);
    const next = this.#code.charAt(this.#at);
    this.#isAtStart = false;
    if (next === '#' || next === '\n' || next === '\r' || this.#at >= this.#end) return;
    const width = this.#code.slice(from, this.#at).replaceAll('\t', '        ').length;
    if (width > (this.#indents.at(-1) ?? 0)) {
      this.#indents.push(width);
      this.#push('indent');
    }
    while (width < (this.#indents.at(-1) ?? 0)) {
      this.#indents.pop();
      this.#push('dedent');
    }
  }

  #readToken(): void {
    this.#skip(blank);
    const start = this.#at;
    if (start >= this.#end) return;
    const character = this.#code.charAt(start);
    if (character === '#') {
      this.#at = this.#lineFrom(start);
      this.comments.push({ start, end: this.#at });
    } else if (character === '\\') {
      this.#at += 1;
      this.#skip(lineEnd);
    } else if (this.#skip(lineEnd) !== undefined) this.#readLineEnd();
    else if (!this.#readText(start)) this.#readWord(start);
  }

  #readLineEnd(): void {
    if (this.#open > 0) return;
    const last = this.tokens.at(-1)?.kind;
    if (last !== undefined && last !== 'line' && last !== 'indent' && last !== 'dedent') this.#push('line');
    this.#isAtStart = true;
  }

  #readWord(start: number): void {
    for (const [kind, pattern] of [['name', name], ['number', number], ['mark', mark]] as const) {
      const text = this.#skip(pattern);
      if (text === undefined || text === '') continue;
      if (kind === 'mark') this.#open = Math.max(0, this.#open + (/^[([{]$/.test(text) ? 1 : /^[)\]}]$/.test(text) ? -1 : 0));
      this.tokens.push({ kind, text, place: { start, end: this.#at } });
      return;
    }
    this.#at += 1;
  }

  #readText(start: number): boolean {
    opening.lastIndex = start;
    const found = opening.exec(this.#code);
    if (found === null) return false;
    const { prefix = '', quote = '' } = found.groups ?? {};
    const inside = start + found[0].length;
    const close = closeOf(this.#code, { start: inside, end: this.#end }, quote, /[ft]/i.test(prefix));
    this.#at = Math.min(this.#end, close + quote.length);
    this.tokens.push({ kind: 'text', text: '', prefix: prefix.toLowerCase(), inner: { start: inside, end: close }, place: { start, end: this.#at } });
    return true;
  }

  #skip(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#code)?.[0];
    if (found !== undefined) this.#at = Math.min(this.#end, this.#at + found.length);
    return found;
  }

  #lineFrom(start: number): number {
    const length = /[\n\r]/.exec(this.#code.slice(start, this.#end))?.index;
    return length === undefined ? this.#end : start + length;
  }

  #push(kind: 'line' | 'indent' | 'dedent' | 'end'): void {
    this.tokens.push({ kind, text: '', place: { start: this.#at, end: this.#at } });
  }
}

/** Where the quotes stand that end a text. A text with values in it may hold the same quotes in their braces. */
function closeOf(code: string, { start, end }: Span, quote: string, hasValues: boolean): number {
  for (let at = start; at < end; at += 1) {
    const character = code.charAt(at);
    if (character === '\\') at += 1;
    else if (code.startsWith(quote, at)) return at;
    else if (quote.length === 1 && (character === '\n' || character === '\r')) return at;
    else if (hasValues && character === '{') at = code.charAt(at + 1) === '{' ? at + 1 : braceEnd(code, { start: at + 1, end }, quote);
  }
  return end;
}

/** Of a value that somebody writes into a text. */
const LONGEST_VALUE = 500;

/** The brace that ends a value; where there is none before the quote, the brace begins nothing. */
export function braceEnd(code: string, { start, end }: Span, quote: string): number {
  let open = 1;
  for (let at = start; at < Math.min(end, start + LONGEST_VALUE); at += 1) {
    const character = code.charAt(at);
    if (/[([{]/.test(character)) open += 1;
    else if (/[)\]}]/.test(character)) open -= 1;
    else if (character === '"' || character === "'") {
      if (code.startsWith(quote, at) && quote.length === 3) return start - 1;
      const close = code.indexOf(character, at + 1);
      const isOnLine = close >= 0 && close < end && !/[\n\r]/.test(code.slice(at, close));
      if (!isOnLine) return start - 1;
      at = close;
    } else if (/[\n\r]/.test(character) && quote.length === 1) return start - 1;
    if (open === 0) return at;
  }
  return start - 1;
}
