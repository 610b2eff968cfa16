// From drafts to findings: severities from the configuration, positions, order, and fingerprints. Rules know nothing of it.

import { fingerprint } from '../text/fingerprint.ts';
import type { SourceText } from '../text/source-text.ts';
import { milderOf, type Draft, type Finding, type Severity } from '../model/finding.ts';
import type { RuleMeta } from '../model/rule.ts';

export interface SettledRule {
  readonly meta: Pick<RuleMeta, 'id' | 'category'>;
  readonly severity: Severity;
}

export interface JudgedDraft {
  readonly draft: Draft;
  readonly rule: SettledRule;
}

/** How often equal findings came before; one for a run, because a text may hold several migrations. */
export type SeenBefore = Map<string, number>;

/** The findings of one migration by place; what stands at the same place, by the name of its rule. */
export function settle(source: SourceText, drafts: readonly JudgedDraft[], seen: SeenBefore): Finding[] {
  const inOrder = drafts.toSorted(
    (left, right) => left.draft.span.start - right.draft.span.start || compare(left.rule.meta.id, right.rule.meta.id),
  );
  return inOrder.map(({ draft, rule }) => {
    const identity = [rule.meta.id, source.path, wordsOf(source.slice(draft.statement)), wordsOf(source.slice(draft.span))].join(
      '\0',
    );
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return {
      rule: rule.meta.id,
      category: rule.meta.category,
      severity: milderOf(rule.severity, draft.atMost ?? rule.severity),
      path: source.path,
      ...source.rangeOf(draft.span),
      message: draft.message,
      help: draft.help,
      statement: source.rangeOf(draft.statement),
      effects: draft.effects,
      fingerprint: fingerprint(`${identity}\0${count}`),
    };
  });
}

/** The text without regard to how it is spaced. */
function wordsOf(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
