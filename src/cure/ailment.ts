// What a cure is given: a finding with the statement that it speaks of, and all that is true around it.

import type { ConstraintType } from '../model/constraint.ts';
import type { Treatment, Withheld } from '../model/cure.ts';
import type { Draft } from '../model/finding.ts';
import type { Part } from '../model/migration.ts';
import type { Act, Step, Timeline } from '../model/timeline.ts';
import type { TableConstraint } from '../model/relation.ts';

export interface Ailment {
  readonly draft: Draft;
  readonly timeline: Timeline;
  readonly step: Step;
  /** The change that it is about; undefined where it speaks of the whole statement. */
  readonly act: Act | undefined;
  /** Of the migration. */
  readonly parts: readonly Part[];
}

/** Undefined: there is nothing that a tool could do. */
export type Remedy = (ailment: Ailment) => Treatment | Withheld | undefined;

/** Undefined where the finding speaks of no statement. */
export function ailmentOf(draft: Draft, timeline: Timeline, parts: readonly Part[]): Ailment | undefined {
  const { statement, span } = draft;
  const step = timeline.steps.find((one) => one.statement.span.start === statement.start && one.statement.span.end === statement.end);
  if (step === undefined) return undefined;
  const act = step.acts.find(({ change }) => change.span.start === span.start && change.span.end === span.end);
  return { draft, timeline, step, act, parts };
}

/** Why a statement can't be written anew; undefined where it can. */
export function whyUnwritable({ step: { statement } }: Ailment): string | undefined {
  if (statement.kind === 'block') return 'it stands in a DO block';
  if (statement.hasPlaceholders) return 'a placeholder stands in it, which the tool fills in while it runs';
  return statement.isConditional ? 'it stands in a branch of the script that may not run' : undefined;
}

/** What a change has added to a table, under the name that PostgreSQL gives it. */
export function addedConstraints({ before, after, change }: Act, type: ConstraintType): readonly TableConstraint[] {
  if (!('table' in change) || change.table === undefined) return [];
  const [old, made] = [before.find(change.table), after.find(change.table)];
  if (typeof made === 'string') return [];
  const names = new Set(typeof old === 'string' ? [] : Array.from(old.constraints, ({ name }) => name));
  return Array.from(made.constraints).filter((one) => one.type === type && !names.has(one.name));
}
