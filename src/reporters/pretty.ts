// `--format pretty`: findings for people, with the code, the lock in plain words, who waits, and the remedy.

import type { Effect } from '../model/effect.ts';
import { severities, type Finding } from '../model/finding.ts';
import type { OpaqueStatement, Report, Summary } from '../model/report.ts';
import { codeFrame } from './code-frame.ts';
import { palette, type Palette } from './palette.ts';
import { count, doubtsInWords, effectInWords } from './plain-words.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { visible } from '../text/visible.ts';
import { wrap } from './wrap.ts';

export const pretty: Reporter = (report, context) => {
  const paints = palette(context.color);
  const blocks = [
    ...byFile(report.findings).map((finding) => findingBlock(finding, paints, context)),
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

function findingBlock(finding: Finding, paints: Palette, { sourceOf, width }: ReportContext): string[] {
  const mark = paints[finding.severity];
  const source = sourceOf(finding.path);
  const style = { gutter: paints.faint, mark, width: width - FRAME_INDENT.length };
  const frame = source === undefined ? [] : codeFrame(source, finding, style).map((line) => FRAME_INDENT + line);
  return [
    `${mark(finding.severity)} ${paints.strong(visible(finding.rule))}  ${paints.faint(placeOf(finding))}`,
    ...wrap(visible(finding.message), width, INDENT),
    ...(frame.length === 0 ? [] : ['', ...frame, '']),
    ...effectLines(finding.effects, width),
    ...helpLines(finding.help, paints, width),
  ];
}

function placeOf({ path, line, column }: { readonly path: string; readonly line: number; readonly column: number }): string {
  return visible(`${path}:${line}:${column}`);
}

const INDENT = '  ';
const FRAME_INDENT = INDENT.repeat(2);
const MOST_EFFECTS = 3;

function effectLines(effects: readonly Effect[], width: number): string[] {
  const shown = effects.filter((effect) => !effect.new);
  const rest = shown.length - MOST_EFFECTS;
  const more = rest > 0 ? [`${INDENT}takes locks on ${count(rest, 'more relation')}`] : [];
  return [
    ...shown.slice(0, MOST_EFFECTS).flatMap((effect) => wrap(effectInWords(effect), width, `${INDENT}takes `)),
    ...more,
    ...doubtsInWords(shown).flatMap((doubt) => wrap(doubt, width, INDENT)),
  ];
}

function helpLines(help: string, paints: Palette, width: number): string[] {
  const label = `${INDENT}help: `;
  const [first = '', ...others] = wrap(visible(help), width, label);
  return [paints.good(label) + first.slice(label.length), ...others];
}

function closing({ summary, findings, opaque }: Report, paints: Palette): string[] {
  return [...notJudged(opaque, paints), ...summaryLines(summary, findings, paints)];
}

const MOST_PLACES = 3;

function notJudged(opaque: readonly OpaqueStatement[], paints: Palette): string[] {
  if (opaque.length === 0) return [];
  const rest = opaque.length - MOST_PLACES;
  return [
    `Not judged: ${count(opaque.length, 'statement')} whose effects can't be read from the text`,
    ...opaque.slice(0, MOST_PLACES).map((one) => `${INDENT}${paints.faint(placeOf(one))} ${visible(one.command)}`),
    ...(rest > 0 ? [`${INDENT}and ${rest} more`] : []),
    '',
  ];
}

function summaryLines(summary: Summary, findings: readonly Finding[], paints: Palette): string[] {
  const { linted, migrations } = summary;
  const replayed = migrations > linted ? [`${count(migrations - linted, 'other')} replayed as history`] : [];
  const suppressed = summary.suppressed > 0 ? [`${summary.suppressed} suppressed`] : [];
  return [[verdict(summary, findings, paints), ...suppressed, ...replayed].join(', ')];
}

function verdict(summary: Summary, findings: readonly Finding[], paints: Palette): string {
  const { linted, statements } = summary;
  if (findings.length > 0) return problems(summary, findings, paints);
  if (linted === 0) return 'No migrations to lint';
  return `${paints.good('No problems')} in ${count(linted, 'migration')} (${count(statements, 'statement')})`;
}

function problems(summary: Summary, findings: readonly Finding[], paints: Palette): string {
  const files = new Set(findings.map(({ path }) => path)).size;
  const total = paints.strong(count(findings.length, 'problem'));
  const parts = severities
    .filter((severity) => summary[severity] > 0)
    .map((severity) => paints[severity](count(summary[severity], severity)));
  return `${total} (${parts.join(', ')}) in ${files} of ${count(summary.linted, 'migration')}`;
}
