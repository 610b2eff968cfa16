// What psql says in a script that is no SQL: meta-commands (\set …) and the rows behind COPY … FROM stdin. They are blanked
// out before the grammar sees the text, and its variables are filled; every offset stays as it was.

import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';
import type { Problem } from './parser.ts';
import { fillPlaceholders } from './placeholders.ts';

export interface PlainSql {
  /** As long as the original. */
  readonly text: string;
  readonly placeholders: readonly Span[];
  readonly problems: readonly Problem[];
}

/** Commands that run SQL which does not stand in this file. */
const runsOtherSql = /^\\(?:i|ir|include|include_relative|gexec)\b/;

/** psql reads the rows from its script for `stdout` as well. */
const copyFromStdin = /^\\?copy\b[\s\S]*\bfrom\s+std(?:in|out)\b/i;

export function withoutPsql(text: string): PlainSql {
  if (!/^\uFEFF|\\|\bstd(?:in|out)\b/i.test(text)) return { ...fillPlaceholders(text), problems: [] };
  const pieces = psqlPieces(text);
  return {
    ...fillPlaceholders(blankOut(text, pieces)),
    problems: pieces
      .filter((span) => runsOtherSql.test(text.slice(span.start, span.end)))
      .map((span) => unreadInclude(text, span)),
  };
}

function psqlPieces(text: string): Span[] {
  const pieces: Span[] = [];
  const byteOrderMark = text.startsWith('\uFEFF') ? 1 : 0;
  if (byteOrderMark) pieces.push({ start: 0, end: byteOrderMark });
  let offset = byteOrderMark;
  let statementStart = byteOrderMark;
  while (offset < text.length) {
    const token = sqlTokens(text, offset).next().value;
    if (!token) break;
    offset = token.end;
    const isCommand = token.kind === 'meta-command';
    const endsStatement = token.kind === 'symbol' && text[token.start] === ';';
    if (isCommand) pieces.push(token);
    if (!isCommand && !endsStatement) continue;
    if (isCommand ? copyFromStdin.test(text.slice(token.start, token.end)) : isCopyFromStdin(text, statementStart, token.start)) {
      const data = copyData(text, token.end);
      pieces.push(data);
      offset = data.end;
    }
    if (endsStatement) statementStart = offset;
  }
  return pieces;
}

function isCopyFromStdin(text: string, start: number, end: number): boolean {
  for (const token of sqlTokens(text, start, end)) {
    if (token.kind === 'comment' || token.kind === 'meta-command') continue;
    return copyFromStdin.test(text.slice(token.start, end));
  }
  return false;
}

/** From behind the semicolon to the line `\.`, or to the end of the text. */
function copyData(text: string, start: number): Span {
  const end = /^\\\.[ \t]*$/m;
  const match = end.exec(text.slice(start));
  return { start, end: match === null ? text.length : start + match.index + match[0].length };
}

/** White space in place of the pieces; `\;`, `\g` and its kin end a statement, so a semicolon stays. */
function blankOut(text: string, pieces: readonly Span[]): string {
  let plain = '';
  let offset = 0;
  for (const { start, end } of pieces) {
    const piece = text.slice(start, end);
    const space = piece.replace(/[^\n\r]/g, ' ');
    plain += text.slice(offset, start) + (/^\\[;g]/.test(piece) ? `;${space.slice(1)}` : space);
    offset = end;
  }
  return plain + text.slice(offset);
}

function unreadInclude(text: string, span: Span): Problem {
  const [command = ''] = text.slice(span.start, span.end).split(/\s/);
  return {
    span,
    message: `the SQL that psql's ${command} runs is not in this file and was not read`,
    help: 'Lint that file as well, or write its statements here',
  };
}
