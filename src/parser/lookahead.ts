// Tokens of a text one after the other, with a look at what comes.

import type { Token } from '../text/sql-tokens.ts';

export class Lookahead {
  readonly #text: string;
  readonly #tokens: Iterator<Token>;
  /** Those that were looked at and not taken yet. */
  readonly #ahead: Token[] = [];

  constructor(text: string, tokens: Iterator<Token>) {
    this.#text = text;
    this.#tokens = tokens;
  }

  next(): Token | undefined {
    return this.#ahead.shift() ?? this.#read();
  }

  peek(): Token | undefined {
    return this.#at(0);
  }

  /** Without those that begin before a place. */
  skipTo(offset: number): void {
    while ((this.peek()?.start ?? Infinity) < offset) this.next();
  }

  /**
   * Behind the next `mark`, if nothing stands before it but tokens of one statement on the way from `from`: no semicolon, no other opening
   * mark, no comment but one that is all there is. `words`: no strings either, and no line break.
   */
  closing(from: number, mark: string, inside: 'words' | 'tokens'): number | undefined {
    const text = this.#text;
    const opening = mark === '%>' ? '<' : '{';
    let comment: Token | undefined;
    let last = from;
    for (let index = 0; ; index += 1) {
      const token = this.#at(index);
      if (token === undefined || token.unterminated) return undefined;
      if (token.start < from) continue;
      const said = token.kind === 'symbol' ? text.charAt(token.start) : '';
      const isClosing = said === mark.charAt(0) && text.startsWith(mark, token.start);
      if (inside === 'words' && (/[\n\r]/.test(text.slice(last, token.start)) || token.kind === 'string' || token.kind === 'quoted-name')) return undefined;
      if (isClosing) return token.start + mark.length;
      if (token.kind === 'comment') {
        if (inside === 'words' || last > from || text[token.start] !== '/') return undefined;
        comment = token;
      } else if (said === ';' || said === opening || (comment && said !== '-')) return undefined;
      if (said !== '-') last = token.end;
      if (last - from - (comment ? comment.end - comment.start : 0) > LONGEST) return undefined;
    }
  }

  /** The token that `isLast` says, where nothing stands between it and `token` but words and its like without space. */
  adjacent(token: Token, isLast: (token: Token) => boolean): Token | undefined {
    let { end } = token;
    for (let index = 0; index < MOST; index += 1) {
      const next = this.#at(index);
      if (next?.start !== end || next.unterminated || (next.kind !== 'word' && next.kind !== token.kind)) return undefined;
      if (isLast(next)) return next;
      end = next.end;
    }
    return undefined;
  }

  #at(index: number): Token | undefined {
    while (this.#ahead.length <= index) {
      const token = this.#read();
      if (token === undefined) return undefined;
      this.#ahead.push(token);
    }
    return this.#ahead[index];
  }

  #read(): Token | undefined {
    const { value, done } = this.#tokens.next();
    return done === true ? undefined : value;
  }
}

/** Of a placeholder, in UTF-16 code units. */
const LONGEST = 1000;
const MOST = 20;
