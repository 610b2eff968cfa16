// `--format github`: workflow commands that GitHub Actions turns into annotations of a pull request.
// Source: "Workflow commands for GitHub Actions", and packages/core/src/command.ts of actions/toolkit for what is escaped.

import { severities, type Finding, type Severity } from '../model/finding.ts';
import type { Reporter } from './reporter.ts';
import { visible } from '../text/visible.ts';

/** The gravest first: GitHub shows ten errors and ten warnings of a step and drops the rest. */
export const github: Reporter = ({ findings }) =>
  severities
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity))
    .map((finding) => `${commandOf(finding)}\n`)
    .join('');

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function commandOf(finding: Finding): string {
  const { path, line, endLine, rule, severity, message, help } = finding;
  const properties = { file: path, line, endLine, ...columnsOf(finding), title: visible(rule) };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${list.join(',')}::${escapeData(`${visible(message)}\n${visible(help)}`)}`;
}

/** GitHub refuses columns of an annotation that spans lines. Its end column is exclusive, like ours. */
function columnsOf({ line, column, endLine, endColumn }: Finding): Readonly<Record<string, number>> {
  return line === endLine ? { col: column, endColumn } : {};
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
