// What is wrong with a suppression is a finding of the engine itself; how grave it is, the configuration says.

import type { Draft, Severity } from '../model/finding.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { Span } from '../text/span.ts';
import type { JudgedDraft } from './settle.ts';

export const suppressionRuleIds = [
  'malformed-suppression',
  'refused-suppression',
  'suppression-without-reason',
  'unknown-suppression',
  'unused-suppression',
] as const;

export type SuppressionRuleId = (typeof suppressionRuleIds)[number];

/** They speak about a file, and claim nothing of a database. */
const base = { category: 'schema', since: '0.1.0' } as const;

const metas: Readonly<Record<SuppressionRuleId, RuleMeta>> = {
  'malformed-suppression': {
    id: 'malformed-suppression',
    summary: 'A comment is meant to suppress findings and is written so that it suppresses none',
    hazard: 'Who reads the file takes for considered what nobody has considered',
    remedy: 'Write `-- pgmigrate-lint-ignore RULE, RULE: reason` before or behind a statement, or the same with -ignore-file at the top',
    severity: 'warning',
    ...base,
  },
  'refused-suppression': {
    id: 'refused-suppression',
    summary: 'A comment would suppress findings in a way that the configuration refuses',
    hazard: 'It suppresses nothing, and who reads the file takes its findings for considered',
    remedy: 'Write `-- pgmigrate-lint-ignore RULE: reason` before the statement that is meant, or take the comment out',
    severity: 'error',
    ...base,
  },
  'suppression-without-reason': {
    id: 'suppression-without-reason',
    summary: 'A suppression does not say why',
    hazard: 'Nobody can tell later whether the reason still holds',
    remedy: 'Write the reason behind a colon: `-- pgmigrate-lint-ignore RULE: reason`',
    severity: 'error',
    ...base,
  },
  'unknown-suppression': {
    id: 'unknown-suppression',
    summary: 'A suppression names a rule that does not exist or can not be suppressed',
    hazard: 'It suppresses nothing',
    remedy: 'Name a rule of `pgmigrate-lint rules`',
    severity: 'warning',
    ...base,
  },
  'unused-suppression': {
    id: 'unused-suppression',
    summary: 'A suppression suppresses nothing',
    hazard: 'It would suppress what somebody adds to the statement later',
    remedy: 'Remove it, or move it directly before or behind the statement that it speaks of',
    severity: 'warning',
    ...base,
  },
};

export const suppressionRules: readonly RuleMeta[] = suppressionRuleIds.map((id) => metas[id]);

export type SuppressionSeverities = Readonly<Record<SuppressionRuleId, Severity | 'off'>>;

export function suppressionSeverities(severityOf: (meta: RuleMeta) => Severity | 'off'): SuppressionSeverities {
  return {
    'malformed-suppression': severityOf(metas['malformed-suppression']),
    'refused-suppression': severityOf(metas['refused-suppression']),
    'suppression-without-reason': severityOf(metas['suppression-without-reason']),
    'unknown-suppression': severityOf(metas['unknown-suppression']),
    'unused-suppression': severityOf(metas['unused-suppression']),
  };
}

/** None where the rule is off. */
export function remark(id: SuppressionRuleId, span: Span, message: string, severities: SuppressionSeverities): JudgedDraft[] {
  const severity = severities[id];
  const meta = metas[id];
  const draft: Draft = { rule: id, span, statement: span, message, help: meta.remedy, effects: [] };
  return severity === 'off' ? [] : [{ draft, rule: { meta, severity } }];
}
