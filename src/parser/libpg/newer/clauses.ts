// Clauses that PostgreSQL 19 brings into statements of older versions: without them, the parser's grammar reads the rest.
// Source: src/backend/parser/gram.y of PostgreSQL 19.

import type { FeatureName } from '../../../postgres/features.ts';
import type { Span } from '../../../text/span.ts';
import { beginsWith, closing, everyPlaceOf, findWords, spanOf, wordsUpTo, type Word } from './words.ts';

export interface Clause {
  readonly name: FeatureName;
  /** Where it stands. */
  readonly span: Span;
  /** What the older grammar is given for it: shorter than what stands there. */
  readonly instead: string;
}

/** In the order in which they are looked for. */
export function clausesIn(words: readonly Word[]): readonly Clause[] {
  return finders.flatMap((find) => find(words));
}

const finders: readonly ((words: readonly Word[]) => readonly Clause[])[] = [
  portionOf,
  nullTreatment,
  groupByAll,
  doSelect,
  graphTable,
  publicationOfSequences,
  connectionOfWrapper,
  checkpointOptions,
  copyAsJson,
];

/** UPDATE orders FOR PORTION OF valid FROM … TO …; or (…) in place of FROM and TO. */
function portionOf(words: readonly Word[]): Clause[] {
  return everyPlaceOf(words, 'for portion of').map((at) => clause('FOR PORTION OF', wordsUpTo(words, at, endsPortion)));
}

const endsPortion: ReadonlySet<string> = new Set(['as', 'set', 'using', 'where', 'returning', ';']);

/** lead(total) IGNORE NULLS OVER (…) */
function nullTreatment(words: readonly Word[]): Clause[] {
  return everyPlaceOf(words, 'ignore|respect nulls over').map((at) => clause('IGNORE NULLS or RESPECT NULLS', words.slice(at, at + 2)));
}

/** Older versions know GROUP BY ALL before a list. */
function groupByAll(words: readonly Word[]): Clause[] {
  const isWhole = (at: number): boolean => endsGrouping.has(words[at + 3]?.text ?? ';');
  return everyPlaceOf(words, 'group by all').filter(isWhole).map((at) => clause('GROUP BY ALL', words.slice(at, at + 3)));
}

const endsGrouping: ReadonlySet<string> = new Set([
  ...['having', 'window', 'order', 'limit', 'offset', 'fetch', 'for', 'union', 'intersect', 'except', 'on', 'returning', ')', ';'],
]);

/** INSERT … ON CONFLICT (id) DO SELECT FOR UPDATE RETURNING … */
function doSelect(words: readonly Word[]): Clause[] {
  return everyPlaceOf(words, 'do select').map((at) => clause('ON CONFLICT … DO SELECT', wordsUpTo(words, at, returning), 'DO NOTHING'));
}

const returning: ReadonlySet<string> = new Set(['returning', ';']);

/** What it gives, the older grammar takes for that of another function. */
function graphTable(words: readonly Word[]): Clause[] {
  return everyPlaceOf(words, 'graph_table (').flatMap((at) => {
    const end = closing(words, at + 1);
    return end < 0 ? [] : [clause('GRAPH_TABLE', words.slice(at, end + 1), 'now()')];
  });
}

function publicationOfSequences(words: readonly Word[]): Clause[] {
  const at = findWords(words, 'for|, all sequences');
  if (at < 0 || !beginsWith(words, 'create publication')) return [];
  const isFirst = words[at + 3]?.text === ',' && words[at]?.text === 'for';
  return [clause('a publication of ALL SEQUENCES', isFirst ? words.slice(at + 1, at + 4) : words.slice(at, at + 3))];
}

function connectionOfWrapper(words: readonly Word[]): Clause[] {
  const at = findWords(words, 'connection');
  return at < 0 || !beginsWith(words, 'create|alter foreign data wrapper') ? [] : [clause('CREATE FOREIGN DATA WRAPPER … CONNECTION', words.slice(at, at + 2))];
}

function checkpointOptions(words: readonly Word[]): Clause[] {
  return beginsWith(words, 'checkpoint (') ? [clause('CHECKPOINT with options', words.slice(1, closing(words, 1) + 1))] : [];
}

/** JSON is a word of the grammar, which no option could be called by before. */
function copyAsJson(words: readonly Word[]): Clause[] {
  const at = findWords(words, 'format json');
  return at < 0 || !beginsWith(words, 'copy') ? [] : [clause('COPY … FORMAT JSON', words.slice(at, at + 2), 'FORMAT csv')];
}

function clause(name: FeatureName, words: readonly Word[], instead = ''): Clause {
  return { name, span: spanOf(words, { start: 0, end: 0 }), instead };
}
