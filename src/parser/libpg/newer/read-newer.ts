// What the parser's grammar refuses, and a newer PostgreSQL takes: read as far as it is known, and never a syntax error.
// When the parser comes with the grammar of 19, this room is empty, and its clauses move to `featuresOf`.

import type { Feature } from '../../../model/feature.ts';
import type { Statement } from '../../../model/statement.ts';
import { features as versions, type FeatureName } from '../../../postgres/features.ts';
import type { Span } from '../../../text/span.ts';
import { clausesIn, type Clause } from './clauses.ts';
import { newerStatement } from './statements.ts';
import { spanOf, wordsIn, type Word } from './words.ts';
import type { ReadInstead } from './partitions.ts';

export interface Readers {
  /** With the parser's grammar; it throws what that refuses. */
  readonly read: (text: string, span: Span) => Statement[];
  readonly readInstead: ReadInstead;
}

/** One statement at `span`. Undefined where nothing in it is known to be newer; it throws where the rest of it can't be read. */
export function readNewer(text: string, span: Span, { read, readInstead }: Readers): Statement[] | undefined {
  const words = wordsIn(text, span).filter(({ text: word, depth }) => word !== ';' || depth > 0);
  const whole = spanOf(words, span);
  const newer = newerStatement({ text, words, read: readInstead }, whole);
  if (newer) return [{ span: whole, features: [featureAt(newer.name, spanOf(words.slice(0, 1), whole))], ...newer.body } as Statement];
  const clauses = clausesIn(words);
  if (clauses.length === 0) return undefined;
  return read(withoutClauses(text, clauses), span).map((statement) => ({ ...statement, span: whole, features: [...statement.features, ...featuresOf(clauses, words)] }));
}

/** Each once. */
function featuresOf(clauses: readonly Clause[], words: readonly Word[]): readonly Feature[] {
  const first = clauses.filter(({ name }, index) => clauses.findIndex((other) => other.name === name) === index);
  return first.map(({ name, span }) => featureAt(name, words.find(({ start }) => start === span.start) ?? span));
}

function featureAt(name: FeatureName, { start, end }: Span): Feature {
  return { name, since: versions[name], span: { start, end }, call: undefined };
}

/** Of the same length. */
function withoutClauses(text: string, clauses: readonly Clause[]): string {
  return clauses.reduce((plain, { span: { start, end }, instead }) => plain.slice(0, start) + instead.padEnd(end - start) + plain.slice(end), text);
}
