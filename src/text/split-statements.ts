// Cuts a text at the semicolons that end statements, without knowing what the statements say.
// Like psql it looks past the body of BEGIN ATOMIC … END, and past the parentheses of CREATE RULE; elsewhere a semicolon inside
// parentheses means that somebody forgot to close them. Source: src/fe_utils/psqlscan.l.

import type { Span } from './span.ts';
import { sqlTokens, type Token } from './sql-tokens.ts';

export interface StatementPiece extends Span {
  /** False for a last piece that ends inside a string, a comment or a body. */
  readonly complete: boolean;
}

/** The pieces of `text` between `start` and `end` that hold a token, without comments around them and without the semicolon. */
export function* splitStatements(text: string, start = 0, end: number = text.length): Generator<StatementPiece> {
  let current: { start: number; end: number } | undefined;
  let unterminated = false;
  const depth = new StatementDepth(text);
  for (const token of sqlTokens(text, start, end)) {
    unterminated = token.unterminated;
    if (token.kind === 'comment') continue;
    depth.follow(token);
    if (text[token.start] === ';' && token.kind === 'symbol' && depth.isOutermost()) {
      if (current) yield { ...current, complete: true };
      current = undefined;
      depth.reset();
      continue;
    }
    if (current) current.end = token.end;
    else current = { start: token.start, end: token.end };
  }
  if (current) yield { ...current, complete: depth.isOutermost() && !unterminated };
}

/** How deep a token lies in parentheses and in the body of a SQL-standard function. */
export class StatementDepth {
  readonly #text: string;
  #parentheses = 0;
  #blocks = 0;
  #firstWord = '';
  #previousWord = '';
  #isRule = false;

  constructor(text: string) {
    this.#text = text;
  }

  follow(token: Token): void {
    const text = this.#text.slice(token.start, Math.min(token.end, token.start + 10));
    if (text === '(') this.#parentheses += 1;
    else if (text === ')') this.#parentheses = Math.max(0, this.#parentheses - 1);
    else if (token.kind === 'word') this.#followWord(text.toLowerCase());
  }

  isOutermost(): boolean {
    return this.#blocks === 0 && (this.#parentheses === 0 || !this.#isRule);
  }

  reset(): void {
    this.#parentheses = 0;
    this.#blocks = 0;
    this.#firstWord = '';
    this.#previousWord = '';
    this.#isRule = false;
  }

  #followWord(word: string): void {
    this.#firstWord ||= word;
    if (this.#firstWord === 'create') {
      if (word === 'rule' && this.#parentheses === 0) this.#isRule = true;
      if (word === 'atomic' && this.#previousWord === 'begin') this.#blocks += 1;
      else if (word === 'case' && this.#blocks > 0) this.#blocks += 1;
      else if (word === 'end' && this.#blocks > 0) this.#blocks -= 1;
    }
    this.#previousWord = word;
  }
}
