// `--format markdown`: a comment of a pull or merge request, or a job summary: verdict, what locks what and who waits, findings.

import type { Effect } from '../model/effect.ts';
import type { Finding } from '../model/finding.ts';
import { isBlocking, whoWaits } from '../model/effect.ts';
import { printName } from '../model/names.ts';
import type { Loosening } from '../model/loosening.ts';
import type { ExplainedMigration, ExplainedStatement, Report } from '../model/report.ts';
import { listSome } from '../text/list.ts';
import { countsByRule, isLong, sumOf } from './by-rule.ts';
import { codeFrame } from './code-frame.ts';
import { cureMarkdown } from './cure-markdown.ts';
import { findingGroups, folderOf, pathsIn, type FindingGroup } from './finding-groups.ts';
import { consequences, placeOf } from './finding-lines.ts';
import { ganttLines } from './gantt.ts';
import { gravestFirst } from './gravest-first.ts';
import { markdownCode, markdownFence, markdownText } from './markdown-text.ts';
import { loosenedHeading, loosenedPlace, loosenedSentence } from './loosened-lines.ts';
import { overviewLine } from './overview-line.ts';
import { palette } from './palette.ts';
import { count, workAlone } from './plain-words.ts';
import { withPlans } from './plan-markdown.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { suppressedInWords } from './suppressed-lines.ts';
import { problemCount, verdict } from './verdict.ts';

const plain = palette(false);

export const markdown: Reporter = (report, context) => {
  const { findings, suppressed, loosened = [] } = report;
  const outcome = [...findings, ...loosened].some(({ severity }) => context.fails(severity)) ? 'failed' : 'passed';
  const blocks = [
    [`## pgmigrate-lint ${outcome}: ${verdict(report, plain)}`],
    context.quiet ? [] : lookedAt(context),
    loosenedList(loosened),
    isLong(findings) ? ruleTable(findings) : [],
    ganttLines(context.explained),
    lockTable(context.explained),
    ...findingBlocks(findings, context),
    ...(context.quiet ? [] : asideBlocks(suppressed)),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
};

function lookedAt({ overview }: ReportContext): string[] {
  const line = overview && overviewLine(overview);
  return line === undefined ? [] : [markdownText(line)];
}

function loosenedList(loosened: readonly Loosening[]): string[] {
  if (loosened.length === 0) return [];
  const lines = loosened.slice(0, MOST_LOOSENED).map((one) => `- ${markdownCode(loosenedPlace(one))} ${markdownText(loosenedSentence(one))}`);
  const rest = loosened.length - MOST_LOOSENED;
  return [`**${loosenedHeading(loosened)}**`, '', ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])];
}

const MOST_LOOSENED = 20;
const MOST_RULES = 8;

function ruleTable(findings: readonly Finding[]): string[] {
  const { shown, rest } = countsByRule(findings, MOST_RULES);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['problems', 'rule', 'severity']),
    row(['---:', '---', '---']),
    ...shown.map(({ rule, severity, findings: number }) => row([String(number), markdownText(rule), severity])),
    ...(rest.length === 0 ? [] : [row([String(sumOf(rest)), `${rest.length} more rules`, ''])]),
  ];
}

/** Characters. GitHub refuses a comment of more than 65,536; GitLab takes a million. */
const ROOM = { table: 10_000, findings: 45_000 };

/** As many of the texts, from the first one on, as there is room for. */
function fitting(texts: readonly string[], room: number): string[] {
  let [end, length] = [0, 0];
  for (const text of texts) {
    length += text.length + 1;
    if (length > room) break;
    end += 1;
  }
  return texts.slice(0, end);
}

interface Row {
  readonly text: string;
  readonly isBlocking: boolean;
}

