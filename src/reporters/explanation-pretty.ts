// `explain` and `trace` for people: each statement with its transaction, its lock_timeout, what it locks and who waits.

import { culpritInWords } from '../model/culprit.ts';
import { printName } from '../model/names.ts';
import type { ExplainedStatement, Explanation, Trace, TracedStatement, Unread } from '../model/report.ts';
import { displayWidth } from './display-width.ts';
import { palette, type Palette } from './palette.ts';
import { doubtsInWords, effectInWords, workAlone } from './plain-words.ts';
import type { ReportContext } from './reporter.ts';
import { visible } from '../text/visible.ts';
import { wrap } from './wrap.ts';

type Context = Pick<ReportContext, 'color' | 'width'>;

export function explanationPretty({ migrations }: Explanation, context: Context): string {
  if (migrations.length === 0) return 'No migrations to explain\n';
  const done = migrations.map((migration) => ({ ...migration, statements: migration.statements.map(doneOf) }));
  return printMigrations(done, notesOnExplained, context);
}

/** A refused statement does none of its work, and its locks go at once. */
export function doneOf(statement: ExplainedStatement): ExplainedStatement {
  return statement.refusal ? { ...statement, effects: [], blocks: { reads: [], writes: [] } } : statement;
}

/** The same of what a server did. */
export function tracePretty({ migrations }: Trace, context: Context): string {
  return migrations.length === 0 ? 'No migrations to trace\n' : printMigrations(migrations, notesOnTraced, context);
}

export function notesOnExplained({ opaque, culprit, refusal }: ExplainedStatement): string[] {
  if (refusal) return [`refused: ${visible(refusal.message)}${refusal.code === undefined ? '' : ` (${refusal.code})`}`];
  return opaque ? [`what it does can't be read from the text${culprit ? `: it ${visible(culpritInWords(culprit))}` : ''}`] : [];
}

export function notesOnTraced({ unseenLocks, error, notRun }: TracedStatement): string[] {
  return [
    ...unseenLocks.map(({ relation, work }) => `${visible(printName(relation))}: ${workAlone(work)}; its lock can't be seen here`),
    ...(error ? [`refused: ${visible(error.message)} (${error.code})`] : []),
    ...(notRun === undefined ? [] : [`not run: ${notRun}`]),
  ];
}

/** What `explain` and `trace` have in common. */
type Told = Pick<ExplainedStatement, 'line' | 'command' | 'transaction' | 'lockTimeout' | 'effects' | 'blocks'>;

interface Migration<Statement> {
  readonly path: string;
  readonly name?: string | undefined;
  readonly tool: string;
  readonly unread: readonly Unread[];
  readonly statements: readonly Statement[];
}

type Notes<Statement> = (statement: Statement) => readonly string[];

function printMigrations<S extends Told>(migrations: readonly Migration<S>[], notes: Notes<S>, { color, width }: Context): string {
  const paints = palette(color);
  return migrations.map((migration) => `${migrationLines(migration, notes, paints, width).join('\n')}\n`).join('\n');
}

const titles = ['line', 'command', 'transaction', 'lock_timeout'] as const;

function migrationLines<S extends Told>(
  { path, name, tool, statements, unread }: Migration<S>,
  notes: Notes<S>,
  paints: Palette,
  width: number,
): string[] {
  const title = [paints.strong(visible(name === undefined ? path : `${path} · ${name}`)), paints.faint(tool)];
  const missing = unread.map(({ line, message }) => paints.error(`line ${line} could not be read: ${visible(message)}`));
  if (statements.length === 0) return [...title, ...(missing.length > 0 ? missing : ['no statements'])];
  const widths = columnWidths([titles, ...statements.map(cellsOf)]);
  return [
    ...title,
    paints.faint(rowOf(titles, widths)),
    ...statements.flatMap((statement) => [rowOf(cellsOf(statement), widths), ...effectLines(statement, notes(statement), paints, widths, width)]),
    ...missing,
  ];
}

function cellsOf({ line, command, transaction, lockTimeout }: Told): readonly string[] {
  return [String(line), visible(command), transaction, lockTimeout ?? 'none'];
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  return titles.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
}

const GAP = '  ';

function rowOf([line = '', ...cells]: readonly string[], [first = 0, ...widths]: readonly number[]): string {
  const padded = cells.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell)));
  return [line.padStart(first), ...padded].join(GAP).trimEnd();
}

function effectLines(
  statement: Told,
  notes: readonly string[],
  paints: Palette,
  [first = 0]: readonly number[],
  width: number,
): string[] {
  const indent = ' '.repeat(first + GAP.length);
  const isBlocking = statement.blocks.reads.length + statement.blocks.writes.length > 0;
  return [...statement.effects.map(effectInWords), ...doubtsInWords(statement.effects), ...notes]
    .flatMap((sentence) => wrap(sentence, width, indent))
    .map(isBlocking ? paints.warning : paints.faint);
}
