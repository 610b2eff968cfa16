// The plans of what is found in the files of a project: `explain --plan`.

import { lint, type Examined } from '../../engine/lint.ts';
import type { PlannedFinding } from '../../model/plan.ts';
import type { Rule } from '../../model/rule.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { judgementOf } from '../judgement.ts';
import type { WorkspaceOptions } from '../options.ts';
import { run, type Run } from '../run.ts';
import { plannedIn } from './planned.ts';

export interface PlannedFiles {
  readonly postgres: PostgresVersion;
  /** How many migrations were looked at. */
  readonly linted: number;
  readonly planned: readonly PlannedFinding[];
}

/** Those that are deployed too, where somebody names them. */
export async function planPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[]): Promise<Run<PlannedFiles>> {
  return run(paths, { ...options, withDeployed: true }, rules, (histories, { settings }) => {
    const told: Examined[] = [];
    const report = lint(histories, judgementOf(settings), (one) => told.push(one));
    return { postgres: report.postgres, linted: report.summary.linted, planned: told.flatMap(plannedIn) };
  });
}
