// The bound of a partition, as it stands in a statement: `FOR VALUES IN ('eu')` behind the name of the partitioned table.

import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { Token } from '../text/sql-tokens.ts';
import { isWord, tokensOf, wordsIn } from './tokens-of.ts';

export interface WrittenPartition extends Span {
  /** The name of the partitioned table. */
  readonly parent: Span;
  /** The list in parentheses in which columns have options of their own; undefined where there is none. */
  readonly own: Span | undefined;
  /** FOR VALUES and what is behind it, or DEFAULT. */
  readonly bound: Span;
}

/** PARTITION OF and all up to the end of its bound. */
export function partitionOfIn(source: SourceText, statement: Span): WrittenPartition | undefined {
  const words = wordsIn(source, statement, 'PARTITION', 'OF');
  if (words === undefined) return undefined;
  const tokens = tokensOf(source, { start: words.end, end: statement.end });
  const isQualified = tokens[1] !== undefined && source.slice(tokens[1]) === '.';
  const [first, last] = [tokens[0], tokens[isQualified ? 2 : 0]];
  const behind = isQualified ? 3 : 1;
  const own = parenthesesAt(tokens, behind, source);
  const bound = boundAt(tokens, behind + (own?.count ?? 0), source);
  if (first === undefined || last === undefined || bound === undefined) return undefined;
  return { start: words.start, end: bound.end, parent: { start: first.start, end: last.end }, own: own?.span, bound };
}

/** `count`: of its tokens. */
function parenthesesAt(tokens: readonly Token[], index: number, source: SourceText): { readonly span: Span; readonly count: number } | undefined {
  const first = tokens[index];
  if (first === undefined || source.slice(first) !== '(') return undefined;
  let depth = 0;
  for (const [at, token] of tokens.slice(index).entries()) {
    const text = token.kind === 'symbol' ? source.slice(token) : '';
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) return { span: { start: first.start, end: token.end }, count: at + 1 };
  }
  return undefined;
}

/** Up to the last parenthesis that belongs to it: those of FROM and TO, or of IN, or of WITH. */
function boundAt(tokens: readonly Token[], index: number, source: SourceText): Span | undefined {
  const [first, second, third] = tokens.slice(index);
  if (isWord(first, 'DEFAULT', source)) return first;
  if (first === undefined || !isWord(first, 'FOR', source) || !isWord(second, 'VALUES', source)) return undefined;
  const open = isWord(third, 'FROM', source) ? 2 : 1;
  let depth = 0;
  let closed = 0;
  for (const token of tokens.slice(index)) {
    const text = token.kind === 'symbol' ? source.slice(token) : '';
    if (text === '(') depth += 1;
    if (text !== ')') continue;
    depth -= 1;
    if (depth === 0) closed += 1;
    if (closed === open) return { start: first.start, end: token.end };
  }
  return undefined;
}
