// What psql alone can run, in a text that another tool sends to PostgreSQL: its commands, and rows behind COPY … FROM stdin. They are left
// out, so that what stands around them is read.

import type { Dialect } from '../model/dialect.ts';
import { mayBePsql, scriptOfOtherTool, type PsqlCommand } from '../text/psql-script.ts';
import type { Span } from '../text/span.ts';
import type { Problem } from './parser.ts';

export interface InOtherTool {
  readonly blanks: readonly (Span | PsqlCommand)[];
  readonly problems: readonly Problem[];
}

const nothing: InOtherTool = { blanks: [], problems: [] };

/**
 * Of the drivers that tools are written with, none sends rows that stand in the text: the server reads them as SQL. Flyway cuts them
 * out itself. Source: "COPY Operations" in PostgreSQL's documentation of the protocol; PostgreSQLParser.readCopyData() of Flyway.
 */
export function inOtherTool(text: string, { tool, psql, hasCopyRows }: Dialect): InOtherTool {
  if (psql !== 'no' || tool === undefined || !mayBePsql(text)) return nothing;
  const { commands, copies, rows, isWhole } = scriptOfOtherTool(text);
  const named = commands.filter(({ name }) => name !== '');
  return {
    blanks: [...named, ...(isWhole || hasCopyRows ? rows : [])],
    problems: [...commandProblem(named, tool), ...(hasCopyRows ? [] : copyProblem(copies, tool))],
  };
}

/** The first one speaks for all. */
function commandProblem([first, ...others]: readonly PsqlCommand[], tool: string): Problem[] {
  if (first === undefined) return [];
  const { start, end, name } = first;
  const dump = name === 'restrict' ? 'Take it out with \\unrestrict at the end: pg_dump writes both for psql' : 'Take it out, or write what it does in SQL';
  const message = `\\${name} is psql's, and PostgreSQL refuses it where ${tool} runs this${also(others)}`;
  return [{ rule: 'unsupported-by-tool', span: { start, end }, message, help: dump }];
}

function copyProblem([first, ...others]: readonly Span[], tool: string): Problem[] {
  if (first === undefined) return [];
  const message = `COPY … FROM stdin fails here, because ${tool} can't send rows that stand in the file${also(others)}`;
  return [{ rule: 'unsupported-by-tool', span: first, message, help: 'Write the rows as INSERT, or load them in another way' }];
}

function also({ length }: readonly unknown[]): string {
  return length === 0 ? '' : length === 1 ? ', and so it does once more below' : `, and so it does ${length} times more below`;
}
