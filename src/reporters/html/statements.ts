// The statements of a page, as they are drawn and listed: whether they were read or run, with what is to be said of each.

import type { ExplainedMigration, ExplainedStatement, TracedMigration } from '../../model/report.ts';
import { doneOf, notesOnExplained, notesOnTraced } from '../explanation-pretty.ts';
import type { ReportContext } from '../reporter.ts';

export interface ShownStatement extends Omit<ExplainedStatement, 'opaque' | 'culprit' | 'refusal'> {
  readonly path: string;
  /** What runs it, and how. */
  readonly tool: string;
  /** Its own words, in one line. */
  readonly sql: string;
  readonly notes: readonly string[];
  /** It can't be read from the text what it locks. */
  readonly isOpaque: boolean;
  /** In milliseconds. */
  readonly took?: number | undefined;
}

type Sources = ReportContext['sourceOf'];

/** What PostgreSQL refuses locks nothing that lasts. */
export function readStatements(migrations: readonly ExplainedMigration[], sourceOf: Sources): readonly ShownStatement[] {
  return migrations.flatMap(({ path, tool, statements }) => {
    return statements.map((statement) => ({ ...doneOf(statement), path, tool, sql: sqlOf(statement, path, sourceOf), notes: notesOnExplained(statement), isOpaque: statement.opaque }));
  });
}

export function runStatements(migrations: readonly TracedMigration[], sourceOf: Sources): readonly ShownStatement[] {
  return migrations.flatMap(({ path, tool, statements }) => {
    return statements.map((statement) => ({ ...statement, path, tool, sql: sqlOf(statement, path, sourceOf), notes: notesOnTraced(statement), isOpaque: false }));
  });
}

/** More are no excerpt any more. */
const MOST_LINES = 8;
const LONGEST = 140;
const MOST_OF_A_LINE = 1000;

function sqlOf({ line, column, endLine, endColumn, command }: ExplainedStatement | TracedMigration['statements'][number], path: string, sourceOf: Sources): string {
  const source = sourceOf(path);
  if (source === undefined || source.text === '') return command;
  const last = Math.min(endLine, line + MOST_LINES);
  const lines = Array.from({ length: last - line + 1 }, (_, index) => {
    const number = line + index;
    const start = number === line ? column - 1 : 0;
    return source.line(number).slice(start, Math.min(start + MOST_OF_A_LINE, number === endLine ? endColumn - 1 : Infinity));
  });
  const text = lines.join(' ').replace(/\s+/g, ' ').trim();
  const characters = Array.from(text);
  return characters.length > LONGEST || last < endLine ? `${characters.slice(0, LONGEST).join('')}…` : text;
}

