// Lets the rules speak about a timeline.

import type { Category, Draft, Severity } from '../model/finding.ts';
import type { OptionValues, Rule } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';
import type { JudgedDraft } from './settle.ts';

/** A rule with what the configuration made of it. */
export interface ConfiguredRule {
  readonly rule: Rule;
  readonly severity: Severity | 'off';
  readonly options: OptionValues;
}

/** A bug of ours in a rule: it names the rule and the migration. */
export class RuleError extends Error {
  constructor(rule: string, path: string, cause: unknown) {
    super(`the rule ${rule} failed on ${path}`, { cause });
    this.name = 'RuleError';
  }
}

export function judge(timeline: Timeline, rules: readonly ConfiguredRule[]): JudgedDraft[] {
  const spoken = rules
    .filter((configured) => !configured.rule.isNet && (configured.severity !== 'off' || explains(configured)))
    .map((configured) => ({ configured, drafts: draftsOf(configured, timeline) }));
  const explained = new Set(spoken.flatMap(({ configured, drafts }) => (explains(configured) ? drafts.map(placeOf) : [])));
  const caught = rules
    .filter(({ rule }) => rule.isNet)
    .map((configured) => {
      const drafts = draftsOf(configured, timeline).filter((draft) => !explained.has(placeOf(draft)));
      return { configured, drafts };
    });
  return [...spoken, ...caught].flatMap(({ configured: { rule, severity }, drafts }) =>
    severity === 'off' ? [] : drafts.map((draft) => ({ draft, rule: { meta: rule.meta, severity } })),
  );
}

const explaining: ReadonlySet<Category> = new Set(['locking', 'failing']);

/** A rule that is switched off still keeps the net from saying the same. */
function explains({ rule }: ConfiguredRule): boolean {
  return explaining.has(rule.meta.category);
}

function placeOf({ statement }: Draft): number {
  return statement.start;
}

function draftsOf({ rule, options }: ConfiguredRule, timeline: Timeline): Draft[] {
  try {
    return Array.from(rule.check(timeline, options));
  } catch (error) {
    throw new RuleError(rule.meta.id, timeline.source.path, error);
  }
}
