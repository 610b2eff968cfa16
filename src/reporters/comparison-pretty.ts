// `trace --compare` for people: each statement where claim and server differ, and how many agree.

import type { Trace, TracedStatement } from '../model/report.ts';
import { visible } from '../text/visible.ts';
import { palette } from './palette.ts';
import { count } from './plain-words.ts';
import type { ReportContext } from './reporter.ts';
import { wrap } from './wrap.ts';

export function comparisonPretty({ migrations }: Trace, { color, width }: Pick<ReportContext, 'color' | 'width'>): string {
  const paints = palette(color);
  const statements = migrations.flatMap((migration) => migration.statements);
  const lines = migrations.flatMap(({ path, statements: own, unread }) => [
    ...unread.map(({ line, column, message }) =>
      paints.error(`${visible(path)}:${line}:${column} could not be read: ${visible(message)}`),
    ),
    ...own.filter(isDifferent).flatMap(({ line, column, command, differences }) => [
      `${paints.strong(`${visible(path)}:${line}:${column}`)} ${visible(command)}`,
      ...differences.flatMap((difference) => wrap(visible(difference), width, '  ')),
    ]),
  ]);
  const summary = summaryOf(statements);
  const paint = statements.some(isDifferent) ? paints.warning : paints.good;
  return [...lines, ...(lines.length > 0 ? [''] : []), ...summary.map((line) => paint(line)), ''].join('\n');
}

function isDifferent({ differences }: TracedStatement): boolean {
  return differences.length > 0;
}

function summaryOf(statements: readonly TracedStatement[]): string[] {
  const done = statements.filter(({ error, notRun }) => error === undefined && notRun === undefined);
  const agreeing = done.filter((statement) => !isDifferent(statement)).length;
  const refused = statements.filter(({ error }) => error !== undefined).length;
  const unsent = statements.filter(({ notRun }) => notRun !== undefined).length;
  const share = done.length === 0 ? '' : ` (${((agreeing * 100) / done.length).toFixed(2)} %)`;
  return [
    `${agreeing} of ${count(done.length, 'statement')} that PostgreSQL ran did what is claimed${share}`,
    ...(refused > 0 ? [`${count(refused, 'statement')} refused by PostgreSQL`] : []),
    ...(unsent > 0 ? [`${count(unsent, 'statement')} not run`] : []),
  ];
}
