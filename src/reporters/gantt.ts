// A Mermaid diagram of who waits for which table, from statement to statement: where more than one table or transaction is locked.
// Source: packages/mermaid/src/diagrams/gantt/parser/gantt.jison of mermaid 11.

import type { Waiters } from '../model/effect.ts';
import { columnsOf } from '../model/lanes/columns.ts';
import type { Bar } from '../model/lanes/bar.ts';
import { lockLanes, type Lane } from '../model/lanes/lock-lanes.ts';
import { mostWaitedFor } from '../model/lanes/most-waited-for.ts';
import { printName } from '../model/names.ts';
import type { ExplainedMigration } from '../model/report.ts';
import { visible } from '../text/visible.ts';
import { displayWidth } from './display-width.ts';
import { count, waitersInWords } from './plain-words.ts';

/** More are no picture any more. */
const MOST_BARS = 30;
const MOST_COLUMNS = 40;
const LONGEST_NAME = 36;

/** Lines of Markdown; none where nobody waits, or where one table in one transaction is all there is. */
export function ganttLines(migrations: readonly ExplainedMigration[]): string[] {
  const statements = migrations.flatMap(({ path, statements: own }) => own.map((statement) => ({ path, ...statement })));
  const lanes = lockLanes(statements);
  const bars = lanes.flatMap((lane) => lane.bars);
  const isOne = lanes.length < 2 && new Set(bars.map(({ transaction }) => transaction)).size < 2;
  if (isOne || bars.every(({ waiters }) => waiters === 'nobody')) return [];
  const shown = mostWaitedFor(lanes, MOST_BARS);
  const columns = columnsOf(shown, statements, MOST_COLUMNS);
  const rest = bars.length - shown.reduce((sum, lane) => sum + lane.bars.length, 0);
  const isOneFile = new Set(statements.map(({ path }) => path)).size === 1;
  const placeOf = ({ from }: Bar): string => {
    const { path = '', line = 0 } = statements[from] ?? {};
    return isOneFile ? `line ${line}` : `${mermaidText(path.split('/').at(-1) ?? '')}, line ${line}`;
  };
  return [
    '```mermaid',
    `%%{init: {"gantt": {"leftPadding": ${paddingFor(shown)}}}}%%`,
    'gantt',
    '  title Who waits, from statement to statement (order, not time)',
    '  dateFormat x',
    '  axisFormat .',
    '  todayMarker off',
    ...shown.flatMap(({ relation, bars: own }) => [
      `  section ${mermaidText(printName(relation))}`,
      ...own.map((bar) => `  ${waitersInWords(bar.waiters)} (${placeOf(bar)}) :${tags[bar.waiters]}${columns.findIndex(({ from }) => from === bar.from)}, ${columns.findIndex(({ to }) => to === bar.to) + 1}`),
    ]),
    '```',
    ...(rest > 0 ? ['', `${count(rest, 'more lock')} not drawn here.`] : []),
  ];
}

const tags: Readonly<Record<Waiters, string>> = { 'reads and writes': 'crit, ', reads: 'crit, ', writes: 'active, ', nobody: 'done, ' };

/** In pixels: the names stand to the left of the bars, in letters of 11 pixels. */
function paddingFor(lanes: readonly Lane[]): number {
  const longest = Math.max(...lanes.map(({ relation }) => displayWidth(mermaidText(printName(relation)))));
  return 30 + 7 * longest;
}

/** Signs that mean something to Mermaid, to HTML or to Markdown are shown by their wide forms, which mean nothing to anybody. */
function mermaidText(text: string): string {
  const characters = Array.from(visible(text));
  const cut = characters.length > LONGEST_NAME ? [...characters.slice(0, LONGEST_NAME - 1), '…'] : characters;
  return cut.join('').replace(/[!"#$%&'*+:;<=>?@[\\\]^`{|}~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + WIDE));
}

/** From a sign of ASCII to its wide form in Unicode. */
const WIDE = 0xfee0;
