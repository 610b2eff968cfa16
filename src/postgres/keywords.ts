// The words that PostgreSQL's grammar knows.

import { keywordFacts } from './keywords.generated.ts';

/** Of all versions, in small letters. Source: pg_get_keywords() of running servers, by test/postgres/generate-facts.mjs. */
export function keywords(): ReadonlySet<string> {
  return (known ??= new Set(keywordFacts.flatMap(({ members }) => members.trim().split(/\s+/))));
}

let known: ReadonlySet<string> | undefined;

/** A word that means something else than a name where it is not quoted; quote_ident() quotes it. */
export function isKeyword(name: string): boolean {
  reserved ??= new Set(keywordFacts.filter(({ category }) => category !== 'unreserved').flatMap(({ members }) => members.trim().split(/\s+/)));
  return reserved.has(name);
}

let reserved: ReadonlySet<string> | undefined;
