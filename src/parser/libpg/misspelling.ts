// A keyword with a slip of the pen in it: TABEL, CONCURENTLY.

import { keywords } from '../../postgres/keywords.ts';
import { nearestFirst } from '../../text/nearest.ts';
import { sqlTokens } from '../../text/sql-tokens.ts';
import type { GrammarError } from './load.ts';

/**
 * What was probably meant by the word at `offset`, in UTF-16 code units: the nearest keyword with which the statement can be read, or
 * read further. `errorIn` parses.
 */
export function meantKeyword(statement: string, offset: number, errorIn: (sql: string) => GrammarError | undefined): string | undefined {
  const [token] = sqlTokens(statement, offset);
  if (token?.kind !== 'word') return undefined;
  const known = keywords();
  const word = statement.slice(token.start, token.end);
  if (known.has(word.toLowerCase())) return undefined;
  const before = statement.slice(0, token.start);
  const after = statement.slice(token.end);
  const candidates = nearestFirst(word, known).map((keyword) => keyword.toUpperCase());
  return candidates.find((keyword) => {
    const error = errorIn(before + keyword + after);
    return error === undefined || error.offset > Array.from(before + keyword).length;
  });
}
