// Names that are longer than PostgreSQL keeps them.

import { truncateName } from '../model/names.ts';
import { nameOf } from '../text/definitions.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';

export interface LongName {
  readonly name: string;
  /** What PostgreSQL keeps of it. */
  readonly kept: string;
  readonly span: Span;
}

/** What stands in strings is not looked at. */
export function* longNames({ text }: SourceText, within: Span): Generator<LongName> {
  for (const token of sqlTokens(text, within.start, within.end)) {
    const name = nameOf(token, text);
    const kept = name && truncateName(name);
    if (name !== undefined && kept !== undefined && kept !== name) yield { name, kept, span: { start: token.start, end: token.end } };
  }
}
