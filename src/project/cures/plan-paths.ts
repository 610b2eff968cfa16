// The plans of what is found in the files of a project: `explain --plan`.

import { lint, type Examined } from '../../engine/lint.ts';
import type { Finding } from '../../model/finding.ts';
import type { PlannedFinding } from '../../model/plan.ts';
import type { Rule } from '../../model/rule.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { judgementAt, knownAt } from '../judgement-at.ts';
import type { WorkspaceOptions } from '../options.ts';
import { run, type Run } from '../run.ts';
import { plannedIn } from './planned.ts';

export interface PlannedFiles {
  readonly postgres: PostgresVersion;
  readonly planned: readonly PlannedFinding[];
}

/** Of migrations that are deployed too, where somebody names them. */
export async function planPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], isWanted: (finding: Finding) => boolean): Promise<Run<PlannedFiles>> {
  return run(paths, { ...options, withDeployed: true }, rules, async (histories, site) => {
    const told: Examined[] = [];
    const report = lint(histories, judgementAt(site, await knownAt(site)), (one) => told.push(one));
    return { postgres: report.postgres, planned: told.flatMap((one) => plannedIn(one, isWanted)) };
  });
}
