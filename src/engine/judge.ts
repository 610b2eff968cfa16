// Lets the rules speak about a timeline.

import type { Category, Draft, Severity } from '../model/finding.ts';
import type { OptionValues, Rule } from '../model/rule.ts';
import type { RuleFailure } from '../model/report.ts';
import type { Timeline } from '../model/timeline.ts';
import { firstSteps } from './narrate.ts';
import type { JudgedDraft } from './settle.ts';

/** A rule with what the configuration made of it. */
export interface ConfiguredRule {
  readonly rule: Rule;
  readonly severity: Severity | 'off';
  readonly options: OptionValues;
}

/** A bug of ours in a rule: it names the rule, the statement and the migration. */
export class RuleError extends Error {
  constructor({ rule, path, line, statement, cause }: RuleFailure) {
    super(`the rule ${rule} failed on ${path}:${line} (${statement})`, { cause });
    this.name = 'RuleError';
  }
}

export interface Judged {
  readonly drafts: readonly JudgedDraft[];
  readonly failures: readonly RuleFailure[];
}

/** A rule that fails keeps no other one from speaking. */
export function judge(timeline: Timeline, rules: readonly ConfiguredRule[]): Judged {
  const failures: RuleFailure[] = [];
  const heard = (configured: ConfiguredRule): Draft[] => {
    const { drafts, failure } = draftsOf(configured, timeline);
    if (failure) failures.push(failure);
    return drafts;
  };
  const spoken = rules
    .filter((configured) => !configured.rule.isNet && (configured.severity !== 'off' || explains(configured)))
    .map((configured) => ({ configured, drafts: heard(configured) }));
  const explained = new Set(spoken.flatMap(({ configured, drafts }) => (explains(configured) ? drafts.map(placeOf) : [])));
  const caught = rules
    .filter(({ rule }) => rule.isNet)
    .map((configured) => ({ configured, drafts: heard(configured).filter((draft) => !explained.has(placeOf(draft))) }));
  const drafts = [...spoken, ...caught].flatMap(({ configured: { rule, severity }, drafts: own }) =>
    severity === 'off' ? [] : own.map((draft) => ({ draft, rule: { meta: rule.meta, severity } })),
  );
  return { drafts, failures };
}

const explaining: ReadonlySet<Category> = new Set(['locking', 'failing']);

/** A rule that is switched off still keeps the net from saying the same. */
function explains({ rule }: ConfiguredRule): boolean {
  return explaining.has(rule.meta.category);
}

function placeOf({ statement }: Draft): number {
  return statement.start;
}

interface Heard {
  readonly drafts: Draft[];
  readonly failure?: RuleFailure;
}

/** With a failure: what the rule said before it. */
function draftsOf({ rule, options }: ConfiguredRule, timeline: Timeline): Heard {
  const drafts: Draft[] = [];
  try {
    for (const draft of rule.check(timeline, options)) drafts.push(draft);
    return { drafts };
  } catch (cause) {
    return { drafts, failure: failureOf({ rule, options }, timeline, cause) };
  }
}

function failureOf(judged: Pick<ConfiguredRule, 'rule' | 'options'>, timeline: Timeline, cause: unknown): RuleFailure {
  const { source, steps } = timeline;
  const step = steps[stepsThatFail(judged, timeline) - 1];
  if (step === undefined) return { rule: judged.rule.meta.id, path: source.path, line: 1, statement: 'no statement', cause };
  const { span, command } = step.statement;
  const { path } = source.fileAt(span.start);
  return { rule: judged.rule.meta.id, path, line: source.positionOf(span.start).line, statement: command, cause };
}

/** The fewest first steps of a migration on which the rule fails. */
function stepsThatFail({ rule, options }: Pick<ConfiguredRule, 'rule' | 'options'>, timeline: Timeline): number {
  const fails = (count: number): boolean => {
    try {
      Array.from(rule.check(firstSteps(timeline, count), options));
      return false;
    } catch {
      return true;
    }
  };
  let [low, high] = [0, timeline.steps.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fails(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
