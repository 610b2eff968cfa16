// What could not be read is a finding of the engine itself: no rule sees it, and no configuration turns it off.

import type { Draft } from '../model/finding.ts';
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

const unreadRules = { 'syntax-error': syntaxError, 'unreadable-file': unreadableFile, 'oversized-input': oversizedInput } as const;

/** They can be neither turned off nor suppressed: nothing goes unread in silence. */
export const unreadRuleIds: readonly string[] = Object.keys(unreadRules);

/** All findings that no rule makes. */
export const engineRules: readonly RuleMeta[] = [...Object.values(unreadRules), ...suppressionRules];

export function judgeProblem({ span, statement = span, message, help, rule = 'syntax-error' }: Problem): JudgedDraft {
  const meta = unreadRules[rule];
  const draft: Draft = { rule: meta.id, span, statement, message: capitalized(message), help, effects: [] };
  return { draft, rule: { meta, severity: 'error' } };
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
