// What a plan is made by, and the pieces that all plans are made of.

import type { Withheld } from '../../model/cure.ts';
import type { Plan, PlanStep, StepPlace } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { quotedName } from '../hand.ts';

/** Undefined: there is nothing to plan. */
export type Planner = (ailment: Ailment) => Plan | Withheld | undefined;

type Extras = Partial<Pick<PlanStep, 'notes' | 'questions' | 'undo'>>;

export function inTransaction(title: string, statements: readonly string[], extras: Extras = {}): PlanStep {
  return limitedStep('5s', title, statements, extras);
}

/**
 * Of several tables: it gives up before PostgreSQL looks for deadlocks (deadlock_timeout, a second), so that it is never running code that
 * is ended by one.
 */
export function inShortTransaction(title: string, statements: readonly string[], extras: Extras = {}): PlanStep {
  return limitedStep('500ms', title, statements, extras);
}

/** It waits for its locks no longer than others can wait behind it, as its own SQL says where that speaks of it. */
function limitedStep(limit: string, title: string, statements: readonly string[], { undo = [], ...extras }: Extras): PlanStep {
  const limited = (all: readonly string[]): readonly string[] => (/^SET LOCAL lock_timeout\b/.test(all[0] ?? '') ? all : [`SET LOCAL lock_timeout = '${limit}'`, ...all]);
  return stepOf('transaction', title, limited(statements), { ...extras, undo: undo.length === 0 ? [] : limited(undo) });
}

/** Those that point to a table before it: in the order in which rows are written, and looked up. */
export function lockedInOrder(tables: readonly string[]): readonly string[] {
  const all = [...new Set(tables)];
  return all.length < 2 ? [] : [`LOCK TABLE ${all.join(', ')}`];
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
