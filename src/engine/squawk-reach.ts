// What a comment for squawk speaks of, which is what squawk itself takes it to speak of: what begins on its line, or on the next one.
// Source: crates/squawk_linter/src/ignore_index.rs and ignore.rs of squawk.

import { NestedSpans } from '../text/nested-spans.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { Scope } from './directive.ts';
import type { ParsedMigration } from './parsed-migration.ts';

/** What begins on one of the lines of a file, and the statement around it as a whole. */
export interface Beginnings {
  readonly file: SourceText;
  /** 1-based, of the text. */
  readonly lines: readonly number[];
  readonly around: Span | undefined;
}

/** Undefined where squawk does not read it: it does not look into strings, and the body of a block is one. */
export function squawkReaches({ parsed, source }: ParsedMigration): (scope: Scope, comment: Span) => SourceText | Beginnings | undefined {
  const statements = new NestedSpans(parsed.statements.map(({ span }) => span));
  const blocks = new NestedSpans(parsed.statements.flatMap(({ kind, span }) => (kind === 'block' ? [span] : [])));
  return (scope, comment) => {
    if (blocks.hold(comment)) return undefined;
    const file = source.fileAt(comment.start);
    if (scope === 'file') return file;
    const line = source.lineOf(wordIn(source.text, comment));
    // There it reads the next line, too, which nobody means.
    const lines = isBehindCode(source.text, comment.start) ? [line] : [line, line + 1];
    return { file, lines, around: [...statements.around(comment)].at(-1) };
  };
}

function wordIn(text: string, { start }: Span): number {
  return text.indexOf('squawk-ignore', start);
}

function isBehindCode(text: string, offset: number): boolean {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return text.slice(start, offset).trim() !== '';
}
