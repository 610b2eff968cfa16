// `explain --plan` for people: what is decided, asked and done, step by step.

import type { Plan, PlanStep, PlannedFinding, Question } from '../model/plan.ts';
import { visible } from '../text/visible.ts';
import { placeOf } from './finding-lines.ts';
import { palette, type Palette } from './palette.ts';
import { questionInWords, slotsInWords, sqlLines, stepInWords, undoInWords, type Moment } from './plan-words.ts';
import type { ReportContext } from './reporter.ts';
import { wrap } from './wrap.ts';

export function plansPretty(planned: readonly PlannedFinding[], { color, width }: Pick<ReportContext, 'color' | 'width'>): string {
  const paints = palette(color);
  return byPlan(planned).map((group) => `${groupLines(group, paints, width).join('\n')}\n`).join('\n');
}

const INDENT = '   ';

/** Findings of several rules may have the same plan. */
function byPlan(planned: readonly PlannedFinding[]): readonly (readonly PlannedFinding[])[] {
  const groups = new Map<string, PlannedFinding[]>();
  for (const one of planned) {
    const key = one.plan === undefined || 'why' in one.plan ? one.finding.fingerprint : JSON.stringify(one.plan);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return [...groups.values()];
}

function groupLines(group: readonly PlannedFinding[], paints: Palette, width: number): string[] {
  const heads = group.flatMap(({ finding }) => [`${paints.strong(visible(finding.rule))}  ${paints.faint(placeOf(finding))}`, ...wrap(visible(finding.message), width)]);
  const { finding, plan } = group[0] ?? {};
  if (plan !== undefined && !('why' in plan)) return [...heads, '', ...stepsOf(plan, paints, width)];
  return [...heads, '', ...wrap(visible(`There is no plan for it: ${plan?.why ?? finding?.help ?? ''}`), width)];
}

/** Lines without line breaks. */
function stepsOf(plan: Plan, paints: Palette, width: number): string[] {
  const decisions = slotsInWords(plan).flatMap(({ slot, meaning }) => wrap(visible(meaning), width, `${INDENT}${visible(slot)}  `));
  const blocks = [
    [...wrap(visible(plan.title), width).map(paints.strong), ...wrap('In place of:', width), ...code([plan.instead])],
    (plan.remarks ?? []).flatMap((remark) => wrap(visible(remark), width)),
    decisions.length === 0 ? [] : [paints.strong('You decide'), ...decisions],
    plan.questions.length === 0 ? [] : [paints.strong('Before you begin'), ...plan.questions.flatMap((question) => questionLines(question, 'first', width))],
    ...plan.steps.map((step, index) => stepLines(step, index + 1, paints, width)),
    plan.differs.length === 0 ? [] : [paints.strong('In the end'), ...plan.differs.flatMap((sentence) => wrap(visible(sentence), width, INDENT))],
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function stepLines(step: PlanStep, number: number, paints: Palette, width: number): string[] {
  const lead = `${number}. `.padEnd(INDENT.length);
  return [
    ...wrap(visible(stepInWords(step)), width, lead).map(paints.strong),
    ...code(step.statements),
    ...step.notes.flatMap((note) => wrap(visible(note), width, INDENT)),
    ...(step.undo.length === 0 ? [] : [`${INDENT}${undoInWords(step)}`, ...code(step.undo)]),
    ...step.questions.flatMap((question) => questionLines(question, 'before the next step', width)),
  ];
}

function questionLines(question: Question, when: Moment, width: number): string[] {
  return [...wrap(visible(questionInWords(question, when)), width, INDENT), ...code([question.sql])];
}

function code(statements: readonly string[]): string[] {
  return sqlLines(statements).map((line) => `${INDENT}${INDENT}${line}`.trimEnd());
}
