// The order of findings for readers that show only so many.

import { severities, type Finding } from '../model/finding.ts';

/** By severity; among equals the order stays. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity));
}
