// A text as the grammar can read it: without what psql takes for itself, meta-commands and the rows behind COPY … FROM stdin, and
// with names for placeholders. Every offset stays as it was; what the grammar does not see is told beside it.

import type { Dialect } from '../model/dialect.ts';
import type { Turn } from '../model/turn.ts';
import { copySent, endsStatement, mayBePsql, psqlScript, type FilledStatement, type PsqlCommand, type PsqlScript } from '../text/psql-script.ts';
import type { Span } from '../text/span.ts';
import { skipTrivia } from '../text/sql-tokens.ts';
import type { Fork } from './branches.ts';
import { inOtherTool } from './other-tool.ts';
import type { Problem } from './parser.ts';
import { blank, fillPlaceholders, type FilledText } from './placeholders.ts';
import { withoutBackslashes } from './backslashes.ts';
import { strangeEncoding } from './strange-encoding.ts';

export interface PlainSql extends FilledText {
  readonly problems: readonly Problem[];
  readonly turns: readonly Turn[];
  /** What psql runs without being told in SQL: each reads as the statement that it stands for. */
  readonly readings: readonly Reading[];
  /** If the COPY before them fails, psql takes them for statements. */
  readonly rows: readonly Span[];
}

export interface Reading {
  readonly span: Span;
  readonly sql: string;
  /** It may hold several statements, commands and placeholders. */
  readonly isScript: boolean;
}

export function withoutPsql(written: string, dialect: Dialect): PlainSql {
  const script = scriptOf(written, dialect);
  const alien = inOtherTool(written, dialect);
  const known = script.filled.filter(isKnown);
  const byteOrderMark = written.startsWith('\uFEFF') ? [{ start: 0, end: 1 }] : [];
  const pieces = [...byteOrderMark, ...script.commands, ...script.rows, ...script.dropped, ...known, ...alien.blanks, ...(script.unrun ? [script.unrun] : [])];
  const { text, problems } = withoutBackslashes(pieces.length === 0 ? written : blankOut(written, pieces), dialect);
  const filled = fillPlaceholders(text, dialect);
  return {
    ...filled,
    forks: [...filled.forks, ...script.commands.flatMap(forkOf)],
    problems: [...strangeEncoding(written), ...alien.problems, ...problems, ...script.commands.flatMap(problemOf), ...script.torn.map(tornProblem), ...unrunProblem(script, written), ...script.filled.filter((one) => !isKnown(one)).map(computedProblem)],
    turns: script.commands.flatMap(turnOf),
    readings: [...script.commands.flatMap(readingOf), ...known.map((statement) => filledReading(statement, written))],
    rows: stopsAtErrors(script, dialect) ? [] : script.rows,
  };
}

const nothing: PsqlScript = { commands: [], rows: [], copies: [], dropped: [], filled: [], torn: [], unrun: undefined, isWhole: true };

function scriptOf(text: string, { psql }: Dialect): PsqlScript {
  return psql !== 'no' && mayBePsql(text) ? psqlScript(text) : nothing;
}

/** White space in place of the pieces; where a command ends a statement, a semicolon stays. */
function blankOut(text: string, pieces: readonly (Span | PsqlCommand)[]): string {
  let plain = '';
  for (const piece of pieces.toSorted((left, right) => left.start - right.start)) {
    const start = Math.max(piece.start, plain.length);
    if (piece.end <= start) continue;
    const space = blank(text.slice(start, piece.end));
    plain += text.slice(plain.length, start) + ('name' in piece && start === piece.start && endsStatement(piece) ? `;${space.slice(1)}` : space);
  }
  return plain + text.slice(plain.length);
}

function forkOf({ fork, start }: PsqlCommand): Fork[] {
  return fork === undefined ? [] : [{ at: start, kind: 'branch', step: fork }];
}

/** Commands that run SQL which does not stand in this file. */
export const runsOtherSql: ReadonlySet<string> = new Set(['i', 'ir', 'include', 'include_relative', 'gexec']);

function problemOf(command: PsqlCommand): Problem[] {
  const { name, rest, start, end, runsProgram } = command;
  const span = { start, end };
  if (runsProgram) return [{ rule: 'not-checked', span, message: `the program that psql's \\${name} runs was not checked`, help: programHelp }];
  if (name === 'set') return settingProblem(rest, span);
  if (!runsOtherSql.has(name)) return [];
  const message = name === 'gexec' ? 'the statements that psql makes of the rows of this query were not read' : `the SQL that psql's \\${name} runs was not read`;
  const help =
    name === 'gexec'
      ? 'Write the statements here, or check by hand what they do and say so in a comment that suppresses this'
      : `Lint ${rest === '' ? 'that file' : rest} as well, or write its statements here`;
  return [{ rule: 'unread-include', span, message, help }];
}

