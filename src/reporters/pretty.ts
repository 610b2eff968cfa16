// `--format pretty`: findings for people, with the code, the lock in plain words, who waits, and the remedy.

import type { Finding } from '../model/finding.ts';
import type { OpaqueStatement, Report } from '../model/report.ts';
import { visible } from '../text/visible.ts';
import { findingLines, placeOf } from './finding-lines.ts';
import { palette, type Palette } from './palette.ts';
import { commandInWords, notJudgedInWords } from './plain-words.ts';
import type { Reporter } from './reporter.ts';
import { verdict } from './verdict.ts';

export const pretty: Reporter = (report, context) => {
  const paints = palette(context.color);
  const blocks = [
    ...byFile(report.findings).map((finding) => findingLines(finding, paints, context)),
    ...(context.quiet ? [] : [closing(report, paints)]),
  ];
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
};

/** The findings of a file stand together, in the order in which the files first come. */
function byFile(findings: readonly Finding[]): Finding[] {
  const ranks = new Map([...new Set(findings.map(({ path }) => path))].map((path, rank) => [path, rank]));
  const rankOf = ({ path }: Finding): number => ranks.get(path) ?? 0;
  return findings.toSorted((left, right) => rankOf(left) - rankOf(right));
}

function closing(report: Report, paints: Palette): string[] {
  return [...notJudged(report.opaque, paints), verdict(report, paints)];
}

const MOST_PLACES = 3;

function notJudged(opaque: readonly OpaqueStatement[], paints: Palette): string[] {
  if (opaque.length === 0) return [];
  const rest = opaque.length - MOST_PLACES;
  return [
    notJudgedInWords(opaque.length),
    ...opaque.slice(0, MOST_PLACES).map((one) => `  ${paints.faint(placeOf(one))} ${visible(commandInWords(one))}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    '',
  ];
}