/** Where not all rows fit, those in which somebody waits come first. */
function lockTable(migrations: readonly ExplainedMigration[]): string[] {
  const rows = migrations.flatMap(({ path, statements }) => statements.flatMap((statement) => rowsOf(statement, path)));
  if (rows.length === 0) return [];
  const texts = rows.map(({ text }) => text);
  const isShort = fitting(texts, ROOM.table).length === rows.length;
  const shown = isShort ? texts : fitting(rows.toSorted(blockingFirst).map(({ text }) => text), ROOM.table);
  const rest = rows.length - shown.length;
  return [
    '| statement | locks | work | who waits |',
    '| --- | --- | --- | --- |',
    ...shown,
    ...(rest > 0 ? ['', `${count(rest, 'more lock')} not shown here; \`pgmigrate-lint explain\` shows all.`] : []),
  ];
}

function blockingFirst(left: Row, right: Row): number {
  return Number(right.isBlocking) - Number(left.isBlocking);
}

/** A row for each relation that was there before. */
function rowsOf({ line, command, effects }: ExplainedStatement, path: string): Row[] {
  return effects
    .filter((effect) => !effect.new)
    .map((effect) => {
      const cells = [
        `${markdownCode(command)} at ${markdownCode(`${path}:${line}`)}`,
        `${effect.lock} on ${markdownCode(printName(effect.relation))}${assumed(effect)}`,
        workAlone(effect.work) || 'none',
        whoWaits(effect),
      ];
      return { text: `| ${cells.join(' | ')} |`, isBlocking: isBlocking(effect) };
    });
}

function assumed({ certainty }: Effect): string {
  return certainty === 'assumed' ? ' (assumed)' : '';
}

function findingBlocks(findings: readonly Finding[], context: ReportContext): string[][] {
  const groups = findingGroups(gravestFirst(findings));
  const shown = fitting(
    groups.map((group) => findingBlock(group, context).join('\n')),
    ROOM.findings,
  );
  const rest = groups.slice(shown.length).flatMap((group) => group.findings);
  const more = rest.length > 0 ? [[`${problemCount(rest, plain)} more do not fit in here; \`pgmigrate-lint\` prints all.`]] : [];
  const planned = withPlans(shown, groups.map(({ first }) => first), ROOM.findings, context);
  return [...planned.map((text) => [text]), ...more];
}

function findingBlock(group: FindingGroup, { sourceOf, cureOf, hasSuggestions = true }: ReportContext): string[] {
  const { first: finding, findings } = group;
  const files = `In ${findings.length} files of ${markdownCode(folderOf(group))}, ${listSome(pathsIn(group).map(markdownCode))}`;
  const source = sourceOf(finding.path);
  const cure = cureOf?.(finding);
  const frame = source === undefined || source.text === '' ? [] : codeFrame(source, finding, FRAME_STYLE);
  return [
    `### ${finding.severity}: ${markdownText(finding.rule)}`,
    '',
    `${findings.length > 1 ? files : `At ${markdownCode(placeOf(finding))}`}: ${markdownText(finding.message)}`,
    '',
    ...(frame.length > 0 ? [...markdownFence(frame, 'sql'), ''] : []),
    ...consequences(finding.effects).map(({ lead, sentence }) => `- ${markdownText(lead + sentence)}`),
    `- **Instead:** ${markdownText(finding.help)}`,
    ...(cure === undefined || source === undefined ? [] : cureMarkdown(cure, finding, source, hasSuggestions)),
  ];
}

const FRAME_STYLE = { gutter: plain.faint, mark: plain.faint, width: 120 };

function asideBlocks(suppressed: Report['suppressed']): string[][] {
  const { comments, baseline } = suppressedInWords(suppressed);
  const lines = comments?.shown.map(({ finding, reason }) => `- ${markdownCode(placeOf(finding))} ${markdownText(`${finding.rule}: ${reason}`)}`) ?? [];
  return [
    comments === undefined ? [] : [comments.heading, '', ...lines, ...(comments.rest > 0 ? [`- and ${comments.rest} more`] : [])],
    baseline === undefined ? [] : [markdownText(baseline)],
  ];
}
