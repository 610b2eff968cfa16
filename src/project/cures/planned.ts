// The plans of what is found.

import { ailmentOf, planOf } from '../../cure/index.ts';
import type { Examined } from '../../engine/lint.ts';
import type { Finding } from '../../model/finding.ts';
import type { Plan, PlannedFinding } from '../../model/plan.ts';

/** Of one migration, in the order of its text; of nothing that is suppressed. */
export function plannedIn({ found, timeline, migration: { parts } }: Examined, isWanted: (finding: Finding) => boolean = () => true): readonly PlannedFinding[] {
  return found.flatMap(({ finding, draft, suppression }) => {
    if (suppression !== undefined || !isWanted(finding)) return [];
    const ailment = ailmentOf(draft, timeline, parts);
    return [{ finding, plan: ailment && planOf(ailment) }];
  });
}

/** In a report of more findings, nobody reads the plan of each. */
const MOST_PLANS = 500;

/** By the fingerprints of findings. `isOffered`: whether anybody could still change the file. */
export function plansIn(told: readonly Examined[], isOffered: (path: string) => boolean): ReadonlyMap<string, Plan> {
  let room = MOST_PLANS;
  const offered = told.filter(({ migration }) => migration.linted && isOffered(migration.source.path));
  const planned = offered.flatMap((one) => plannedIn(one, () => (room -= 1) >= 0));
  return new Map(planned.flatMap(({ finding, plan }) => (plan === undefined || 'why' in plan ? [] : [[finding.fingerprint, plan] as const])));
}
