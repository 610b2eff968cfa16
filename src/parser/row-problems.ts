// Rows behind a COPY that read as statements: where the COPY fails, psql runs them.

import type { Statement } from '../model/statement.ts';
import { endsStatement, psqlScript, type PsqlCommand, type PsqlScript } from '../text/psql-script.ts';
import type { Span } from '../text/span.ts';
import { splitStatements } from '../text/split-statements.ts';
import type { Problem, ReadStatements } from './parser.ts';
import { runsOtherSql } from './psql.ts';

/** The first of each piece of rows. `text`: as its author wrote it. */
export function rowProblems(rows: readonly Span[], text: string, read: (sql: string) => ReadStatements): Problem[] {
  return rows.flatMap((span) => {
    const found = statementIn(text.slice(span.start, span.end), read);
    return found ? [problemOf({ start: span.start + found.start, end: span.start + found.end })] : [];
  });
}

function problemOf(span: Span): Problem {
  return {
    rule: 'not-checked',
    span,
    message: 'if the COPY above fails, psql runs this row as a statement, and that was not checked',
    help: 'Put \\set ON_ERROR_STOP on above, so that psql stops where a COPY fails',
  };
}

const WORDS = 'alter|create|drop|truncate|delete|update|insert|do|call|grant|revoke|reindex|cluster|vacuum|lock|select|with|merge|refresh|reassign|copy|execute|set';
/** Where statements may begin: at the start, behind a semicolon, behind a command or a comment. */
const MAY_HOLD = new RegExp(`(?:^|;|\\\\[a-z]+)\\s*(?:(?:${WORDS})(?![\\w$])|--|/\\*|\\\\|:)`, 'i');
const MAY_OBEY = /\\(?:[!iegow]|set|copy)/;
const BEGINS = new RegExp(`^(?:${WORDS})(?![\\w$])`, 'i');

function statementIn(rows: string, read: (sql: string) => ReadStatements): Span | undefined {
  if (!MAY_HOLD.test(rows) && !MAY_OBEY.test(rows) && !(rows.includes('`') && rows.includes('\\'))) return undefined;
  const script = psqlScript(rows);
  const command = script.commands.find(({ name, runsProgram }) => runsProgram || runsOtherSql.has(name));
  const hidden = command ?? script.filled[0];
  if (hidden) return hidden;
  let tries = 0;
  for (const piece of splitStatements(withoutCommands(rows, script))) {
    const sql = rows.slice(piece.start, piece.end);
    if (!piece.complete || !BEGINS.test(sql)) continue;
    tries += 1;
    if (tries > MOST || read(sql).statements.some(isTelling)) return piece;
  }
  return undefined;
}

/** More rows that begin like statements are not tried: some of them will be. */
const MOST = 100;

function isTelling({ kind }: Statement): boolean {
  return kind !== 'harmless';
}

/** What psql takes for commands among them, it obeys, or leaves out to the end of the line. */
function withoutCommands(rows: string, { commands, dropped }: PsqlScript): string {
  let plain = '';
  const pieces: readonly (Span | PsqlCommand)[] = [...commands, ...dropped];
  for (const piece of pieces.toSorted((left, right) => left.start - right.start)) {
    const start = Math.max(piece.start, plain.length);
    const mark = 'name' in piece && endsStatement(piece) ? ';' : ' ';
    if (piece.end > start) plain += rows.slice(plain.length, start) + mark.padEnd(piece.end - start);
  }
  return plain + rows.slice(plain.length);
}
