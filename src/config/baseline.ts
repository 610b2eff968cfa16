// `.pgmigrate-lint-baseline.json`: the findings that a project knows of, one a line, so that a review shows what comes and goes.

import { visibleJson } from '../text/visible.ts';

/** Without a line: lines move. */
export interface KnownFinding {
  /** Relative to the baseline, with forward slashes. */
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly fingerprint: string;
}

/** Sorted, and ends with a line break. */
export function printBaseline(findings: readonly KnownFinding[]): string {
  if (findings.length === 0) return '{ "version": 1, "findings": [] }\n';
  const lines = findings.toSorted(byPlace).map(lineOf);
  return `{\n  "version": 1,\n  "findings": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function lineOf({ path, rule, message, fingerprint }: KnownFinding): string {
  return `    ${visibleJson(JSON.stringify({ path, rule, message, fingerprint }))}`;
}

function byPlace(left: KnownFinding, right: KnownFinding): number {
  return (
    compare(left.path, right.path) ||
    compare(left.rule, right.rule) ||
    compare(left.message, right.message) ||
    compare(left.fingerprint, right.fingerprint)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
