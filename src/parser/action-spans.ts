// Where the actions of one ALTER TABLE stand: the parse tree has no location for them, the statement's tokens do.

import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';

/**
 * The spans of the pieces between commas that stand in no parentheses, from behind the relation's name (which starts at
 * `nameStart`) to the statement's end. Undefined if there are not `count` of them.
 */
export function actionSpans(text: string, statement: Span, nameStart: number, count: number): readonly Span[] | undefined {
  const spans: { start: number; end: number }[] = [];
  let depth = 0;
  let inPiece = false;
  for (const token of sqlTokens(text, endOfName(text, nameStart, statement.end), statement.end)) {
    if (token.kind === 'comment') continue;
    const character = token.kind === 'symbol' ? text[token.start] : '';
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth -= 1;
    const last = spans.at(-1);
    if (character === ',' && depth === 0) inPiece = false;
    else if (inPiece && last) last.end = token.end;
    else {
      spans.push({ start: token.start, end: token.end });
      inPiece = true;
    }
  }
  return spans.length === count ? spans : undefined;
}

/** Behind `schema . name *`, or `name )` of ONLY (name). */
function endOfName(text: string, start: number, end: number): number {
  let nameEnd = start;
  let afterDot = true;
  for (const token of sqlTokens(text, start, end)) {
    if (token.kind === 'comment') continue;
    const character = token.kind === 'symbol' ? text[token.start] : '';
    if (character === '*' || character === '.' || character === ')') afterDot = character === '.';
    else if (!afterDot) return nameEnd;
    else afterDot = false;
    nameEnd = token.end;
  }
  return nameEnd;
}
