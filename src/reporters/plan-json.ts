// `explain --plan --format json`: plans for other programs.

import type { Plan, PlannedFinding } from '../model/plan.ts';
import type { PostgresVersion } from '../model/version.ts';
import type { Range } from '../text/source-text.ts';
import { slotsInWords } from './plan-words.ts';
import { printJson } from './print-json.ts';

/** Positions are 1-based, columns count UTF-16 code units, ends are exclusive. */
export interface PlansJson {
  readonly version: 1;
  readonly postgres: PostgresVersion;
  readonly findings: readonly PlannedFindingJson[];
}

interface PlannedFindingJson extends Range {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  readonly fingerprint: string;
  readonly plan: Plan | null;
  /** Why there is no plan; null where there is one, and where nothing more can be said. */
  readonly why: string | null;
}

export function plansJson(planned: readonly PlannedFinding[], postgres: PostgresVersion): string {
  const json: PlansJson = { version: 1, postgres, findings: planned.map(plannedJson) };
  return printJson(json);
}

function plannedJson({ finding, plan }: PlannedFinding): PlannedFindingJson {
  const { rule, path, line, column, endLine, endColumn, message, fingerprint } = finding;
  const withheld = plan !== undefined && 'why' in plan ? plan.why : null;
  return { rule, path, line, column, endLine, endColumn, message, fingerprint, plan: plan === undefined || 'why' in plan ? null : { ...plan, decisions: slotsInWords(plan) }, why: withheld };
}
