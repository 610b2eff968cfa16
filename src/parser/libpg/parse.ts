// The front end that judges by PostgreSQL's own grammar.

import type { ParseResult } from '@pgsql/types';
import { anyDialect, type Dialect } from '../../model/dialect.ts';
import { defaultLimits } from '../../model/limits.ts';
import { statementAt, type Statement } from '../../model/statement.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { splitStatements } from '../../text/split-statements.ts';
import { gapsIn, skipTrivia, sqlTokens } from '../../text/sql-tokens.ts';
import { utf8Offsets } from '../../text/utf8-offsets.ts';
import { unclosedComment } from '../comments.ts';
import type { ParsedText, Parser, Problem, ReadStatements } from '../parser.ts';
import { parseScript } from '../script.ts';
import { oversized } from '../statement-limit.ts';
import { GrammarError, type Grammar } from './load.ts';
import type { Context } from './lower/context.ts';
import { lowerStatement } from './lower/statements.ts';
import { readNewer } from './newer/read-newer.ts';
import { recover } from './recover.ts';

/** `largestStatement`: in bytes. */
export function libpgParser(grammar: Grammar, largestStatement: number = defaultLimits.statementSize): Parser {
  return { name: 'libpg', parse: (source, dialect = anyDialect) => parseSource(source, dialect, grammar, largestStatement) };
}

function parseSource(source: SourceText, dialect: Dialect, grammar: Grammar, largestStatement: number): ParsedText {
  return parseScript(source.text, dialect, true, (text) => readParts(text, grammar, largestStatement));
}

function readParts(text: string, grammar: Grammar, largestStatement: number): ReadStatements {
  const statements: Statement[] = [];
  const problems: Problem[] = [];
  for (const part of partsOf(text, Math.min(largestPart, largestStatement))) {
    const parsed = parsePart(text, part, grammar, largestStatement);
    for (const statement of parsed.statements) statements.push(statement);
    problems.push(...parsed.problems);
  }
  return { statements, problems };
}

/** In UTF-16 code units. A tree is many times as large as its text, so a large text is read part by part. */
const largestPart = 250_000;

function* partsOf(text: string, largest: number): Generator<Span> {
  let start = 0;
  if (text.length > largest) {
    for (const piece of splitStatements(text)) {
      if (piece.end - start < largest) continue;
      yield { start, end: piece.end };
      start = piece.end;
    }
  }
  if (start < text.length) yield { start, end: text.length };
}

function parsePart(text: string, part: Span, grammar: Grammar, largestStatement: number): ReadStatements {
  try {
    if (oversized(text, part, largestStatement)) throw new GrammarError('too large for one tree', 0);
    return { statements: read(text, part, grammar), problems: [] };
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    const plain = withoutComments(text, part);
    const { statements, problems } = recover(
      plain,
      part,
      (span) => readAhead(plain, span, grammar),
      (sql) => withinStack(() => grammar.parse(sql)),
      (span) => oversized(text, span, largestStatement),
    );
    return { statements, problems: [...problems, ...unclosedComment(text, part)] };
  }
}

/** What only newer versions know is read as well. */
function readAhead(text: string, span: Span, grammar: Grammar): Statement[] {
  try {
    return read(text, span, grammar);
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    return newerIn(text, span, grammar) ?? raise(error);
  }
}

/** Its clauses may hide another mistake: then it counts what the grammar says of the whole statement. */
function newerIn(text: string, span: Span, grammar: Grammar): Statement[] | undefined {
  return orUndefined(() =>
    readNewer(text, span, {
      read: (plain, at) => read(plain, at, grammar),
      readInstead: (sql) => orUndefined(() => lowerAt(sql, span, text, grammar))?.[0],
    }),
  );
}

function raise(error: GrammarError): never {
  throw error;
}

function read(text: string, span: Span, grammar: Grammar): Statement[] {
  return withinStack(() => lowerTree(grammar.parse(text.slice(span.start, span.end)), text, span, grammar));
}

/**
 * With spaces in place of comments: between words that PostgreSQL's lexer takes together (NOT IN, WITH ORDINALITY, NULLS FIRST),
 * libpg_query stumbles over one; and so it does between the pieces of a string that goes on in the next line.
 */
function withoutComments(text: string, { start, end }: Span): string {
  let plain = text.slice(0, start);
  for (const token of sqlTokens(text, start, end)) {
    const comments = token.kind === 'comment' ? [token] : token.kind === 'string' ? gapsIn(text, token) : [];
    for (const span of comments) plain += text.slice(plain.length, span.start) + text.slice(span.start, span.end).replace(/[^\n\r]/g, ' ');
  }
  return plain + text.slice(plain.length);
}

/** A statement of thousands of nested parts has a tree that is too deep to walk; PostgreSQL refuses such statements too. */
function withinStack<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? new GrammarError('stack depth limit exceeded', 0) : error;
  }
}

/** `tree` is the parse of the part of `text` that `part` spans. */
function lowerTree(tree: ParseResult, text: string, part: Span, grammar: Grammar): Statement[] {
  const toPart = utf8Offsets(text.slice(part.start, part.end));
  const statements: Statement[] = [];
  for (const { stmt, stmt_location = 0, stmt_len = 0 } of tree.stmts ?? []) {
    if (stmt === undefined) continue;
    const end = stmt_len === 0 ? part.end : part.start + toPart(stmt_location + stmt_len);
    const span = trim(text, { start: part.start + toPart(stmt_location), end });
    const offset = (byteOffset: number): number => part.start + toPart(byteOffset);
    statements.push(lowerStatement(stmt, { text, span, offset, ...insideOf(text, grammar) }));
  }
  return statements;
}

/** Without the space and the comments around the statement. */
function trim(text: string, span: Span): Span {
  const start = skipTrivia(text, span.start, span.end);
  const statement = text.slice(start, span.end);
  const mayHoldComment = statement.includes('--') || statement.includes('/*');
  return { start, end: mayHoldComment ? endOfLastToken(text, start, span.end) : endBeforeSpace(text, start, span.end) };
}

/** What is space for PostgreSQL: of Unicode's others, a name can be made. */
function endBeforeSpace(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && ' \t\n\r\f\v'.includes(text.charAt(last - 1))) last -= 1;
  return last;
}

function endOfLastToken(text: string, start: number, end: number): number {
  let last = start;
  for (const token of sqlTokens(text, start, end)) if (token.kind !== 'comment') last = token.end;
  return last;
}

/** What stands in strings. */
function insideOf(text: string, grammar: Grammar): Pick<Context, 'parseBody' | 'parseBlock' | 'lowerAt'> {
  return {
    parseBody: (sql) => parseBody(sql, grammar),
    parseBlock: (sql) => orUndefined(() => grammar.parseBlock(sql)),
    lowerAt: (sql, span) => orUndefined(() => lowerAt(sql, span, text, grammar)),
  };
}

/** Where the text is another than what is run, all of it stands for each part. */
function lowerAt(sql: string, span: Span, text: string, grammar: Grammar): Statement[] {
  if (text.slice(span.start, span.end) === sql) return readAhead(text, span, grammar);
  return readAhead(sql, { start: 0, end: sql.length }, grammar).map((statement) => statementAt(statement, span));
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function parseBody(sql: string, grammar: Grammar): ParseResult | undefined {
  return orUndefined(() => grammar.parse(sql));
}
