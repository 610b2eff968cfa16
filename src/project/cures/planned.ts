// The plans of what is found.

import { ailmentOf, planOf } from '../../cure/index.ts';
import type { Examined } from '../../engine/lint.ts';
import type { PlannedFinding } from '../../model/plan.ts';

/** Of one migration, in the order of its text; of nothing that is suppressed. */
export function plannedIn({ found, timeline, migration: { parts } }: Examined): readonly PlannedFinding[] {
  return found.flatMap(({ finding, draft, suppression }) => {
    if (suppression !== undefined) return [];
    const ailment = ailmentOf(draft, timeline, parts);
    return [{ finding, plan: ailment && planOf(ailment) }];
  });
}
