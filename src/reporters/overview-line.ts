// What a run looked at, in one line: tools, PostgreSQL and who says so, migrations, what was left out.

import type { LeftOutKind, LeftOutSum } from '../model/left-out.ts';
import type { HistoryOverview, Overview, VersionOverview } from '../model/overview.ts';
import type { VersionSource } from '../model/version.ts';
import { list, listSome } from '../text/list.ts';
import { visible } from '../text/visible.ts';
import { count } from './plain-words.ts';
import { wrap } from './wrap.ts';

/** As few lines as there is room for, which break between the parts. */
export function overviewLines(overview: Overview, width: number): string[] {
  const parts = partsOf(overview).map((part) => visible(part).replaceAll(' ', UNBROKEN));
  return parts.length === 0 ? [] : wrap(parts.join(`${UNBROKEN}· `), width).map((line) => line.replaceAll(UNBROKEN, ' '));
}

/** Stands for a space at which no line breaks; no path that is made visible holds it. */
const UNBROKEN = '\0';

/** `Flyway in db/migration · PostgreSQL 14 (assumed: no version found) · 120 migrations, 3 linted`; undefined where nothing was looked at. */
export function overviewLine(overview: Overview): string | undefined {
  const parts = partsOf(overview);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function partsOf({ histories, version, leftOut, notRun, configuration, isConfiguredWithin }: Overview): string[] {
  if (histories.length === 0) return [];
  return [
    historiesInWords(histories),
    ...(version === undefined ? [] : [versionInWords(version)]),
    ...(configuration !== undefined && isConfiguredWithin ? [`configured by ${configuration}`] : []),
    numbersInWords(histories),
    ...(leftOut.length === 0 ? [] : [`left out: ${listSome(leftOut.map(({ path }) => path))}`]),
    ...notRun.flatMap(notRunInWords),
  ];
}

const kinds: Readonly<Record<LeftOutKind, (what: string) => string>> = {
  down: (what) => `down ${what}`,
  elsewhere: (what) => `${what} for other databases`,
  ignored: (what) => `ignored ${what}`,
};

/** `3 down sections (41 lines) left out`, `2 files for other databases left out`. */
function notRunInWords({ kind, sections, lines, files }: LeftOutSum): string[] {
  const counted = (number: number, what: string): string => `${number} ${kinds[kind](number === 1 ? what : `${what}s`)}`;
  return [
    ...(sections === 0 ? [] : [`${counted(sections, 'section')} (${count(lines, 'line')}) left out`]),
    ...(files === 0 ? [] : [`${counted(files, 'file')} left out`]),
  ];
}

const MOST_PLACES = 3;

/** Of many histories, how many each tool has. */
function historiesInWords(histories: readonly HistoryOverview[]): string {
  if (histories.length <= MOST_PLACES) return list(histories.map(({ title, path }) => (path === '.' ? title : `${title} in ${path}`)));
  const titles = histories.map(({ title }) => title);
  const numbers = [...new Set(titles)].map((title) => `${titles.filter((other) => other === title).length} of ${title}`);
  return `${histories.length} histories: ${list(numbers)}`;
}

function versionInWords({ major, source }: VersionOverview): string {
  return `PostgreSQL ${major} (${sourceInWords(source)})`;
}

function sourceInWords(source: VersionSource): string {
  if (source.kind === 'option') return '--postgres';
  if (source.kind === 'configuration') return source.path;
  if (source.kind === 'assumed') return 'assumed: no version found';
  const { path, line, written } = source;
  return `${path}:${line}${written === undefined ? '' : `, which says ${written}`}`;
}

function numbersInWords(histories: readonly HistoryOverview[]): string {
  const sum = (of: (history: HistoryOverview) => number): number => histories.reduce((total, history) => total + of(history), 0);
  const [migrations, linted] = [sum((one) => one.migrations), sum((one) => one.linted)];
  return migrations === linted ? count(migrations, 'migration') : `${count(migrations, 'migration')}, ${linted} linted`;
}
