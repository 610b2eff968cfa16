// `--format pretty`: findings for people, with the code, the lock in plain words, who waits, and the remedy.

import { severities, type Finding } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import type { Report } from '../model/report.ts';
import { listSome } from '../text/list.ts';
import { visible } from '../text/visible.ts';
import { countsByRule, isLong, sumOf } from './by-rule.ts';
import { findingGroups, folderOf, pathsIn, type FindingGroup } from './finding-groups.ts';
import { findingLines, placeOf } from './finding-lines.ts';
import { loosenedHeading, loosenedPlace, loosenedSentence, loosenedSeverity } from './loosened-lines.ts';
import { palette, type Palette } from './palette.ts';
import { overviewLines } from './overview-line.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { suppressedInWords } from './suppressed-lines.ts';
import { verdict } from './verdict.ts';
import { wrap } from './wrap.ts';

export const pretty: Reporter = (report, context) => {
  const paints = palette(context.color);
  const blocks = [
    ...findingGroups(byFile(report.findings)).map((group) => groupLines(group, paints, context)),
    ...(context.quiet ? [] : [closing(report, paints, context)]),
  ];
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
};

/** The findings of a file stand together, in the order in which the files first come. */
function byFile(findings: readonly Finding[]): Finding[] {
  const ranks = new Map([...new Set(findings.map(({ path }) => path))].map((path, rank) => [path, rank]));
  const rankOf = ({ path }: Finding): number => ranks.get(path) ?? 0;
  return findings.toSorted((left, right) => rankOf(left) - rankOf(right));
}

function groupLines(group: FindingGroup, paints: Palette, context: ReportContext): string[] {
  const { first, findings } = group;
  if (findings.length === 1) return findingLines(first, paints, context);
  const [, ...lines] = findingLines(first, paints, context);
  const place = `${visible(folderOf(group))} (${findings.length} files)`;
  return [
    `${paints[first.severity](first.severity)} ${paints.strong(visible(first.rule))}  ${paints.faint(place)}`,
    ...wrap(visible(`In ${listSome(pathsIn(group))}:`), context.width, '  '),
    ...lines,
  ];
}

/** The last lines are those that a terminal still shows. */
function closing(report: Report, paints: Palette, context: ReportContext): string[] {
  const { findings, summary, suppressed, loosened = [] } = report;
  return [
    ...looseningLines(loosened, paints, context),
    ...asideLines(suppressed, paints, context),
    ...(isLong(findings) ? ruleLines(findings, paints) : []),
    ...(isLong(findings) && context.isFirstLook === true && summary.linted > 1 ? [...wrap(advice, context.width), ''] : []),
    ...(context.overview ? overviewLines(context.overview, context.width).map((line) => paints.faint(line)) : []),
    verdict(report, paints),
    ...fixableLines(findings, context),
  ];
}

/** What more a run with an option would do. */
function fixableLines(findings: readonly Finding[], { cureOf, hasMoreCures, width }: ReportContext): string[] {
  const levels = findings.flatMap((finding) => cureOf?.(finding)?.level ?? []);
  const unsafe = levels.filter((level) => level === 'unsafe').length;
  const safe = levels.filter((level) => level === 'safe' || level === 'files').length;
  if (safe + unsafe === 0) return [];
  const first = `${hasMoreCures ? 'at least ' : ''}${safe === 0 ? unsafe : safe} can be fixed with ${safe === 0 ? '--fix --unsafe-fixes' : '--fix'}`;
  return wrap(`${first}${safe === 0 || unsafe === 0 ? '' : `, ${unsafe} more with --unsafe-fixes`}; --diff instead shows how`, width);
}

const MOST_RULES = 8;
const SEVERITY = Math.max(...severities.map((severity) => severity.length));

function ruleLines(findings: readonly Finding[], paints: Palette): string[] {
  const { shown, rest } = countsByRule(findings, MOST_RULES);
  const width = String(shown[0]?.findings ?? 0).length;
  const row = (number: number, what: string): string => `  ${paints.strong(String(number).padStart(width))}  ${what}`;
  return [
    ...shown.map(({ rule, severity, findings: number }) => row(number, `${paints[severity](severity.padEnd(SEVERITY))}  ${visible(rule)}`)),
    ...(rest.length === 0 ? [] : [row(sumOf(rest), `${''.padEnd(SEVERITY)}  of ${rest.length} more rules`)]),
    '',
  ];
}

/** Where much is found that nobody will change any more. */
const advice =
  'What ran long ago needs no repair: `pgmigrate-lint baseline` records what is found now, `start-after: VERSION` in .pgmigrate-lint.yml ' +
  'says what is deployed, and `--since origin/main` lints what a branch brings.';

function looseningLines(loosened: readonly Loosening[], paints: Palette, { width }: ReportContext): string[] {
  if (loosened.length === 0) return [];
  const lines = loosened.slice(0, MOST_LOOSENED).flatMap((one) => wrap(`${paints.faint(visible(loosenedPlace(one)))} ${visible(loosenedSentence(one))}`, width, '  '));
  const rest = loosened.length - MOST_LOOSENED;
  return [paints[loosenedSeverity(loosened)](loosenedHeading(loosened)), ...lines, ...(rest > 0 ? [`  and ${rest} more`] : []), ''];
}

const MOST_LOOSENED = 20;

function asideLines(suppressed: Report['suppressed'], paints: Palette, { width }: ReportContext): string[] {
  const { comments, baseline } = suppressedInWords(suppressed);
  return [
    ...(comments === undefined ? [] : [comments.heading, ...comments.shown.flatMap((one) => wrap(`${paints.faint(placeOf(one.finding))} ${visible(`${one.finding.rule}: ${one.reason}`)}`, width, '  '))]),
    ...(comments === undefined || comments.rest === 0 ? [] : [`  and ${comments.rest} more`]),
    ...(baseline === undefined ? [] : wrap(visible(baseline), width)),
    ...(suppressed.length === 0 ? [] : ['']),
  ];
}
