// Where a COPY statement takes its rows from, by the tokens of its head. The words TO and FROM are reserved: the first of them that
// stands in no parentheses is the one that decides. Source: CopyStmt in src/backend/parser/gram.y.

import type { Token } from './sql-tokens.ts';

type Place = 'start' | 'name' | 'source' | 'behind' | 'elsewhere';

export class CopyHead {
  readonly #text: string;
  #place: Place = 'start';
  #depth = 0;
  #source = '';
  #sourceStart: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** FROM stdin, or FROM stdout, which is the same to PostgreSQL. */
  get takesRows(): boolean {
    return this.#source === 'stdin' || this.#source === 'stdout';
  }

  /** Of \copy: a shell runs it. */
  get isThroughProgram(): boolean {
    return this.#source === 'program' || this.#source === 'to program';
  }

  /** Where FROM or TO ends; undefined where it has neither. */
  get sourceStart(): number | undefined {
    return this.#sourceStart;
  }

  begin(): void {
    this.#place = 'start';
    this.#depth = 0;
    this.#source = '';
    this.#sourceStart = undefined;
  }

  /** `token`: the next one of the statement, comments left out. */
  follow(token: Token): void {
    if (this.#place === 'behind' || this.#place === 'elsewhere' || token.kind === 'comment') return;
    const word = token.kind === 'word' ? this.#text.slice(token.start, Math.min(token.end, token.start + 10)).toLowerCase() : '';
    if (this.#place === 'start') this.#place = word === 'copy' ? 'name' : 'elsewhere';
    else if (this.#place === 'name') this.#followName(token, word);
    else this.#followSource(word);
  }

  #followName(token: Token, word: string): void {
    const symbol = token.kind === 'symbol' ? this.#text[token.start] : '';
    if (symbol === '(') this.#depth += 1;
    if (symbol === ')') this.#depth -= 1;
    if (this.#depth > 0 || !/^(?:from|to)$/.test(word)) return;
    this.#place = 'source';
    this.#source = word;
    this.#sourceStart = token.end;
  }

  #followSource(word: string): void {
    this.#source = this.#source === 'to' ? `to ${word}` : word;
    this.#place = 'behind';
  }
}
