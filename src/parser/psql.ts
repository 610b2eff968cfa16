// A text as the grammar can read it: without what psql takes for itself, meta-commands and the rows behind COPY … FROM stdin, and
// with names for placeholders. Every offset stays as it was; what the grammar does not see is told beside it.

import type { Turn } from '../model/turn.ts';
import { endsStatement, mayBePsql, psqlScript, type PsqlCommand, type PsqlScript } from '../text/psql-script.ts';
import type { Span } from '../text/span.ts';
import type { Fork } from './branches.ts';
import type { Problem } from './parser.ts';
import { blank, fillPlaceholders, type FilledText } from './placeholders.ts';

export interface PlainSql extends FilledText {
  readonly problems: readonly Problem[];
  readonly turns: readonly Turn[];
  /** What psql runs without being told in SQL: each reads as the statement that it stands for. */
  readonly readings: readonly Reading[];
}

export interface Reading {
  readonly span: Span;
  readonly sql: string;
}

export function withoutPsql(text: string): PlainSql {
  const isPsql = mayBePsql(text);
  const byteOrderMark = text.startsWith('\uFEFF') ? [{ start: 0, end: 1 }] : [];
  const script: PsqlScript = isPsql ? psqlScript(text) : { commands: [], rows: [], isWhole: true };
  const pieces = [...byteOrderMark, ...script.commands, ...script.rows].toSorted((left, right) => left.start - right.start);
  const filled = fillPlaceholders(pieces.length === 0 ? text : blankOut(text, pieces));
  return {
    ...filled,
    forks: [...filled.forks, ...script.commands.flatMap(forkOf)],
    problems: script.commands.flatMap(problemOf),
    turns: script.commands.flatMap(turnOf),
    readings: script.commands.flatMap(readingOf),
  };
}

/** White space in place of the pieces; where a command ends a statement, a semicolon stays. */
function blankOut(text: string, pieces: readonly (Span | PsqlCommand)[]): string {
  let plain = '';
  let offset = 0;
  for (const piece of pieces) {
    const space = blank(text.slice(piece.start, piece.end));
    plain += text.slice(offset, piece.start) + ('name' in piece && endsStatement(piece) ? `;${space.slice(1)}` : space);
    offset = piece.end;
  }
  return plain + text.slice(offset);
}

const forks: Readonly<Record<string, Fork['step']>> = { if: 'begins', elif: 'turns', else: 'turns', endif: 'ends' };

function forkOf({ name, start }: PsqlCommand): Fork[] {
  const step = forks[name];
  return step === undefined ? [] : [{ at: start, kind: 'branch', step }];
}

/** Commands that run SQL which does not stand in this file. */
const runsOtherSql: ReadonlySet<string> = new Set(['i', 'ir', 'include', 'include_relative', 'gexec']);

function problemOf({ name, rest, start, end }: PsqlCommand): Problem[] {
  if (!runsOtherSql.has(name)) return [];
  const message = name === 'gexec' ? 'the statements that psql makes of the rows of this query were not read' : `the SQL that psql's \\${name} runs was not read`;
  const help =
    name === 'gexec'
      ? 'Write the statements here, or check by hand what they do and say so in a comment that suppresses this'
      : `Lint ${rest === '' ? 'that file' : rest} as well, or write its statements here`;
  return [{ rule: 'unread-include', span: { start, end }, message, help }];
}

function turnOf({ name, rest, start }: PsqlCommand): Turn[] {
  if (name === '!') return [{ at: start, kind: 'unread' }];
  return name === 'c' || name === 'connect' ? [{ at: start, kind: 'connection', database: databaseOf(rest) }] : [];
}

/** `\c`, `\c -` and `\c - USER` stay in the database; with a host, it may be another one of the name. */
function databaseOf(rest: string): 'same' | 'other' {
  const [database = '-', , host = '-'] = rest.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-reuse-previous'));
  return database === '-' && host === '-' ? 'same' : 'other';
}

/** `\copy orders FROM 'file' (FORMAT csv)` writes rows as COPY does. */
function readingOf({ name, rest, start, end }: PsqlCommand): Reading[] {
  if (name !== 'copy') return [];
  const [table] = /^(?:binary\s+)?(?!\()[\s\S]{1,1000}?\sfrom(?=\s)/i.exec(rest) ?? [];
  return table === undefined ? [] : [{ span: { start, end }, sql: `COPY ${table} stdin` }];
}
