// After a syntax error: the file statement by statement, so that one mistake hides nothing but itself.

import type { Statement } from '../../model/statement.ts';
import type { Span } from '../../text/span.ts';
import { splitStatements, type StatementPiece } from '../../text/split-statements.ts';
import { skipTrivia } from '../../text/sql-tokens.ts';
import type { Problem, ReadStatements } from '../parser.ts';
import { GrammarError } from './load.ts';
import { meantKeyword } from './misspelling.ts';

/**
 * `read` lowers a piece of the part, and throws a `GrammarError` if the piece does not parse; `parse` throws it for any text.
 * `refusal`: what keeps a piece from being read at all.
 */
export function recover(
  text: string,
  part: Span,
  read: (span: Span) => Statement[],
  parse: (sql: string) => unknown,
  refusal: (span: Span) => Problem | undefined,
): ReadStatements {
  const statements: Statement[] = [];
  const problems: Problem[] = [];
  let { start } = part;
  let unfinished = 0;
  while (start < part.end) {
    const from = start;
    start = part.end;
    for (const piece of unfinished < PATIENCE ? splitStatements(text, from, part.end) : cutAtLines(text, from, part.end)) {
      if (!piece.complete) unfinished += 1;
      const problem = problemIn(piece, text, (span) => statements.push(...read(span)), parse, refusal);
      if (problem) problems.push(problem);
      if (problem && problem.span.end < piece.end) {
        start = problem.span.end;
        break;
      }
    }
  }
  return { statements, problems };
}

/** So many statements that end nowhere are looked for to the end of the text, which takes time for each. */
const PATIENCE = 20;

/** At the semicolons that end lines, whatever they stand in. */
function* cutAtLines(text: string, from: number, end: number): Generator<StatementPiece> {
  for (let start = skipTrivia(text, from, end); start < end; start = skipTrivia(text, start, end)) {
    const piece = { start, end: likelyEnd(text, { start, end }), complete: true };
    yield piece;
    start = piece.end;
  }
}

function problemIn(
  piece: StatementPiece,
  text: string,
  read: (span: Span) => void,
  parse: (sql: string) => unknown,
  refusal: (span: Span) => Problem | undefined,
): Problem | undefined {
  const refused = refusal(piece);
  if (refused && piece.complete) return refused;
  const error = refused ? new GrammarError(refused.message, 0) : errorOf(() => read(piece));
  if (error === undefined) return undefined;
  const end = piece.complete ? piece.end : likelyEnd(text, piece);
  const statement = { start: piece.start, end };
  if (refused && end === piece.end) return refused;
  return problemOf(end === piece.end ? error : (errorOf(() => read(statement)) ?? error), text, statement, (sql) =>
    errorOf(() => parse(sql)),
  );
}

function errorOf(read: () => unknown): GrammarError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof GrammarError) return error;
    throw error;
  }
}

/**
 * Where a broken statement probably ends: an open quote swallows the statements behind it, so the first semicolon at the end of a
 * line counts, wherever it stands.
 */
function likelyEnd(text: string, span: Span): number {
  const match = /;[ \t]*(?:--[^\n\r]*)?(?=[\n\r]|$)/.exec(text.slice(span.start, span.end));
  return match === null ? span.end : span.start + match.index + 1;
}

function problemOf(
  error: GrammarError,
  text: string,
  statement: Span,
  errorIn: (sql: string) => GrammarError | undefined,
): Problem {
  const start = statement.start + codeUnits(text.slice(statement.start, statement.end), error.offset);
  const at = start < statement.end ? start : Math.max(statement.start, statement.end - 1);
  const meant = meantKeyword(text.slice(statement.start, statement.end), at - statement.start, errorIn);
  return {
    span: { start: at, end: statement.end },
    statement,
    message: shortened(firstLine(error.message)),
    help: `${meant === undefined ? remedyFor(error.message) : `Did you mean ${meant}? Correct the statement`}; it was not checked`,
  };
}

/** The grammar itself refuses a key that would be added without its index. */
function remedyFor(message: string): string {
  return /^(?:UNIQUE|PRIMARY KEY) constraints cannot be marked NOT VALID/.test(message)
    ? 'Build its index with CREATE UNIQUE INDEX CONCURRENTLY first, and add the constraint USING INDEX'
    : 'Correct the statement';
}

/** PostgreSQL quotes an unterminated string to the end of the text. */
function firstLine(message: string): string {
  return message.replace(/[\n\r][\s\S]*$/, '…"');
}

const LONGEST_MESSAGE = 300;

/** PostgreSQL quotes a word as long as it is. */
function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE).replace(/[\ud800-\udbff]$/, '')}…"`;
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
