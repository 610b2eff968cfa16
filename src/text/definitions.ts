// The parts of a list in parentheses: the columns and constraints of CREATE TABLE.

import type { SourceText } from './source-text.ts';
import type { Span } from './span.ts';
import { sqlTokens, type Token } from './sql-tokens.ts';

/** The part of the first parentheses of `within` that begins with the name, quoted or not; undefined where there is none. */
export function definitionOf(name: string, source: SourceText, within: Span): Span | undefined {
  return definitionsIn(source, within).get(name);
}

/** The parts of the first parentheses of `within`, by the names that they begin with; of several with one name, the first. */
export function definitionsIn({ text }: SourceText, within: Span): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  let depth = 0;
  let current: { readonly start: number; end: number } | undefined;
  let isStart = false;
  for (const token of sqlTokens(text, within.start, within.end)) {
    if (token.kind === 'comment') continue;
    const symbol = token.kind === 'symbol' ? text[token.start] : '';
    if (symbol === ')') depth -= 1;
    if (symbol === ')' && depth === 0) break;
    const name = isStart && depth === 1 ? nameOf(token, text) : undefined;
    if (depth === 1 && symbol === ',') current = undefined;
    else if (current) current.end = token.end;
    else if (name !== undefined && !found.has(name)) found.set(name, (current = { start: token.start, end: token.end }));
    if (symbol === '(') depth += 1;
    isStart = depth === 1 && (symbol === '(' || symbol === ',');
  }
  return found;
}

/** As PostgreSQL stores it: without quotes, in small letters where there were none. */
export function nameOf({ kind, start, end }: Token, text: string): string | undefined {
  const written = text.slice(start, end);
  if (kind === 'word') return written.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return kind === 'quoted-name' ? written.slice(1, -1).replaceAll('""', '"') : undefined;
}
