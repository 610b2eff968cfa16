// What a comment for squawk speaks of, which is what squawk itself takes it to speak of: what begins on its line, or on the next one.
// Source: crates/squawk_linter/src/ignore_index.rs and ignore.rs of squawk.

import type { Draft } from '../model/finding.ts';
import { contains, type Span } from '../text/span.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import type { Scope } from './directive.ts';

export function squawkReach(scope: Scope, comment: Span, { parsed, source }: ParsedMigration): (draft: Draft) => boolean {
  // It does not look into strings, and the body of a block is one.
  if (parsed.statements.some(({ kind, span }) => kind === 'block' && contains(span, comment))) return () => false;
  const file = source.fileAt(comment.start);
  if (scope === 'file') return ({ span }) => source.fileAt(span.start) === file;
  const line = source.lineOf(wordIn(source.text, comment));
  // There it reads the next line, too, which nobody means.
  const last = isBehindCode(source.text, comment.start) ? line : line + 1;
  return ({ span, statement }) => {
    if (source.fileAt(span.start) !== file) return false;
    const start = source.lineOf(span.start);
    const isOfWhole = span.start === statement.start && contains(statement, comment);
    return (line <= start && start <= last) || isOfWhole;
  };
}

function wordIn(text: string, { start }: Span): number {
  return text.indexOf('squawk-ignore', start);
}

function isBehindCode(text: string, offset: number): boolean {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return text.slice(start, offset).trim() !== '';
}
