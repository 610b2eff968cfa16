// The constraints of a column definition, as they stand in it: `CONSTRAINT total_positive CHECK (total > 0)`.

import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { Token } from '../text/sql-tokens.ts';
import { tokensOf } from './tokens-of.ts';

export interface InlineConstraint extends Span {
  readonly kind: 'check' | 'references';
  /** Without CONSTRAINT and its name. */
  readonly body: Span;
}

/** Words that begin another part of a column definition. */
const beginnings = new Set(['CONSTRAINT', 'NOT', 'NULL', 'DEFAULT', 'GENERATED', 'UNIQUE', 'PRIMARY', 'CHECK', 'REFERENCES', 'COLLATE']);

export function inlineConstraintsIn(source: SourceText, definition: Span): readonly InlineConstraint[] {
  const tokens = tokensOf(source, definition);
  const found: InlineConstraint[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const text = source.slice(token);
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    const word = depth === 0 && token.kind === 'word' ? text.toUpperCase() : '';
    if (word !== 'CHECK' && word !== 'REFERENCES') continue;
    const end = endOf(tokens, index, source);
    const isNamed = wordAt(tokens, index - 2, source) === 'CONSTRAINT';
    const start = isNamed ? (tokens[index - 2]?.start ?? token.start) : token.start;
    found.push({ kind: word === 'CHECK' ? 'check' : 'references', start, end, body: { start: token.start, end } });
  }
  return found;
}

/** ON DELETE SET NULL, MATCH FULL, NOT DEFERRABLE and NO INHERIT belong to it. */
function endOf(tokens: readonly Token[], first: number, source: SourceText): number {
  let depth = 0;
  let end = tokens[first]?.end ?? 0;
  for (let index = first + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    const text = source.slice(token);
    const word = depth === 0 ? wordAt(tokens, index, source) : '';
    const isBehindSet = wordAt(tokens, index - 1, source) === 'SET';
    const isDeferral = word === 'NOT' && /^(?:DEFERRABLE|VALID|ENFORCED)$/.test(wordAt(tokens, index + 1, source));
    if (beginnings.has(word) && !isBehindSet && !isDeferral) return end;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    end = token.end;
  }
  return end;
}

function wordAt(tokens: readonly Token[], index: number, source: SourceText): string {
  const token = tokens[index];
  return token?.kind === 'word' ? source.slice(token).toUpperCase() : '';
}
