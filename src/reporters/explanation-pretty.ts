// `explain` for people: each statement with its transaction, its lock_timeout, what it locks and who waits.

import type { ExplainedMigration, ExplainedStatement, Explanation } from '../model/report.ts';
import { displayWidth } from './display-width.ts';
import { palette, type Palette } from './palette.ts';
import { doubtsInWords, effectInWords } from './plain-words.ts';
import type { ReportContext } from './reporter.ts';
import { visible } from '../text/visible.ts';
import { wrap } from './wrap.ts';

export function explanationPretty(explanation: Explanation, { color, width }: Pick<ReportContext, 'color' | 'width'>): string {
  const paints = palette(color);
  return explanation.migrations.map((migration) => `${migrationLines(migration, paints, width).join('\n')}\n`).join('\n');
}

const titles = ['line', 'command', 'transaction', 'lock_timeout'] as const;

function migrationLines({ path, statements }: ExplainedMigration, paints: Palette, width: number): string[] {
  const title = paints.strong(visible(path));
  if (statements.length === 0) return [title, 'no statements'];
  const widths = columnWidths([titles, ...statements.map(cellsOf)]);
  return [
    title,
    paints.faint(rowOf(titles, widths)),
    ...statements.flatMap((statement) => [rowOf(cellsOf(statement), widths), ...effectLines(statement, paints, widths, width)]),
  ];
}

function cellsOf({ line, command, transaction, lockTimeout }: ExplainedStatement): readonly string[] {
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

function effectLines(statement: ExplainedStatement, paints: Palette, [first = 0]: readonly number[], width: number): string[] {
  const indent = ' '.repeat(first + GAP.length);
  const notes = statement.opaque ? ["what it does can't be read from the text"] : [];
  const isBlocking = statement.blocks.reads.length + statement.blocks.writes.length > 0;
  return [...statement.effects.map(effectInWords), ...doubtsInWords(statement.effects), ...notes]
    .flatMap((sentence) => wrap(sentence, width, indent))
    .map(isBlocking ? paints.warning : paints.faint);
}
