// The plans by the rules whose findings they are for.

import type { Withheld } from '../../model/cure.ts';
import type { Plan } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { remedies } from '../cures/index.ts';
import { changedType } from './changed-type.ts';
import { planFrom } from './from-treatment.ts';
import type { Planner } from './planner.ts';
import { readinessOf } from './readiness.ts';

/** Where no tool can write the cure; undefined where there is none either. */
export function planOf(ailment: Ailment): Plan | Withheld | undefined {
  const plan = planners.get(ailment.draft.rule)?.(ailment);
  if (plan !== undefined) return plan;
  const treatment = remedies.get(ailment.draft.rule)?.(ailment);
  return treatment === undefined || 'why' in treatment ? treatment : planFrom(treatment, ailment, readinessOf(ailment));
}

const planners: ReadonlyMap<string, Planner> = new Map<string, Planner>([
  ['changed-column-type', changedType],
  ['rewritten-column-type', changedType],
]);
