// The words that PostgreSQL's grammar knows.

import { keywordFacts } from './keywords.generated.ts';

/** Of all versions, in small letters. Source: pg_get_keywords() of running servers, by test/postgres/generate-facts.mjs. */
export function keywords(): ReadonlySet<string> {
  return (known ??= new Set(keywordFacts.flatMap(({ members }) => members.trim().split(/\s+/))));
}

let known: ReadonlySet<string> | undefined;
