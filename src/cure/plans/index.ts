// The plans by the rules whose findings they are for.

import type { Withheld } from '../../model/cure.ts';
import type { Plan } from '../../model/plan.ts';
import { whyUnwritable, type Ailment } from '../ailment.ts';
import { remedies } from '../cures/index.ts';
import { changedType } from './changed-type.ts';
import { domainConstraint } from './domain-constraint.ts';
import { droppedColumn } from './dropped-column.ts';
import { droppedTable } from './dropped-table.ts';
import { exclusion } from './exclusion.ts';
import { planFrom } from './from-treatment.ts';
import { explicitLock, referencedLock } from './locks.ts';
import { mismatchedKeyType } from './mismatched-key-type.ts';
import { partitionedKey } from './partitioned-key.ts';
import type { Planner } from './planner.ts';
import { readinessOf } from './readiness.ts';
import { renamedColumn } from './renamed-column.ts';
import { renamedEnumValue } from './renamed-enum-value.ts';
import { movedTable, renamedTable } from './renamed-table.ts';
import { notFilled, requiredColumn } from './required-column.ts';
import { rewritingColumn } from './rewriting-column.ts';
import { rewrittenTable } from './rewritten-table.ts';

/** Where no tool can write the cure; undefined where there is none either. */
export function planOf(ailment: Ailment): Plan | Withheld | undefined {
  const why = whyUnwritable(ailment);
  if (why !== undefined) return planners.has(ailment.draft.rule) || remedies.has(ailment.draft.rule) ? { why } : undefined;
  const plan = planners.get(ailment.draft.rule)?.(ailment);
  if (plan !== undefined) return plan;
  const treatment = remedies.get(ailment.draft.rule)?.remedy(ailment);
  return treatment === undefined || 'why' in treatment ? treatment : planFrom(treatment, ailment, readinessOf(ailment));
}

/** Rules whose cure takes people; those with another cure have the plan that this comes to. */
export const planners: ReadonlyMap<string, Planner> = new Map<string, Planner>([
  ['blocking-exclusion-constraint', exclusion],
  ['blocking-unique-constraint', partitionedKey],
  ['changed-column-type', changedType],
  ['dropped-column', droppedColumn],
  ['dropped-table', droppedTable],
  ['explicit-table-lock', explicitLock],
  ['mismatched-foreign-key-type', mismatchedKeyType],
  ['moved-table', movedTable],
  ['not-null-without-backfill', notFilled],
  ['referenced-table-locked', referencedLock],
  ['renamed-column', renamedColumn],
  ['renamed-enum-value', renamedEnumValue],
  ['renamed-table', renamedTable],
  ['required-column-without-default', requiredColumn],
  ['rewriting-column', rewritingColumn],
  ['rewritten-column-type', changedType],
  ['rewritten-table', rewrittenTable],
  ['unsplit-domain-constraint', domainConstraint],
]);
