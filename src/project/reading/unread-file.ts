// A file of which nothing is read, and what is to be said of it.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Problem } from '../../parser/parser.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';

export interface UnreadFile {
  /** As reports show it. */
  readonly path: string;
  /** False: it is a gap in the history. */
  readonly linted: boolean;
  readonly problems: readonly Problem[];
  /** Who runs it, in words. */
  readonly tool: string;
}

export function unreadFile({ path, ...what }: UnreadFile): ParsedMigration {
  return untold(new SourceText(path, ''), what);
}

/** A text of which nothing is told but what is said of it. */
export function untold(source: SourceText, { linted, problems, tool }: Omit<UnreadFile, 'path'>, comments: () => readonly Span[] = () => []): ParsedMigration {
  return {
    source,
    parsed: { statements: [], turns: [], problems, comments },
    linted,
    parts: [{ spans: [{ start: 0, end: source.text.length }], transaction: 'statement' }],
    direction: 'up',
    joins: 'nothing',
    runs: 'once',
    goesOn: false,
    isRunKnown: false,
    leaving: undefined,
    tool,
  };
}
