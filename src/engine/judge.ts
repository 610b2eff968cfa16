// Lets the rules speak about a timeline.

import type { Severity } from '../model/finding.ts';
import type { OptionValues, Rule } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';
import type { JudgedDraft } from './settle.ts';

/** A rule that is on, with what the configuration made of it. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: OptionValues;
}

/** A bug of ours in a rule: it names the rule and the migration. */
export class RuleError extends Error {
  constructor(rule: string, path: string, cause: unknown) {
    super(`the rule ${rule} failed on ${path}`, { cause });
    this.name = 'RuleError';
  }
}

export function judge(timeline: Timeline, rules: readonly ActiveRule[]): JudgedDraft[] {
  return rules.flatMap(({ rule, severity, options }) => {
    try {
      return Array.from(rule.check(timeline, options), (draft) => ({ draft, rule: { meta: rule.meta, severity } }));
    } catch (error) {
      throw new RuleError(rule.meta.id, timeline.source.path, error);
    }
  });
}
