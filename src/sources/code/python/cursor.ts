// Goes through tokens of Python one by one.

import type { Span } from '../../../text/span.ts';
import type { Token } from './tokens.ts';

/** What stands in what stands in something: nobody writes deeper. */
const DEEPEST = 60;

export class Cursor {
  readonly code: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #isInFilter = false;

  constructor(code: string, tokens: readonly Token[]) {
    this.code = code;
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.peek(0);
  }

  get isAtLineEnd(): boolean {
    return /^(?:line|indent|dedent|end)$/.test(this.token.kind);
  }

  /** Behind `for x in y`, `if` says which ones. */
  get isInFilter(): boolean {
    return this.#isInFilter;
  }

  filtering<T>(is: boolean, work: () => T): T {
    const was = this.#isInFilter;
    this.#isInFilter = is;
    const result = work();
    this.#isInFilter = was;
    return result;
  }

  /** The end of the code is behind all. */
  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', place: { start: this.code.length, end: this.code.length } };
  }

  next(): Token {
    const { token } = this;
    this.#at += 1;
    return token;
  }

  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'mark' || kind === 'name') && texts.includes(text);
  }

  /** Goes on behind it, where it is there. */
  takes(...texts: readonly string[]): boolean {
    const is = this.is(...texts);
    if (is) this.#at += 1;
    return is;
  }

  /** From there to the last token that was read. */
  since({ start }: Span): Span {
    return { start, end: Math.max(start, this.#tokens[this.#at - 1]?.place.end ?? start) };
  }

  /** Undefined: too deep. */
  deeper<T>(work: () => T): T | undefined {
    if (this.#depth >= DEEPEST) return undefined;
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    return result;
  }
}
