// Rows changed in batches that go along the primary key, each in a transaction of its own.

import type { PlanStep } from '../../model/plan.ts';
import { batchLoop, batchSize } from '../batch-loop.ts';
import { large } from './large.ts';
import { outside } from './planner.ts';
import type { Target } from './target.ts';

/** `set` and `where` as an UPDATE takes them. `where`: rows that still have to be changed. */
export function batches(title: string, target: Target, { set, where }: { readonly set: string; readonly where: string }, extras: Partial<Pick<PlanStep, 'notes' | 'questions'>> = {}): PlanStep {
  return inBatches(title, target, (rows) => `UPDATE ${target.sql} SET ${set}\n      WHERE ${rows} AND ${where}`, extras);
}

/** `command`: what is done to the rows of a batch, by the condition that they meet. */
export function inBatches(title: string, { sql, key, relation }: Target, command: (rows: string) => string, { notes = [], questions = [] }: Partial<Pick<PlanStep, 'notes' | 'questions'>> = {}): PlanStep {
  const loop = batchLoop({ table: sql, isOnly: false, key, prefix: '', command, isColumn: (name) => relation?.columns.has(name) === true }, large, '\n');
  return outside(title, [loop], {
    notes: [
      ...notes,
      `It takes ${batchSize} rows at a time and commits behind each batch, so it can be stopped, and begun anew from the start. Run it from psql, or in a migration outside of transactions that holds nothing else; a statement_timeout counts for all of it. Watch the lag of replicas.`,
    ],
    questions,
  });
}
