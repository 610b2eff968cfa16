// The cure of a finding: one file for each, by the rule that found it.

import type { Cure, CureLevel, Ways, Withheld } from '../model/cure.ts';
import { whyUnwritable, type Ailment } from './ailment.ts';
import { remedies } from './cures/index.ts';
import { layOut } from './lay-out.ts';
import { planners } from './plans/index.ts';

export { ailmentOf, type Ailment } from './ailment.ts';
export { editBetween, edited, overlap } from './edits.ts';
export { canBeJoined, isJoinable, joined, type Remedied } from './joined.ts';
export { mayComeBehind, mayPass, movedBy } from './neighbours.ts';
export { planOf } from './plans/index.ts';
export { separated } from './separated.ts';
export { editsOfWayDown } from './ways-down.ts';

/** Undefined where no cure is known. It is not tried yet. */
export function cureOf(ailment: Ailment, ways: Ways): Cure | Withheld | undefined {
  const known = remedies.get(ailment.draft.rule);
  const why = known?.isBeside ? undefined : whyUnwritable(ailment);
  if (known && why !== undefined) return { why };
  const treatment = known?.remedy(ailment);
  return treatment === undefined || 'why' in treatment ? treatment : layOut(treatment, ailment, ways);
}

/** Rules that have one. */
export function isCurable(rule: string): boolean {
  return remedies.has(rule);
}

/** Of the cures that there can be for what a rule finds; `human`: there are plans for what the others don't do. */
export function levelsOf(rule: string): readonly CureLevel[] {
  return [...(remedies.get(rule)?.levels ?? []), ...(planners.has(rule) ? (['human'] as const) : [])];
}
