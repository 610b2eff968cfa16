// `lint --format json`: the report as the contracts promise it to other programs, and as the Node API returns it.

import type { Overview } from '../model/overview.ts';
import type { Category, Finding, Severity } from '../model/finding.ts';
import type { Report, Summary } from '../model/report.ts';
import type { PostgresVersion, VersionSource } from '../model/version.ts';
import type { Range } from '../text/source-text.ts';
import { effectJson, type EffectJson } from './effect-json.ts';
import type { Reporter } from './reporter.ts';

/** Positions are 1-based, columns count UTF-16 code units, ends are exclusive. */
export interface LintJson {
  readonly version: 1;
  readonly postgres: PostgresVersion;
  readonly summary: Summary;
  readonly findings: readonly FindingJson[];
  /** What was looked at, where files were. */
  readonly overview?: OverviewJson;
}

export interface OverviewJson extends Pick<Overview, 'histories' | 'leftOut' | 'notRun'> {
  /** Who says which PostgreSQL it is: `option`, `configuration`, `assumed`, or the line of a file, `compose.yml:12`. */
  readonly postgresSource: string;
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
  readonly fix: null;
}

export const json: Reporter = (report, { overview }) => `${JSON.stringify(reportJson(report, overview), undefined, 2)}\n`;

/** `overview`: undefined for what lies nowhere. */
export function reportJson({ postgres, versionSource, summary, findings }: Report, overview?: Overview): LintJson {
  return {
    version: 1,
    postgres,
    summary: summaryJson(summary),
    findings: findings.map(findingJson),
    ...(overview === undefined ? {} : { overview: overviewJson(overview, versionSource) }),
  };
}

/** A word, or a place. */
function sourceJson(source: VersionSource): string {
  return source.kind === 'project' ? `${source.path}:${source.line}` : source.kind;
}

function overviewJson({ histories, leftOut, notRun }: Overview, source: VersionSource): OverviewJson {
  return {
    postgresSource: sourceJson(source),
    histories: histories.map(({ title, path, migrations, linted }) => ({ title, path, migrations, linted })),
    leftOut: leftOut.map(({ path, why }) => ({ path, why })),
    notRun: notRun.map(({ kind, sections, lines, files }) => ({ kind, sections, lines, files })),
  };
}

function summaryJson({ migrations, linted, statements, error, warning, info, suppressed, unparsed }: Summary): Summary {
  return { migrations, linted, statements, error, warning, info, suppressed, unparsed };
}

function findingJson(finding: Finding): FindingJson {
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
    fix: null,
  };
}

function rangeJson({ line, column, endLine, endColumn }: Range): Range {
  return { line, column, endLine, endColumn };
}
