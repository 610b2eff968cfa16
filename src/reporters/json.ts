// `lint --format json`: the report as the contracts promise it to other programs, and as the Node API returns it.

import type { OfferedCure } from '../model/cure.ts';
import type { Overview } from '../model/overview.ts';
import type { Category, Finding, Severity, SuppressedFinding, Suppression } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import type { Plan } from '../model/plan.ts';
import type { Report, Summary } from '../model/report.ts';
import type { PostgresVersion, VersionSource } from '../model/version.ts';
import type { Range } from '../text/source-text.ts';
import { effectJson, type EffectJson } from './effect-json.ts';
import { printJson } from './print-json.ts';
import type { ReportContext, Reporter } from './reporter.ts';

/** Positions are 1-based, columns count UTF-16 code units, ends are exclusive. */
export interface LintJson {
  readonly version: 1;
  readonly postgres: PostgresVersion;
  readonly summary: Summary;
  readonly findings: readonly FindingJson[];
  /** What was found and is not reported, where there is anything. They count for no severity. */
  readonly suppressions?: readonly SuppressionJson[];
  /** What the branch changes so that less is checked; with --since and --staged alone. */
  readonly loosened?: readonly LooseningJson[];
  /** What was looked at, where files were. */
  readonly overview?: OverviewJson;
}

export interface LooseningJson extends Pick<Loosening, 'kind' | 'severity' | 'path' | 'line' | 'message'> {
  /** As a comment gives it; null where none does. */
  readonly reason: string | null;
}

export interface OverviewJson extends Pick<Overview, 'histories' | 'leftOut' | 'notRun'> {
  /** Who says which PostgreSQL it is: `option`, `configuration`, `assumed`, or the line of a file, `compose.yml:12`. */
  readonly postgresSource: string;
  /** The configuration that counts; null where there is none. */
  readonly configuration: string | null;
}

export interface SuppressionJson extends Range {
  /** Who says so: a comment in the file, or the baseline. */
  readonly kind: Suppression['kind'];
  /** As the comment gives it; null where none does. */
  readonly reason: string | null;
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  readonly fingerprint: string;
}

export interface FindingJson extends Range {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly help: string;
  readonly statement: Range;
  readonly effects: readonly EffectJson[];
  readonly fingerprint: string;
  readonly fix: OfferedCure | null;
}

export const json: Reporter = (report, context) => printJson(reportJson(report, context.overview, offered(context)));

/** What a tool writes, or what people do. */
export function offered({ cureOf, planOf }: Pick<ReportContext, 'cureOf' | 'planOf'>): (finding: Finding) => OfferedCure | undefined {
  return (finding) => cureOf?.(finding) ?? humanCure(planOf?.(finding));
}

/** Nothing writes it; `explain --plan` says how. */
function humanCure(plan: Plan | undefined): OfferedCure | undefined {
  return plan && { level: 'human', title: plan.title, edits: [], files: [] };
}

/** `overview`: undefined for what lies nowhere. */
export function reportJson({ postgres, versionSource, summary, findings, suppressed, loosened }: Report, overview?: Overview, cureOf: ReportContext['cureOf'] = () => undefined): LintJson {
  return {
    version: 1,
    postgres,
    summary: summaryJson(summary),
    findings: findings.map((finding) => findingJson(finding, cureOf(finding))),
    ...(suppressed.length === 0 ? {} : { suppressions: suppressed.map(suppressionJson) }),
    ...(loosened === undefined ? {} : { loosened: loosened.map(({ kind, severity, path, line, message, reason = null }) => ({ kind, severity, path, line, message, reason })) }),
    ...(overview === undefined ? {} : { overview: overviewJson(overview, versionSource) }),
  };
}

/** A word, or a place. */
function sourceJson(source: VersionSource): string {
  return source.kind === 'project' ? `${source.path}:${source.line}` : source.kind;
}

function overviewJson({ histories, leftOut, notRun, configuration }: Overview, source: VersionSource): OverviewJson {
  return {
    postgresSource: sourceJson(source),
    configuration: configuration ?? null,
    histories: histories.map(({ title, path, migrations, linted }) => ({ title, path, migrations, linted })),
    leftOut: leftOut.map(({ path, why }) => ({ path, why })),
    notRun: notRun.map(({ kind, sections, lines, files }) => ({ kind, sections, lines, files })),
  };
}

function summaryJson({ migrations, linted, statements, error, warning, info, suppressed, unparsed }: Summary): Summary {
  return { migrations, linted, statements, error, warning, info, suppressed, unparsed };
}

function findingJson(finding: Finding, cure: OfferedCure | undefined): FindingJson {
  const { rule, category, severity, path, message, help, statement, effects, fingerprint } = finding;
  return {
    rule,
    category,
    severity,
    path,
    ...rangeJson(finding),
    message,
    help,
    statement: rangeJson(statement),
    effects: effects.map(effectJson),
    fingerprint,
    fix: cure ?? null,
  };
}

function suppressionJson({ finding, suppression }: SuppressedFinding): SuppressionJson {
  const { rule, severity, path, fingerprint } = finding;
  const reason = suppression.kind === 'comment' && suppression.reason !== '' ? suppression.reason : null;
  return { kind: suppression.kind, reason, rule, severity, path, ...rangeJson(finding), fingerprint };
}

function rangeJson({ line, column, endLine, endColumn }: Range): Range {
  return { line, column, endLine, endColumn };
}
