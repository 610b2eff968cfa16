// Comments in comments, written flat. PostgreSQL's lexer looks at all of `/*/*/*…` again for each of its comments, which takes the square
// of its length; what stands in a comment is nothing to the grammar.

import { sqlTokens, type Token } from '../../text/sql-tokens.ts';

/** With two spaces in place of each `/*` and each `*`+`/` in a comment, where comments lie in comments; every offset stays as it was. */
export function flatComments(sql: string): string {
  return mayNest(sql) ? changed(sql, (token, text) => (token.kind === 'comment' ? flat(text) : text)) : sql;
}

/** The same for a statement whose strings hold code. */
export function flatCommentsInside(sql: string): string {
  if (!mayNest(sql)) return sql;
  return changed(sql, (token, text) => (token.kind === 'comment' ? flat(text) : token.kind === 'string' ? inString(text) : text));
}

/** Are there two beginnings without an end between them? They may stand in a string. */
function mayNest(sql: string): boolean {
  for (let start = sql.indexOf('/*'); start >= 0; ) {
    const next = sql.indexOf('/*', start + 2);
    const end = sql.indexOf('*/', start + 2);
    if (next >= 0 && (end < 0 || next < end)) return true;
    start = next;
  }
  return false;
}

function changed(sql: string, change: (token: Token, text: string) => string): string {
  const parts: string[] = [];
  let offset = 0;
  for (const token of sqlTokens(sql)) {
    parts.push(sql.slice(offset, token.start), change(token, sql.slice(token.start, token.end)));
    offset = token.end;
  }
  return parts.join('') + sql.slice(offset);
}

/** The comment around all others keeps its ends. */
function flat(comment: string): string {
  if (!comment.startsWith('/*')) return comment;
  const isClosed = comment.length > 3 && closes(comment);
  const inside = comment.slice(2, isClosed ? -2 : undefined);
  return `/*${inside.replace(/\/\*|\*\//g, '  ')}${isClosed ? '*/' : ''}`;
}

/** Is there an end for each beginning? */
function closes(comment: string): boolean {
  let depth = 0;
  for (const [mark] of comment.matchAll(/\/\*|\*\//g)) depth += mark === '/*' ? 1 : -1;
  return depth === 0;
}

function inString(text: string): string {
  const quote = /^\$[^$]*\$/.exec(text)?.[0] ?? '';
  if (quote === '' || !text.endsWith(quote) || text.length < 2 * quote.length) return text;
  return quote + flatComments(text.slice(quote.length, -quote.length)) + quote;
}
