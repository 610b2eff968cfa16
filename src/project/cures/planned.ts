// The plans of what is found.

import { ailmentOf, planOf } from '../../cure/index.ts';
import type { Examined } from '../../engine/lint.ts';
import type { Plan, PlannedFinding } from '../../model/plan.ts';

/** Of one migration, in the order of its text; of nothing that is suppressed. */
export function plannedIn({ found, timeline, migration: { parts } }: Examined): readonly PlannedFinding[] {
  return found.flatMap(({ finding, draft, suppression }) => {
    if (suppression !== undefined) return [];
    const ailment = ailmentOf(draft, timeline, parts);
    return [{ finding, plan: ailment && planOf(ailment) }];
  });
}

/** By the fingerprints of findings. `isOffered`: whether anybody could still change the file. */
export function plansIn(told: readonly Examined[], isOffered: (path: string) => boolean): ReadonlyMap<string, Plan> {
  const offered = told.filter(({ migration }) => migration.linted && isOffered(migration.source.path));
  return new Map(offered.flatMap(plannedIn).flatMap(({ finding, plan }) => (plan === undefined || 'why' in plan ? [] : [[finding.fingerprint, plan] as const])));
}
