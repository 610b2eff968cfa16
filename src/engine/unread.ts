// What could not be read, or is never run, is a finding of the engine itself: no rule sees it. How grave some of it is, the configuration
// says.

import { adviceOn, culpritInWords, type Culprit } from '../model/culprit.ts';
import { milderOf, type Draft, type Severity } from '../model/finding.ts';
import { printName } from '../model/names.ts';
import type { RuleMeta } from '../model/rule.ts';
import { opaqueIn, type Statement } from '../model/statement.ts';
import type { Timeline } from '../model/timeline.ts';
import type { Problem } from '../parser/parser.ts';
import type { JudgedDraft } from './settle.ts';
import { historyRules } from './history-rules.ts';
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
  summary: 'A migration in code, or a piece of one, was not read',
  hazard: 'Nothing is known of what it locks, breaks or fails on',
  remedy: 'Write its SQL as a text, or record what the migration tool sends: pgmigrate-lint record -- COMMAND',
  severity: 'warning',
  since: '0.1.0',
};

const unrunStatement: RuleMeta = {
  id: 'unrun-statement',
  category: 'failing',
  summary: 'A statement stands where the migration tool runs nothing',
  hazard: 'What it should do never happens',
  remedy: 'Move it into a migration, or take it out',
  severity: 'warning',
  since: '0.1.0',
};

const unsupportedByTool: RuleMeta = {
  id: 'unsupported-by-tool',
  category: 'failing',
  summary: 'The migration tool cannot run what stands in the file',
  hazard: 'A run of the tool fails at it, or waits for ever',
  remedy: 'Write it as the tool can run it',
  severity: 'error',
  since: '0.1.0',
};

const unreadInclude: RuleMeta = {
  id: 'unread-include',
  category: 'failing',
  summary: 'A script runs SQL that does not stand in it and was not read',
  hazard: 'Nothing is known of what that SQL does, and nothing is certain behind it',
  remedy: 'Let the file be found in the project, or write its statements into the script',
  severity: 'error',
  since: '0.1.0',
};

const notChecked: RuleMeta = {
  id: 'not-checked',
  category: 'failing',
  summary: 'Something runs that can\'t be read from the text of the migration',
  hazard: 'It may lock, rewrite or drop anything, and no rule has looked at it',
  remedy: 'Write its statements into the migration, or check by hand what it does',
  severity: 'info',
  since: '0.1.0',
};

/** They can be neither turned off nor suppressed: nothing goes unread in silence. */
const fixed = { 'syntax-error': syntaxError, 'unreadable-file': unreadableFile, 'oversized-input': oversizedInput } as const;

/** How grave they are, the configuration says, and a comment can suppress them. */
const settable = {
  'unread-migration': unreadMigration,
  'unread-include': unreadInclude,
  'unrun-statement': unrunStatement,
  'unsupported-by-tool': unsupportedByTool,
  'not-checked': notChecked,
  ...historyRules,
} as const;

const metas = { ...fixed, ...settable };

export const unreadRuleIds: readonly string[] = Object.keys(fixed);

export const settableUnreadRules: readonly RuleMeta[] = Object.values(settable);

type SettableId = keyof typeof settable;

export type UnreadSeverities = Readonly<Record<SettableId, Severity | 'off'>>;

export function unreadSeverities(severityOf: (meta: RuleMeta) => Severity | 'off'): UnreadSeverities {
  return {
    'unread-migration': severityOf(unreadMigration),
    'unread-include': severityOf(unreadInclude),
    'unrun-statement': severityOf(unrunStatement),
    'unsupported-by-tool': severityOf(unsupportedByTool),
    'not-checked': severityOf(notChecked),
    'edited-migration': severityOf(historyRules['edited-migration']),
    'out-of-order-migration': severityOf(historyRules['out-of-order-migration']),
    'duplicate-version': severityOf(historyRules['duplicate-version']),
    'never-validated-constraint': severityOf(historyRules['never-validated-constraint']),
    'irreversible-migration': severityOf(historyRules['irreversible-migration']),
  };
}

export function isSettable(id: string): id is SettableId {
  return Object.hasOwn(settable, id);
}

/** All findings that no rule makes. */
export const engineRules: readonly RuleMeta[] = [...Object.values(fixed), ...settableUnreadRules, ...suppressionRules];

const read: ReadonlySet<string> = new Set(['unrun-statement', 'unsupported-by-tool', 'not-checked', ...Object.keys(historyRules)]);

/** What was not read, and not what is read and never run, what was not checked of what is read, or what is said of the file. */
export function unreadIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ rule }) => rule === undefined || !read.has(rule));
}

export interface JudgedProblems {
  /** Whatever comments say. */
  readonly fixed: readonly JudgedDraft[];
  /** Those that comments can suppress, without what the configuration turns off. */
  readonly open: readonly JudgedDraft[];
}

export function judgeProblems(problems: readonly Problem[], severities: UnreadSeverities): JudgedProblems {
  const judged = problems.flatMap((problem) => judgeProblem(problem, severities));
  const isOpen = ({ rule }: JudgedDraft): boolean => isSettable(rule.meta.id);
  return { fixed: judged.filter((one) => !isOpen(one)), open: judged.filter(isOpen) };
}

/** Of each statement of which something can't be read, the first thing in it. */
export function judgeUnchecked({ steps }: Timeline, severities: UnreadSeverities): JudgedDraft[] {
  const severity = severities['not-checked'];
  if (severity === 'off') return [];
  return steps.flatMap(({ statement }): JudgedDraft[] => {
    const first = opaqueIn(statement);
    if (!first || isSaidElsewhere(first.culprit)) return [];
    const message = capitalized(culpritInWords(first.culprit));
    const draft: Draft = { rule: notChecked.id, span: first.span, statement: statement.span, message, help: adviceOn(first.culprit), effects: [], once: first.culprit.isImplied ? sameAs(statement, message) : undefined };
    return [{ draft, rule: { meta: notChecked, severity } }];
  });
}

/** What a placeholder stands for, the parser says; of what a role owns, the rules about loss speak. */
function isSaidElsewhere({ cause }: Culprit): boolean {
  return cause.kind === 'placeholder' || (cause.kind === 'unnamed-objects' && cause.command.endsWith('OWNED'));
}

/** Of statements that do the same to the same table, where a trigger or the like is the reason, one is enough. */
function sameAs(statement: Statement, message: string): string {
  const { command, span } = statement;
  const place = statement.kind === 'data' ? statement.actions.map(({ target }) => printName(target)) : statement.kind === 'schema' ? [] : [span.start];
  return [message, command, ...place].join(' ');
}

function judgeProblem(problem: Problem, severities: UnreadSeverities): JudgedDraft[] {
  const { span, statement = span, message, help, rule = 'syntax-error', isConditional, atMost } = problem;
  const meta = metas[rule];
  const usual = isSettable(rule) ? severities[rule] : meta.severity;
  const severity = isConditional && usual !== 'off' ? milderOf(usual, 'warning') : usual;
  const draft: Draft = { rule, span, statement, message: capitalized(message), help, effects: [], atMost };
  return severity === 'off' ? [] : [{ draft, rule: { meta, severity } }];
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
