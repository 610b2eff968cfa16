// What reports say of a plan: where to read it.

import type { OfferedCure } from '../model/cure.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { visible } from '../text/visible.ts';
import type { Palette } from './palette.ts';
import type { ReportContext } from './reporter.ts';
import { wrap } from './wrap.ts';

/** A line for who reads a terminal, where no fix says it all. */
export function planLines(finding: Finding, paints: Palette, { planOf, cureOf, width }: Pick<ReportContext, 'planOf' | 'cureOf' | 'width'>): string[] {
  const plan = planOf?.(finding);
  const about = plan && planFor(plan, cureOf?.(finding));
  if (about === undefined) return [];
  const what = about === 'all' ? 'shows what to do, step by step' : 'shows how to see whether the rows are ready';
  const [first = '', ...others] = wrap(visible(`${planCommand(finding)} ${what}`), width, LABEL);
  return [paints.good(LABEL) + first.slice(LABEL.length), ...others];
}

const LABEL = '  plan: ';

/** `all`: nothing else says what to do · `questions`: a fix does, but rows may stand in its way. */
export function planFor(plan: Plan, cure: OfferedCure | undefined): 'all' | 'questions' | undefined {
  if (cure === undefined) return 'all';
  return plan.questions.some(({ kind }) => kind === 'no-rows') ? 'questions' : undefined;
}

export function planCommand({ path, line }: Finding): string {
  return `pgmigrate-lint explain --plan ${inShell(`${path}:${line}`)}`;
}

function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