const programHelp = 'Take it out, or check by hand what it does and say so in a comment that suppresses this';

/** They change where statements end, or what is a transaction. */
function settingProblem(rest: string, span: Span): Problem[] {
  const [, name = '', value = ''] = /^'?([A-Z_]{1,40})'?(?![^\s])\s{0,40}'?(\S{0,40}?)'?(?![^\s])/.exec(rest) ?? [];
  const isOn = /^(?:on|1|t|tr|tru|true|y|ye|yes)$/i.test(value);
  if (name === 'SINGLELINE' && isOn) {
    return [{ rule: 'not-checked', span, message: 'each line behind this is a statement for psql, and was not read as one', help: 'Take it out, and end statements with semicolons' }];
  }
  if (name !== 'AUTOCOMMIT' || isOn || value === '') return [];
  return [{ rule: 'not-checked', span, message: 'the transactions that psql opens behind this were not followed', help: 'Write BEGIN and COMMIT instead' }];
}

function turnOf({ name, rest, start, runsProgram }: PsqlCommand): Turn[] {
  if (runsProgram) return [{ at: start, kind: 'unread' }];
  return name === 'c' || name === 'connect' ? [{ at: start, kind: 'connection', database: databaseOf(rest) }] : [];
}

/** `\c`, `\c -` and `\c - USER` stay in the database; with a host, it may be another one of the name. */
function databaseOf(rest: string): 'same' | 'other' {
  const [database = '-', , host = '-'] = rest.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-reuse-previous'));
  return database === '-' && host === '-' ? 'same' : 'other';
}

function tornProblem(span: Span): Problem {
  return {
    rule: 'not-checked',
    span,
    message: 'what begins here goes on behind the rows of the COPY before it, and was not read',
    help: 'Begin it behind the rows',
  };
}

function unrunProblem({ unrun }: PsqlScript, text: string): Problem[] {
  if (unrun === undefined) return [];
  const start = skipTrivia(text, unrun.start, unrun.end);
  if (start === unrun.end) return [];
  return [{ rule: 'unrun-statement', span: { start, end: unrun.end }, message: 'this never runs, because psql stops at the \\q above', help: 'Take out the \\q, or what stands behind it' }];
}

/** `\copy orders FROM 'file' (FORMAT csv)` writes rows as COPY does. */
function readingOf({ name, rest, start, end }: PsqlCommand): Reading[] {
  if (name !== 'copy') return [];
  const sql = copySent(rest);
  return sql === undefined ? [] : [{ span: { start, end }, sql, isScript: false }];
}

/** What the variables in it hold stands in the script, and is not too much. */
function isKnown({ start, end, references }: FilledStatement): boolean {
  const length = references.reduce((sum, { value = '' }) => sum + value.length, end - start);
  return length < LONGEST && references.every(({ value }) => value !== undefined);
}

/** Of a statement with its variables filled in. */
const LONGEST = 100_000;

function filledReading({ start, end, references }: FilledStatement, text: string): Reading {
  let sql = '';
  let offset = start;
  for (const { start: at, end: behind, value = '' } of references) {
    sql += text.slice(offset, at) + value;
    offset = behind;
  }
  return { span: { start, end }, sql: sql + text.slice(offset, end), isScript: true };
}

function computedProblem({ references }: FilledStatement): Problem {
  const { start = 0, end = 0, name = '' } = references.find(({ value }) => value === undefined) ?? references[0] ?? {};
  return {
    rule: 'not-checked',
    span: { start, end },
    message: `what psql's variable ${name} holds here was not checked, because only a run tells`,
    help: `Write :"${name}" where it is a name and :'${name}' where it is a text, or say in a comment that suppresses this why it holds nothing else`,
  };
}

/** So that no rows are left behind a COPY that fails. Sqitch tells psql so, and other tools that know of rows do. */
function stopsAtErrors({ commands }: PsqlScript, { psql }: Dialect): boolean {
  const settings = commands.flatMap(({ name, rest }) => (name === 'set' ? (/^ON_ERROR_STOP\s{1,40}'?(?:on|1|true)'?$/i.test(rest) ? [true] : /ON_ERROR_STOP/.test(rest) ? [false] : []) : []));
  return psql !== 'perhaps' || (settings.length > 0 && settings.every(Boolean));
}
