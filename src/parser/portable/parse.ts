// The front end in pure JavaScript. It reads about half of the statements of real migrations and says so where it can't.

import type { Statement as Node } from 'pgsql-ast-parser';
import { anyDialect, type Dialect } from '../../model/dialect.ts';
import { defaultLimits } from '../../model/limits.ts';
import type { Statement } from '../../model/statement.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { splitStatements } from '../../text/split-statements.ts';
import { unclosedComment } from '../comments.ts';
import type { ParsedText, Parser, Problem, ReadStatements } from '../parser.ts';
import { parseScript } from '../script.ts';
import { oversized } from '../statement-limit.ts';
import type { Reader } from './load.ts';
import { pieceOf } from './piece.ts';
import { lowerStatement } from './statements.ts';
import { Unsupported, unsupported } from './unsupported.ts';

/** `largestStatement`: in bytes. */
export function portableParser(reader: Reader, largestStatement: number = defaultLimits.statementSize): Parser {
  return { name: 'portable', parse: (source, dialect = anyDialect) => parseSource(source, dialect, reader, largestStatement) };
}

function parseSource(source: SourceText, dialect: Dialect, reader: Reader, largestStatement: number): ParsedText {
  return parseScript(source.text, dialect, false, (text) => readPieces(text, reader, largestStatement));
}

function readPieces(text: string, reader: Reader, largestStatement: number): ReadStatements {
  const statements: Statement[] = [];
  const unread: Problem[] = [];
  for (const span of splitStatements(text)) {
    const refused = oversized(text, span, largestStatement);
    const statement = refused ? undefined : read(text, { start: span.start, end: span.end }, reader);
    if (statement) statements.push(statement);
    else unread.push(refused ?? problemOf(span));
  }
  return { statements, problems: [...unread, ...unclosedComment(text, { start: 0, end: text.length })] };
}

function read(text: string, span: Span, reader: Reader): Statement | undefined {
  try {
    const piece = pieceOf(text, span);
    return lowerStatement(onlyNode(piece.sql, reader), piece);
  } catch (error) {
    if (error instanceof Unsupported || error instanceof RangeError) return undefined;
    throw error;
  }
}

function onlyNode(sql: string, reader: Reader): Node {
  let nodes: readonly Node[] = [];
  try {
    nodes = reader(sql);
  } catch {
    unsupported();
  }
  const [node] = nodes;
  return node !== undefined && nodes.length === 1 ? node : unsupported();
}

function problemOf({ start, end }: Span): Problem {
  return {
    span: { start, end },
    message: "the portable parser can't read this statement",
    help: 'Use `parser: libpg`, which reads all of PostgreSQL; this statement was not checked',
  };
}
