// Which rules the findings of a long report are of, so that somebody sees where to begin.

import { severities, type Finding, type Severity } from '../model/finding.ts';

export interface RuleCount {
  readonly rule: string;
  /** The gravest of its findings. */
  readonly severity: Severity;
  readonly findings: number;
}

/** A report with more findings is long: nobody reads all of it at once. */
const LONG = 20;

export function isLong(findings: readonly Finding[]): boolean {
  return findings.length > LONG;
}

export interface ShownCounts {
  readonly shown: readonly RuleCount[];
  readonly rest: readonly RuleCount[];
}

/** The most frequent first; among equals, the gravest. One line is never left over for "1 more rule". */
export function countsByRule(findings: readonly Finding[], most: number): ShownCounts {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const counts = rules.map((rule) => countOf(rule, findings)).toSorted(byNumber);
  const end = counts.length === most + 1 ? counts.length : most;
  return { shown: counts.slice(0, end), rest: counts.slice(end) };
}

function countOf(rule: string, findings: readonly Finding[]): RuleCount {
  const own = findings.filter((finding) => finding.rule === rule);
  const severity = severities.find((one) => own.some((finding) => finding.severity === one)) ?? 'info';
  return { rule, severity, findings: own.length };
}

function byNumber(left: RuleCount, right: RuleCount): number {
  return right.findings - left.findings || severities.indexOf(left.severity) - severities.indexOf(right.severity);
}

export function sumOf(counts: readonly RuleCount[]): number {
  return counts.reduce((sum, { findings }) => sum + findings, 0);
}
