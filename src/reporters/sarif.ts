// `--format sarif`: SARIF 2.1.0, with what GitHub's code scanning asks for beyond the schema: help, full descriptions, regions, and
// no more results than it takes.
// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and GitHub's "SARIF support for code scanning".

import type { Finding, Severity, Suppression } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import type { Report } from '../model/report.ts';
import type { RuleMeta } from '../model/rule.ts';
import { visible } from '../text/visible.ts';
import { effectJson } from './effect-json.ts';
import { gravestFirst } from './gravest-first.ts';
import { loosenedName, loosenedSentence } from './loosened-lines.ts';
import { palette } from './palette.ts';
import { printJson } from './print-json.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { sarifFixes } from './sarif-fixes.ts';
import { sentences } from './sentences.ts';
import { problemCount } from './verdict.ts';

export const sarif: Reporter = (report, context) => printJson(logOf(report, context));

/** GitHub refuses a run of more, and shows 5,000 of them, the gravest first. */
const MOST_RESULTS = 25_000;

function logOf({ findings: all, suppressed, loosened = [] }: Report, context: ReportContext): object {
  const findings = all.length > MOST_RESULTS ? gravestFirst(all).slice(0, MOST_RESULTS) : all;
  const aside = suppressed.slice(0, MOST_RESULTS - findings.length);
  const rules = rulesOf([...findings, ...aside.map(({ finding }) => finding)], context);
  const indexOf = ({ rule }: Finding): number => rules.findIndex(({ id }) => id === rule);
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
            rules: rules.map((rule) => descriptorOf(rule, context)),
          },
        },
        ...(all.length > MOST_RESULTS || loosened.length > 0 ? { invocations: [invocationOf(gravestFirst(all).slice(MOST_RESULTS), loosened)] } : {}),
        columnKind: 'utf16CodeUnits',
        // All results of a run say whether they are suppressed, or none does: section 3.27.23 of SARIF.
        results: [
          ...findings.map((finding) => resultOf(finding, indexOf(finding), { ...(suppressed.length > 0 ? { suppressions: [] } : {}), ...sarifFixes(context.cureOf?.(finding), artifactOf) })),
          ...aside.map(({ finding, suppression }) => resultOf(finding, indexOf(finding), { suppressions: [suppressionOf(suppression)] })),
        ],
      },
    ],
  };
}

/** `rest`: what is left out. */
function invocationOf(rest: readonly Finding[], loosened: readonly Loosening[]): object {
  const text = `${problemCount(rest, palette(false))} more are left out, because code scanning takes ${MOST_RESULTS} results.`;
  return {
    executionSuccessful: true,
    ...(rest.length === 0 ? {} : { toolExecutionNotifications: [{ level: 'warning', message: { text } }] }),
    ...(loosened.length === 0 ? {} : { toolConfigurationNotifications: loosened.map(notificationOf) }),
  };
}

function notificationOf(loosening: Loosening): object {
  const { severity, path, line } = loosening;
  return {
    descriptor: { id: loosenedName },
    level: levels[severity],
    message: { text: withoutLinks(sentences(visible(loosenedSentence(loosening)))) },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(path), region: { startLine: line } } }],
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
  return { id: rule, category, summary: visible(message), hazard: visible(message), remedy: visible(help), severity };
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const problemSeverities: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'recommendation' };

/** Where the documents of rules are read, of this very version. */
const REPOSITORY = 'https://github.com/pgmigrate-lint/pgmigrate-lint';

function descriptorOf({ id, category, summary, hazard, remedy, severity }: DescribedRule, { documentOf, version }: ReportContext): object {
  const help = sentences(hazard, remedy);
  const document = documentOf(id);
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: sentences(summary) },
    fullDescription: { text: sentences(summary, hazard) },
    ...(document === '' ? {} : { helpUri: `${REPOSITORY}/blob/v${version}/rules/${category}/${id}.md` }),
    help: { text: help, markdown: document === '' ? help : document },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      category,
      tags: ['postgresql', 'migration', category],
      precision: 'high',
      'problem.severity': problemSeverities[severity],
    },
  };
}

function suppressionOf(suppression: Suppression): object {
  if (suppression.kind === 'baseline') return { kind: 'external', justification: 'It is in the baseline of the project.' };
  return { kind: 'inSource', ...(suppression.reason === '' ? {} : { justification: visible(suppression.reason) }) };
}

/** `more`: its suppressions and its fixes. */
function resultOf(finding: Finding, ruleIndex: number, more: { readonly suppressions?: readonly object[]; readonly fixes?: readonly object[] }): object {
  const { rule, severity, path, line, column, endLine, endColumn, message, help, effects, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: withoutLinks(sentences(visible(message), visible(help))) },
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
    ...more,
    properties: { effects: effects.map(effectJson) },
  };
}

/** `[text](target)` in a message is a link: section 3.11.6 of SARIF. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

function artifactOf(path: string): object {
  const encoded = path.replace(HALF_PAIR, '\ufffd').split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${encoded}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  return { uri: encoded, uriBaseId: '%SRCROOT%' };
}

/** No URI can have half of a surrogate pair. */
const HALF_PAIR = /\p{Cs}/gu;

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
