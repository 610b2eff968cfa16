// A file of which nothing is read, and what is to be said of it.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Problem } from '../../parser/parser.ts';
import { SourceText } from '../../text/source-text.ts';

export interface UnreadFile {
  /** As reports show it. */
  readonly path: string;
  /** False: it is a gap in the history. */
  readonly linted: boolean;
  readonly problems: readonly Problem[];
  /** Who runs it, in words. */
  readonly tool: string;
}

export function unreadFile({ path, linted, problems, tool }: UnreadFile): ParsedMigration {
  const span = { start: 0, end: 0 };
  return {
    source: new SourceText(path, ''),
    parsed: { statements: [], turns: [], problems, comments: () => [] },
    linted,
    parts: [{ spans: [span], transaction: 'statement' }],
    direction: 'up',
    joins: 'nothing',
    runs: 'once',
    goesOn: false,
    isRunKnown: false,
    leaving: undefined,
    tool,
  };
}
