// The string constants of a piece of SQL.

import type { SourceText } from './source-text.ts';
import type { Span } from './span.ts';
import { sqlTokens } from './sql-tokens.ts';

/** Their values; escapes of E'…' and U&'…' are left as they are written. */
export function stringsIn({ text }: Pick<SourceText, 'text'>, { start, end }: Span): string[] {
  const strings: string[] = [];
  for (const token of sqlTokens(text, start, end)) {
    if (token.kind === 'string' && !token.unterminated) strings.push(valueOf(text.slice(token.start, token.end)));
  }
  return strings;
}

function valueOf(written: string): string {
  if (written.startsWith('$')) return written.slice(written.indexOf('$', 1) + 1, written.lastIndexOf('$', written.length - 2));
  return written.slice(written.indexOf("'") + 1, -1).replaceAll("''", "'");
}
