// What a plan is made by, and the pieces that all plans are made of.

import type { Withheld } from '../../model/cure.ts';
import type { Plan, PlanStep, StepPlace } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { quotedName } from '../hand.ts';

/** Undefined: there is nothing to plan. */
export type Planner = (ailment: Ailment) => Plan | Withheld | undefined;

type Extras = Partial<Pick<PlanStep, 'notes' | 'questions' | 'undo'>>;

export function inTransaction(title: string, statements: readonly string[], { undo = [], ...extras }: Extras = {}): PlanStep {
  return stepOf('transaction', title, limited(statements), { ...extras, undo: undo.length === 0 ? [] : limited(undo) });
}

/** They wait for their locks no longer than others can wait behind them. */
function limited(statements: readonly string[]): readonly string[] {
  return ["SET LOCAL lock_timeout = '5s'", ...statements];
}

export function eachAlone(title: string, statements: readonly string[], extras: Extras = {}): PlanStep {
  return stepOf('each', title, statements, extras);
}

export function outside(title: string, statements: readonly string[], extras: Extras = {}): PlanStep {
  return stepOf('outside', title, statements, extras);
}

export function deployed(title: string, extras: Extras = {}): PlanStep {
  return stepOf('application', title, [], extras);
}

function stepOf(place: StepPlace, title: string, statements: readonly string[], { notes = [], questions = [], undo = [] }: Extras): PlanStep {
  return { place, title, statements, notes, questions, undo };
}

/** The SQL of what the finding speaks of, alone: an ALTER TABLE with one action of several. */
export function writtenAlone({ act, step, timeline: { source } }: Ailment): string {
  const change = act?.change;
  if (change === undefined || step.acts.length < 2 || !('table' in change) || change.table === undefined) return source.slice(step.statement.span);
  const words = [change.onlyIf && 'IF EXISTS', 'only' in change && change.only && 'ONLY', quotedName(change.table), source.slice(change.span)];
  return ['ALTER TABLE', ...words.filter((word) => typeof word === 'string')].join(' ');
}
