// All rules that a configuration and a caller can set: those that are written as rules, and those of the engine about suppressions and about what was
// not read.

import { suppressionRules } from '../../engine/suppression-rules.ts';
import { settableUnreadRules } from '../../engine/unread.ts';
import type { Rule, RuleMeta } from '../../model/rule.ts';

export function configurableRules(rules: readonly Rule[]): readonly RuleMeta[] {
  return [...rules.map(({ meta }) => meta), ...settableUnreadRules, ...suppressionRules];
}
