// The parts of a column definition as they stand in ADD COLUMN: its type, its default, what it demands.

import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { Token } from '../text/sql-tokens.ts';
import { isWord, tokensOf } from './tokens-of.ts';

export interface ColumnPart extends Span {
  readonly kind: 'type' | 'default' | 'not-null' | 'null' | 'identity' | 'stored' | 'collation' | 'constraint';
}

/** `definition`: from ADD on, or from the name of the column in CREATE TABLE on. */
export function columnPartsIn(source: SourceText, definition: Span): readonly ColumnPart[] {
  const tokens = tokensOf(source, definition);
  const name = nameIn(tokens, source);
  const starts = tokens.flatMap((_, index): { readonly index: number; readonly kind: ColumnPart['kind'] }[] => {
    if (index <= name || depthAt(tokens, index, source) > 0) return [];
    if (index === name + 1) return [{ index, kind: 'type' }];
    const kind = kindAt(tokens, index, source);
    return kind === undefined ? [] : [{ index, kind }];
  });
  return starts.flatMap(({ index, kind }, place): ColumnPart[] => {
    const [first, last] = [tokens[index], tokens[(starts[place + 1]?.index ?? tokens.length) - 1]];
    return first === undefined || last === undefined ? [] : [{ kind, start: first.start, end: last.end }];
  });
}

/** `ADD COLUMN IF NOT EXISTS total numeric`. */
function nameIn(tokens: readonly Token[], source: SourceText): number {
  const words = ['ADD', 'COLUMN', 'IF', 'NOT', 'EXISTS'];
  const index = tokens.findIndex((token) => !words.some((word) => isWord(token, word, source)));
  return Math.max(0, index);
}

/** NOT DEFERRABLE, and what SET NULL and SET DEFAULT of a foreign key are, belong to a constraint. */
function kindAt(tokens: readonly Token[], index: number, source: SourceText): ColumnPart['kind'] | undefined {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  const is = (one: Token | undefined, ...words: readonly string[]): boolean => words.some((word) => isWord(one, word, source));
  if (is(before, 'SET') || (before !== undefined && is(before, 'CONSTRAINT'))) return undefined;
  if (is(tokens[index - 2], 'CONSTRAINT')) return undefined;
  if (is(token, 'CONSTRAINT', 'CHECK', 'REFERENCES', 'UNIQUE', 'PRIMARY')) return 'constraint';
  if (is(token, 'NOT')) return is(next, 'NULL') ? 'not-null' : undefined;
  if (is(token, 'NULL')) return is(before, 'NOT', 'DEFAULT', 'IS') ? undefined : 'null';
  if (is(token, 'DEFAULT')) return is(before, 'BY') ? undefined : 'default';
  if (is(token, 'COLLATE')) return 'collation';
  if (is(token, 'GENERATED')) return is(tokens[index + 2], 'AS') && is(tokens[index + 3], 'IDENTITY') ? 'identity' : is(tokens[index + 2], 'DEFAULT') ? 'identity' : 'stored';
  return undefined;
}

function depthAt(tokens: readonly Token[], index: number, source: SourceText): number {
  const before = tokens.slice(0, index).map((token) => (token.kind === 'symbol' ? source.slice(token) : ''));
  return before.filter((text) => text === '(' || text === '[').length - before.filter((text) => text === ')' || text === ']').length;
}
