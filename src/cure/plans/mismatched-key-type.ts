// A foreign key of a column that is there and of another type than what it refers to: the column gets that type first.

import type { Plan } from '../../model/plan.ts';
import { quoted } from '../hand.ts';
import { mismatchIn } from '../mismatch.ts';
import { typeSql } from '../type-sql.ts';
import { unsplitConstraint } from '../cures/unsplit-constraint.ts';
import type { Ailment } from '../ailment.ts';
import { exchanged, exchangeTo } from './changed-type.ts';
import { fitQuestions } from './fitting.ts';
import { planFrom } from './from-treatment.ts';
import { inTransaction, writtenAlone, type Planner } from './planner.ts';
import { targetOf } from './target.ts';

/** Undefined where the migration makes the column, which another cure is for. */
export const mismatchedKeyType: Planner = (ailment) => {
  const { act, step } = ailment;
  const mismatch = mismatchIn(ailment);
  if (act?.change.kind !== 'add-constraint' || mismatch === undefined) return undefined;
  const target = targetOf(act.change.table, act.before);
  const { column } = mismatch;
  const type = typeSql(mismatch.type);
  if (type === undefined || target.relation === undefined || typeof ailment.timeline.steps[0]?.before.column(act.change.table, column) === 'string') return undefined;
  const plan = exchanged(exchangeTo(type, { target, old: column, version: step.version, value: undefined }), fitQuestions(column, mismatch.type, target));
  if ('why' in plan) return plan;
  return {
    title: `Make ${target.sql}.${quoted(column)} ${type} by way of a second column, and add the foreign key then`,
    instead: writtenAlone(ailment),
    ...plan,
    steps: [...plan.steps, ...keySteps(ailment)],
  };
};

function keySteps(ailment: Ailment): Plan['steps'] {
  const { act } = ailment;
  const split = act?.change.kind === 'add-constraint' && act.change.constraint.valid ? unsplitConstraint(ailment) : undefined;
  return split === undefined || 'why' in split ? [inTransaction('Add the foreign key', [writtenAlone(ailment)])] : planFrom(split, ailment, []).steps;
}
