// A report in which every rule has said all that it has to say.

import type { Report } from '../model/report.ts';
import { RuleError } from './judge.ts';

/** @throws RuleError where a rule failed. */
export function whole(report: Report): Report {
  const [failure] = report.failures;
  if (failure) throw new RuleError(failure);
  return report;
}
