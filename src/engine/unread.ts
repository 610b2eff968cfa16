// What could not be read is a finding of the engine itself: no rule sees it. How grave some of it is, the configuration says.

import type { Draft, Severity } from '../model/finding.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { Problem } from '../parser/parser.ts';
import type { JudgedDraft } from './settle.ts';
import { suppressionRules } from './suppression-rules.ts';

export const syntaxError: RuleMeta = {
  id: 'syntax-error',
  category: 'failing',
  summary: "A statement is not in PostgreSQL's grammar and could not be checked",
  hazard: 'PostgreSQL refuses it, and nothing is known of what it would do',
  remedy: 'Correct the statement',
  severity: 'error',
  since: '0.1.0',
};

export const unreadableFile: RuleMeta = {
  id: 'unreadable-file',
  category: 'failing',
  summary: 'A file could not be read as a migration',
  hazard: 'Nothing is known of what it would do',
  remedy: 'Write the file as UTF-8 text',
  severity: 'error',
  since: '0.1.0',
};

export const oversizedInput: RuleMeta = {
  id: 'oversized-input',
  category: 'failing',
  summary: 'A file, a statement or the number of changes is larger than the limit',
  hazard: 'It was not read, and nothing is known of what it would do',
  remedy: 'Split the file, or raise the limit in the configuration',
  severity: 'error',
  since: '0.1.0',
};

const unreadMigration: RuleMeta = {
  id: 'unread-migration',
  category: 'failing',
  summary: 'A migration is not written in SQL, and was not read',
  hazard: 'Nothing is known of what it locks, breaks or fails on',
  remedy: 'Print its SQL with the migration tool, and lint that',
  severity: 'warning',
  since: '0.1.0',
};

/** They can be neither turned off nor suppressed: nothing goes unread in silence. */
const fixed = { 'syntax-error': syntaxError, 'unreadable-file': unreadableFile, 'oversized-input': oversizedInput } as const;

/** How grave they are, the configuration says. */
const settable = { 'unread-migration': unreadMigration } as const;

const metas = { ...fixed, ...settable };

export const unreadRuleIds: readonly string[] = Object.keys(fixed);

export const settableUnreadRules: readonly RuleMeta[] = Object.values(settable);

export type UnreadSeverities = Readonly<Record<keyof typeof settable, Severity | 'off'>>;

export function unreadSeverities(severityOf: (meta: RuleMeta) => Severity | 'off'): UnreadSeverities {
  return { 'unread-migration': severityOf(settable['unread-migration']) };
}

/** All findings that no rule makes. */
export const engineRules: readonly RuleMeta[] = [...Object.values(fixed), ...settableUnreadRules, ...suppressionRules];

/** None where the configuration turns it off. */
export function judgeProblem({ span, statement = span, message, help, rule = 'syntax-error' }: Problem, severities: UnreadSeverities): JudgedDraft[] {
  const meta = metas[rule];
  const severity = rule === 'unread-migration' ? severities[rule] : meta.severity;
  const draft: Draft = { rule, span, statement, message: capitalized(message), help, effects: [] };
  return severity === 'off' ? [] : [{ draft, rule: { meta, severity } }];
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
