// `--format sarif`: SARIF 2.1.0, with what GitHub's code scanning asks for beyond the schema (help, full descriptions, regions).
// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and GitHub's "SARIF support for code scanning".

import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { RuleMeta } from '../model/rule.ts';
import { effectJson } from './effect-json.ts';
import type { ReportContext, Reporter } from './reporter.ts';

export const sarif: Reporter = (report, context) => `${JSON.stringify(logOf(report, context), undefined, 2)}\n`;

function logOf({ findings }: Report, context: ReportContext): object {
  const rules = rulesOf(findings, context);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'pgmigrate-lint',
            semanticVersion: context.version,
            informationUri: 'https://www.npmjs.com/package/pgmigrate-lint',
            rules: rules.map((rule) => descriptorOf(rule, context.documentOf(rule.id))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          resultOf(
            finding,
            rules.findIndex(({ id }) => id === finding.rule),
          ),
        ),
      },
    ],
  };
}

type DescribedRule = Pick<RuleMeta, 'id' | 'category' | 'summary' | 'hazard' | 'remedy' | 'severity'>;

/** The rules that occur, once each, in the order of their first findings. */
function rulesOf(findings: readonly Finding[], { ruleOf }: ReportContext): DescribedRule[] {
  const firsts = new Map<string, Finding>();
  for (const finding of findings) if (!firsts.has(finding.rule)) firsts.set(finding.rule, finding);
  return [...firsts.values()].map((first) => ruleOf(first.rule) ?? describedBy(first));
}

/** For a finding of no rule: a statement that can't be parsed. */
function describedBy({ rule, category, message, help, severity }: Finding): DescribedRule {
  return { id: rule, category, summary: message, hazard: message, remedy: help, severity };
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const problemSeverities: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'recommendation' };

function descriptorOf({ id, category, summary, hazard, remedy, severity }: DescribedRule, document: string): object {
  const help = sentences(hazard, remedy);
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: sentences(summary) },
    fullDescription: { text: sentences(summary, hazard) },
    help: { text: help, markdown: document === '' ? help : document },
    defaultConfiguration: { level: levels[severity] },
    properties: { category, tags: ['postgresql', 'migration', category], 'problem.severity': problemSeverities[severity] },
  };
}

function resultOf(finding: Finding, ruleIndex: number): object {
  const { rule, severity, path, line, column, endLine, endColumn, message, help, effects, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: sentences(message, help) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactOf(path),
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    // Not primaryLocationLineHash: GitHub's upload action computes that one itself and warns about any other value.
    partialFingerprints: { 'pgmigrateLint/v1': fingerprint },
    properties: { effects: effects.map(effectJson) },
  };
}

function artifactOf(path: string): object {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${encoded}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  return { uri: encoded, uriBaseId: '%SRCROOT%' };
}

function sentences(...texts: readonly string[]): string {
  return texts.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ');
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
