// How a statement begins, for tools that know by its first words how to run it.

import type { Span } from '../../../text/span.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';

/** The first words in capital letters, without comments and symbols: `CREATE INDEX CONCURRENTLY ORDERS_IDX ON ORDERS`. */
export function leadingWords(text: string, { start, end }: Span): string {
  const words: string[] = [];
  for (const token of sqlTokens(text, start, end)) {
    if (token.kind === 'word') words.push(text.slice(token.start, token.end).toUpperCase());
    if (words.length === most) break;
  }
  return words.join(' ');
}

const most = 6;
