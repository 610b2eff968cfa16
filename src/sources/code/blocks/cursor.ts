// Goes through tokens of Ruby or Elixir one by one.

import type { Span } from '../../../text/span.ts';
import type { Expression } from '../tree/tree.ts';
import type { Language, Token } from './tokens.ts';

/** What stands in what stands in something: nobody writes deeper. */
const DEEPEST = 60;

export class Cursor {
  protected readonly code: string;
  protected readonly language: Language;
  protected at = 0;
  protected depth: number;
  readonly #tokens: readonly Token[];

  constructor(code: string, language: Language, tokens: readonly Token[], depth = 0) {
    this.code = code;
    this.language = language;
    this.#tokens = tokens;
    this.depth = depth;
  }

  protected get token(): Token {
    return this.peek(0);
  }

  protected get isOver(): boolean {
    return this.token.kind === 'end';
  }

  protected get isTooDeep(): boolean {
    return this.depth > DEEPEST;
  }

  protected peek(ahead: number): Token {
    return this.#tokens[Math.min(this.at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', place: { start: this.code.length, end: this.code.length }, hasSpace: true };
  }

  protected is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'name' || kind === 'mark') && texts.includes(text);
  }

  protected takes(...texts: readonly string[]): boolean {
    const is = this.is(...texts);
    if (is) this.at += 1;
    return is;
  }

  protected since({ start }: Span): Span {
    return { start, end: Math.max(start, this.#tokens[this.at - 1]?.place.end ?? start) };
  }

  protected skipLines(): void {
    while (this.token.kind === 'line' || this.is(';')) this.at += 1;
  }

  /** What is not understood. */
  protected other(start: Span): Expression {
    return { kind: 'other', parts: [], place: this.since(start) };
  }
}
