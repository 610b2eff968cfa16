// The tokens of Ruby and Elixir, whose blocks end with `end`: names, texts with their heredocs and sigils, symbols, marks and lines.
// Sources: docs.ruby-lang.org/en/3.4/syntax/literals_rdoc.html; hexdocs.pm/elixir/syntax-reference.html.

import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';

export type Language = 'ruby' | 'elixir';

/** `inserted`: code in `#{}`. */
export type Segment = { readonly kind: 'written'; readonly piece: Piece } | { readonly kind: 'inserted'; readonly code: Span; readonly place: Span };

export interface Token {
  /** `key`: a name with a colon behind it, as in `name: value`. */
  readonly kind: 'name' | 'number' | 'text' | 'symbol' | 'key' | 'mark' | 'line' | 'end';
  readonly text: string;
  readonly place: Span;
  readonly hasSpace: boolean;
  /** Of a text. */
  readonly segments?: readonly Segment[];
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
}

export function tokensOf(code: string, language: Language, start = 0, end = code.length): Tokens {
  const reader = new Reader(code, language, start, end);
  reader.read();
  return reader;
}

const name = /[\p{L}_@$][\p{L}\p{N}_]*[?!]?/uy;
const number = /\d[\d_]*(?:\.\d+)?/y;
const mark = /\*\*|\|>|<>|->|=>|<<|\+\+|\.\.\.?|===?|!=|<=|>=|&&|\|\||&\.|::|\+=|<-|[^\s\w]/uy;
const heredoc = /<<[~-]?(["'`]?)([A-Z_a-z]\w*)\1/y;
const sigil = /~([a-zA-Z]{1,9})("""|'''|[/|"'([{<])/y;
const percent = /%([qQwWiI]?)([([{<|!/])/y;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Of a value that somebody writes into a text. */
const LONGEST_VALUE = 500;

class Reader implements Tokens {
  readonly tokens: Token[] = [];
  readonly comments: Span[] = [];
  readonly #code: string;
  readonly #language: Language;
  readonly #end: number;
  #at: number;
  /** Behind heredocs that begin on this line. */
  #behindHeredocs = 0;

  constructor(code: string, language: Language, start: number, end: number) {
    this.#code = code;
    this.#language = language;
    this.#at = start;
    this.#end = end;
  }

  read(): void {
    while (this.#at < this.#end) this.#readOne();
    this.#push('line', '', this.#end, this.#end);
    this.#push('end', '', this.#end, this.#end);
  }

  #readOne(): void {
    const start = this.#at;
    const character = this.#code.charAt(start);
    if (/[ \t\f]/.test(character)) this.#at += 1;
    else if (character === '\\' && /[\r\n]/.test(this.#code.charAt(start + 1))) this.#at += this.#code.startsWith('\r\n', start + 1) ? 3 : 2;
    else if (/[\r\n]/.test(character)) this.#readLineEnd();
    else if (character === '#') this.#readComment();
    else if (!this.#readHeredoc() && !this.#readQuoted(character)) this.#readWord();
  }

  #readLineEnd(): void {
    this.#push('line', '', this.#at, this.#at);
    this.#at = this.#behindHeredocs > this.#at ? this.#behindHeredocs : this.#at + 1;
    if (this.#language === 'ruby' && this.#code.startsWith('=begin', this.#at)) {
      const close = this.#code.indexOf('\n=end', this.#at);
      this.#at = close < 0 ? this.#end : close + 5;
    }
  }

  #readComment(): void {
    const start = this.#at;
    this.#at = this.#lineFrom(start);
    this.comments.push({ start, end: this.#at });
  }

  #lineFrom(start: number): number {
    const index = this.#code.slice(start, this.#end).search(/[\n\r]/);
    return index < 0 ? this.#end : start + index;
  }

  /** Its text begins on the next line. */
  #readHeredoc(): boolean {
    const found = this.#language === 'ruby' ? this.#match(heredoc) : undefined;
    if (found === undefined || (this.#isBehindValue() && !this.#hasSpaceBefore())) return false;
    const [written, quote, tag = ''] = found;
    const start = this.#at;
    const body = Math.min(this.#end, this.#behindHeredocs > start ? this.#behindHeredocs : this.#lineFrom(start) + 1);
    const close = new RegExp(`^[ \\t]{0,200}${tag}\\r?$`, 'm').exec(this.#code.slice(body, this.#end));
    const end = close ? body + close.index : this.#end;
    this.#behindHeredocs = close ? Math.min(this.#end, end + close[0].length + 1) : this.#end;
    this.#at += written.length;
    this.#text({ start: body, end }, quote !== "'", start);
    return true;
  }

  #readQuoted(character: string): boolean {
    const start = this.#at;
    if (character === '"' || character === "'" || character === '`') {
      const isLong = this.#language === 'elixir' && this.#code.startsWith(character.repeat(3), start);
      this.#quoted(start + (isLong ? 3 : 1), isLong ? character.repeat(3) : character, '', character !== "'" || this.#language === 'elixir', start);
      return true;
    }
    const opened = this.#language === 'elixir' ? this.#match(sigil) : this.#percentHere();
    if (opened === undefined) return false;
    const [written, letter = '', open = ''] = opened;
    const hasValues = this.#language === 'elixir' ? /[a-z]/.test(letter) : letter !== 'q' && letter !== 'w' && letter !== 'i';
    this.#quoted(start + written.length, closers[open] ?? open, open in closers ? open : '', hasValues, start);
    return true;
  }

  /** `%` is also a sign between values. */
  #percentHere(): RegExpExecArray | undefined {
    const found = this.#match(percent);
    if (found === undefined) return undefined;
    return this.#isBehindValue() && !(this.#hasSpaceBefore() && this.tokens.at(-1)?.kind === 'name') ? undefined : found;
  }

  #quoted(from: number, close: string, open: string, hasValues: boolean, start: number): void {
    let depth = 0;
    let at = from;
    for (; at < this.#end; at += 1) {
      const character = this.#code.charAt(at);
      if (character === '\\') at += 1;
      else if (hasValues && character === '#' && this.#code.charAt(at + 1) === '{') at = this.#valueEnd(at + 2);
      else if (open !== '' && character === open) depth += 1;
      else if (this.#code.startsWith(close, at)) {
        if (depth === 0) break;
        depth -= 1;
      }
    }
    this.#at = Math.min(this.#end, at + close.length);
    if (this.#code.charAt(start) === '~') this.#at += /^[a-z]*/i.exec(this.#code.slice(this.#at, this.#at + 10))?.[0].length ?? 0;
    this.#text({ start: from, end: Math.min(at, this.#end) }, hasValues, start);
  }

  /** The brace that ends a value; where there is none, what is before it. */
  #valueEnd(start: number): number {
    let open = 1;
    for (let at = start; at < Math.min(this.#end, start + LONGEST_VALUE); at += 1) {
      const character = this.#code.charAt(at);
      open += character === '{' ? 1 : character === '}' ? -1 : 0;
      if (open === 0) return at;
    }
    return start - 1;
  }

  #text(inner: Span, hasValues: boolean, start: number): void {
    const isKey = this.#code.charAt(this.#at) === ':' && this.#code.charAt(this.#at + 1) !== ':' && this.#code.charAt(start) === '"';
    if (isKey) this.#at += 1;
    const segments = this.#segments(inner, hasValues);
    this.tokens.push({ kind: isKey ? 'key' : 'text', text: isKey ? this.#code.slice(inner.start, inner.end) : '', place: { start, end: this.#at }, hasSpace: this.#hasSpaceBefore(start), segments });
  }

  #segments({ start, end }: Span, hasValues: boolean): readonly Segment[] {
    const segments: Segment[] = [];
    let from = start;
    const written = (text: string, place: Span): void => {
      if (text !== '') segments.push({ kind: 'written', piece: { text, place } });
    };
    for (let at = start; at < end; at += 1) {
      const character = this.#code.charAt(at);
      const isValue = hasValues && character === '#' && this.#code.charAt(at + 1) === '{' && this.#valueEnd(at + 2) > at + 1;
      if (character !== '\\' && !isValue) continue;
      if (character === '\\' && !hasValues && !/[\\']/.test(this.#code.charAt(at + 1))) continue;
      written(this.#code.slice(from, at), { start: from, end: at });
      const behind = isValue ? this.#valueEnd(at + 2) + 1 : at + 2;
      if (isValue) segments.push({ kind: 'inserted', code: { start: at + 2, end: behind - 1 }, place: { start: at, end: behind } });
      else written(letters[this.#code.charAt(at + 1)] ?? this.#code.charAt(at + 1), { start: at, end: behind });
      from = behind;
      at = behind - 1;
    }
    written(this.#code.slice(from, end), { start: from, end });
    return segments;
  }

  #readWord(): void {
    const start = this.#at;
    const words = this.#match(name)?.[0];
    if (words !== undefined) {
      this.#at += words.length;
      const isKey = this.#code.charAt(this.#at) === ':' && this.#code.charAt(this.#at + 1) !== ':' && this.tokens.at(-1)?.text !== '?';
      if (isKey) this.#at += 1;
      this.#push(isKey ? 'key' : 'name', words, start, this.#at);
      return;
    }
    const symbol = this.#code.charAt(start) === ':' && this.#code.charAt(start + 1) !== ':' ? /^:(?:"([^"\n]{0,200})"|([\p{L}_]\w*[?!]?))/u.exec(this.#code.slice(start, start + 210)) : null;
    const digits = this.#match(number)?.[0];
    const text = symbol?.[0] ?? digits ?? this.#match(mark)?.[0] ?? this.#code.charAt(start);
    this.#at += Math.max(1, text.length);
    this.#push(symbol ? 'symbol' : digits === undefined ? 'mark' : 'number', symbol ? (symbol[1] ?? symbol[2] ?? '') : text, start, this.#at);
  }

  #isBehindValue(): boolean {
    const last = this.tokens.at(-1);
    return last !== undefined && (/^(?:name|number|text|symbol)$/.test(last.kind) || /^[)\]}]$/.test(last.text));
  }

  #hasSpaceBefore(start = this.#at): boolean {
    return start === 0 || /\s/.test(this.#code.charAt(start - 1));
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#code) ?? undefined;
  }

  #push(kind: Token['kind'], text: string, start: number, end: number): void {
    this.tokens.push({ kind, text, place: { start, end }, hasSpace: this.#hasSpaceBefore(start) });
  }
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', s: ' ', e: '\x1b', '\n': '' };
