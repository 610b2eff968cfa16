// The comments of a text: where people speak to those who read it, and to linters.

import type { Statement } from '../model/statement.ts';
import { NestedSpans } from '../text/nested-spans.ts';
import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';
import type { Problem } from './parser.ts';

/** In the order of the text; those in the body of a DO block too, but none in other strings. `text`: without what psql takes for itself. */
export function commentsIn(text: string, statements: readonly Statement[]): Span[] {
  const blocks = new NestedSpans(statements.flatMap(({ command, span }) => (command === 'DO' ? [span] : [])));
  const comments: Span[] = [];
  for (const token of sqlTokens(text)) {
    if (token.kind === 'comment') comments.push({ start: token.start, end: token.end });
    else if (token.kind === 'string' && blocks.hold(token)) for (const comment of commentsInBody(text, token)) comments.push(comment);
  }
  return comments;
}

/** A comment without an end hides all that stands behind its beginning. */
export function unclosedComment(text: string, { start, end }: Span): Problem[] {
  for (const token of sqlTokens(text, start, end)) {
    if (token.kind !== 'comment' || !token.unterminated) continue;
    return [{ span: { start: token.start, end }, message: 'unterminated /* comment', help: 'Close it; what stands in it was not checked' }];
  }
  return [];
}

const OPENING = /\$[^$]*\$|[eE]?'/y;

function commentsInBody(text: string, { start, end }: Span): Span[] {
  OPENING.lastIndex = start;
  const quote = OPENING.exec(text)?.[0] ?? '';
  const last = end - quote.length;
  return Array.from(sqlTokens(text, start + quote.length, last))
    .filter(({ kind }) => kind === 'comment')
    .map((comment) => ({ start: comment.start, end: Math.min(comment.end, last) }));
}
