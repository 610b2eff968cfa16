// Cuts a text at the semicolons that end statements, without knowing what the statements say.
// Like psql it looks past parentheses and past the body of BEGIN ATOMIC … END. Source: src/fe_utils/psqlscan.l.

import type { Span } from './span.ts';
import { sqlTokens, type Token } from './sql-tokens.ts';

export interface StatementPiece extends Span {
  /** False for a last piece that ends inside parentheses, a string or a comment. */
  readonly complete: boolean;
}

/** The pieces of `text` behind `start` that hold a token, without comments around them and without the semicolon. */
export function splitStatements(text: string, start = 0): StatementPiece[] {
  const pieces: StatementPiece[] = [];
  let current: { start: number; end: number } | undefined;
  let unterminated = false;
  const depth = new StatementDepth(text);
  for (const token of sqlTokens(text, start)) {
    unterminated = token.unterminated;
    if (token.kind === 'comment') continue;
    depth.follow(token);
    if (text[token.start] === ';' && token.kind === 'symbol' && depth.isOutermost()) {
      if (current) pieces.push({ ...current, complete: true });
      current = undefined;
      depth.reset();
      continue;
    }
    if (current) current.end = token.end;
    else current = { start: token.start, end: token.end };
  }
  if (current) pieces.push({ ...current, complete: depth.isOutermost() && !unterminated });
  return pieces;
}

/** How deep a token lies in parentheses and in the body of a SQL-standard function. */
class StatementDepth {
  readonly #text: string;
  #parentheses = 0;
  #blocks = 0;
  #firstWord = '';
  #previousWord = '';

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
    return this.#parentheses === 0 && this.#blocks === 0;
  }

  reset(): void {
    this.#parentheses = 0;
    this.#blocks = 0;
    this.#firstWord = '';
    this.#previousWord = '';
  }

  #followWord(word: string): void {
    this.#firstWord ||= word;
    if (this.#firstWord === 'create') {
      if (word === 'atomic' && this.#previousWord === 'begin') this.#blocks += 1;
      else if (word === 'case' && this.#blocks > 0) this.#blocks += 1;
      else if (word === 'end' && this.#blocks > 0) this.#blocks -= 1;
    }
    this.#previousWord = word;
  }
}
