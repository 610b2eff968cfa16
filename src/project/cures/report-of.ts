// What a run reports when some of its findings are cured.

import { severities, type Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Manuscript } from './documents.ts';

/** `before`: of the run as it was. What cures have not touched stays as it is there. `aside`: what was found beside the migrations. */
export function reportOf(before: Report, manuscripts: readonly Manuscript[], aside: ReadonlySet<Finding> = new Set()): Report {
  const examined = manuscripts.flatMap(({ checked }) => checked.flatMap((one) => one.examined));
  const linted = examined.filter(({ migration }) => migration.linted);
  const paths = new Set(manuscripts.flatMap(({ checked }) => checked.flatMap(({ document }) => (document.linted ? [document.path] : []))));
  const found = linted.flatMap((one) => one.found);
  const isElsewhere = (finding: Finding): boolean => aside.has(finding) || !paths.has(finding.path);
  const elsewhere = before.findings.filter(isElsewhere);
  const findings = [...found.flatMap(({ finding, suppression }) => (suppression ? [] : [finding])), ...elsewhere];
  const suppressed = [
    ...found.flatMap(({ finding, suppression }) => (suppression ? [{ finding, suppression }] : [])),
    ...before.suppressed.filter(({ finding }) => isElsewhere(finding)),
  ];
  const made = linted.length - before.summary.linted;
  const statements = linted.reduce((sum, { timeline }) => sum + timeline.steps.length, 0);
  return { ...before, findings, suppressed, summary: { ...before.summary, ...bySeverity(findings), statements, linted: linted.length, migrations: before.summary.migrations + Math.max(0, made), suppressed: suppressed.length } };
}

/** What is cured by another name. */
export function without(cured: readonly Finding[], report: Report): Report {
  const gone = new Set(cured.map(({ fingerprint }) => fingerprint));
  const findings = report.findings.filter(({ fingerprint }) => !gone.has(fingerprint));
  return { ...report, findings, summary: { ...report.summary, ...bySeverity(findings) } };
}

function bySeverity(findings: readonly Finding[]): Record<string, number> {
  return Object.fromEntries(severities.map((severity) => [severity, findings.filter((one) => one.severity === severity).length]));
}
