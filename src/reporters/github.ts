// `--format github`: workflow commands that GitHub Actions turns into annotations of a pull request.
// Source: "Workflow commands for GitHub Actions", packages/core/src/command.ts of actions/toolkit for what is escaped, and
// src/Runner.Common/ActionCommand.cs of actions/runner for what is taken for a command.

import { severities, type Finding, type Severity, type SuppressedFinding } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import { visible } from '../text/visible.ts';
import { loosenedHeading, loosenedPlace, loosenedSentence } from './loosened-lines.ts';
import { palette } from './palette.ts';
import type { Reporter } from './reporter.ts';
import { suppressedInWords } from './suppressed-lines.ts';
import { problemCount } from './verdict.ts';

type Limits = Readonly<Record<Severity, number>>;

/** Of one kind in one step. GitHub drops what comes behind them in silence. */
const MOST_ANNOTATIONS = 10;

/** What is said beside the findings takes places of those of its kind. */
function limitsBeside(others: readonly Severity[]): Limits {
  const left = (severity: Severity): number => MOST_ANNOTATIONS - others.filter((one) => one === severity).length;
  return { error: left('error'), warning: left('warning'), info: left('info') };
}

/**
 * The gravest first: ten annotations of each severity, and what does not fit as lines of the log, with a notice that says so. What is suppressed
 * is in a notice of its own.
 */
export const github: Reporter = ({ findings, suppressed, loosened = [] }, { quiet }) => {
  const aside = quiet ? [] : asideLines(suppressed);
  const changes = looseningLines(loosened);
  const others: readonly Severity[] = [...aside.map(() => 'info' as const), ...loosened.slice(0, 1).map(({ severity }) => severity)];
  const isLong = splitAt(limitsBeside(others), findings).rest.length > 0;
  const { annotated, rest } = splitAt(limitsBeside(isLong ? [...others, 'info'] : others), findings);
  const lines = [...changes, ...annotated.map(commandOf), ...(isLong ? restLines(rest) : []), ...aside];
  return lines.map((line) => `${line}\n`).join('');
};

function splitAt(most: Limits, findings: readonly Finding[]): { readonly annotated: Finding[]; readonly rest: Finding[] } {
  const [annotated, rest]: [Finding[], Finding[]] = [[], []];
  for (const severity of severities) {
    const some = findings.filter((finding) => finding.severity === severity);
    annotated.push(...some.slice(0, most[severity]));
    for (const finding of some.slice(most[severity])) rest.push(finding);
  }
  return { annotated, rest };
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function commandOf(finding: Finding): string {
  const { path, line, endLine, rule, severity, message, help } = finding;
  const properties = { file: withoutEscapes(path), line, endLine, ...columnsOf(finding), title: visible(rule) };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${list.join(',')}::${escapeData(`${visible(message)}\n${visible(help)}`)}`;
}

/** Line breaks are GitHub's to escape, so that it finds the file; what a terminal would obey finds none. */
function withoutEscapes(path: string): string {
  return path.split(/([\n\r])/).map((part, index) => (index % 2 === 0 ? visible(part) : part)).join('');
}

/** GitHub refuses columns of an annotation that spans lines. Its end column is exclusive, like ours. */
function columnsOf({ line, column, endLine, endColumn }: Finding): Readonly<Record<string, number>> {
  return line === endLine ? { col: column, endColumn } : {};
}

/** All in one annotation, so that others keep their places. */
function looseningLines(loosened: readonly Loosening[]): string[] {
  const [first] = loosened;
  if (first === undefined) return [];
  const lines = loosened.map((one) => visible(`${loosenedPlace(one)} ${loosenedSentence(one)}`));
  const title = escapeProperty(loosenedHeading(loosened).replace(/:$/, ''));
  return [`::${commands[first.severity]} file=${escapeProperty(withoutEscapes(first.path))},line=${first.line},title=${title}::${escapeData(lines.join('\n'))}`];
}

/** One notice, or none. */
function asideLines(suppressed: readonly SuppressedFinding[]): string[] {
  const { comments, baseline } = suppressedInWords(suppressed);
  const shown = comments?.shown.map(({ finding: { path, line, rule }, reason }) => visible(`${path}:${line} ${rule}: ${reason}`)) ?? [];
  const rest = comments !== undefined && comments.rest > 0 ? [`and ${comments.rest} more`] : [];
  const lines = [...(comments === undefined ? [] : [comments.heading, ...shown, ...rest]), ...(baseline === undefined ? [] : [visible(baseline)])];
  return lines.length === 0 ? [] : [`::notice title=pgmigrate-lint::${escapeData(lines.join('\n'))}`];
}

function restLines(rest: readonly Finding[]): string[] {
  const number = problemCount(rest, palette(false));
  const reason = `GitHub shows ${MOST_ANNOTATIONS} annotations of a kind in a step`;
  return [
    `::notice title=pgmigrate-lint::${number} more in the log of this step: ${reason}`,
    `::group::${number} more`,
    ...rest.map(logLineOf),
    '::endgroup::',
  ];
}

function logLineOf({ path, line, column, rule, severity, message, help }: Finding): string {
  return visible(`${severity} ${path}:${line}:${column} ${message} [${rule}] ${help}`);
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
