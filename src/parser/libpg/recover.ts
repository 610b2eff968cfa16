// After a syntax error: the file statement by statement, so that one mistake hides nothing but itself.

import type { Statement } from '../../model/statement.ts';
import type { Span } from '../../text/span.ts';
import { splitStatements } from '../../text/split-statements.ts';
import type { ParsedText, Problem } from '../parser.ts';
import { GrammarError } from './load.ts';

/** `read` lowers a part of the text, and throws a `GrammarError` if the part does not parse. */
export function recover(text: string, read: (span: Span) => Statement[]): ParsedText {
  const statements: Statement[] = [];
  const problems: Problem[] = [];
  const pending = splitStatements(text).reverse();
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    try {
      statements.push(...read(piece));
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error;
      const end = piece.complete ? piece.end : likelyEnd(text, piece);
      problems.push(problemOf(error, text, { start: piece.start, end }));
      if (end < piece.end) pending.push(...splitStatements(text, end).reverse());
    }
  }
  return { statements, problems };
}

/**
 * Where a broken statement probably ends: an open parenthesis or quote swallows the statements behind it, so the first semicolon at
 * the end of a line counts, wherever it stands.
 */
function likelyEnd(text: string, span: Span): number {
  const match = /;[ \t]*(?:--[^\n\r]*)?(?=[\n\r])/.exec(text.slice(span.start, span.end));
  return match === null ? span.end : span.start + match.index + 1;
}

function problemOf(error: GrammarError, text: string, statement: Span): Problem {
  const start = statement.start + codeUnits(text.slice(statement.start, statement.end), error.offset);
  const at = start < statement.end ? start : Math.max(statement.start, statement.end - 1);
  return { span: { start: at, end: statement.end }, message: error.message, help: 'Correct the statement; it was not checked' };
}

/** From a count of code points to a count of UTF-16 code units. */
function codeUnits(text: string, codePoints: number): number {
  let units = 0;
  for (const character of text) {
    if (codePoints-- <= 0) break;
    units += character.length;
  }
  return units;
}
