// A plan in a comment of a pull request: folded, until somebody wants to read it.

import type { OfferedCure } from '../model/cure.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan, PlanStep, Question } from '../model/plan.ts';
import { markdownCode, markdownFence, markdownText } from './markdown-text.ts';
import { planCommand, planFor } from './plan-hints.ts';
import { questionInWords, slotsInWords, sqlLines, stepInWords, undoInWords, type Moment } from './plan-words.ts';
import type { ReportContext } from './reporter.ts';

/** `texts`: what is said of each finding, up to where there is no room for more; a plan comes behind it where there is, and once. */
export function withPlans(texts: readonly string[], findings: readonly Finding[], room: number, { planOf, cureOf }: Pick<ReportContext, 'planOf' | 'cureOf'>): string[] {
  const told = new Set<string>();
  let left = room - texts.reduce((sum, text) => sum + text.length + 1, 0);
  return texts.map((text, index) => {
    const finding = findings[index];
    const plan = finding && planOf?.(finding);
    if (finding === undefined || plan === undefined) return text;
    const block = planMarkdown(plan, cureOf?.(finding)).join('\n');
    if (block === '' || told.has(block)) return text;
    told.add(block);
    left -= block.length + 1;
    return left < 0 ? `${text}\n- **Plan:** ${markdownCode(planCommand(finding))} prints it` : `${text}\n${block}`;
  });
}

/** `cure`: says what to do; only what its rows have to be like is left to say. */
function planMarkdown(plan: Plan, cure: OfferedCure | undefined): string[] {
  switch (planFor(plan, cure)) {
    case 'all':
      return wholePlan(plan);
    case 'questions':
      return ['', '<details>', '<summary>Are the rows ready for it?</summary>', '', ...plan.questions.flatMap((question) => questionLines(question, 'first')), '</details>'];
    case undefined:
      return [];
  }
}

function wholePlan(plan: Plan): string[] {
  const decisions = slotsInWords(plan).map(({ slot, meaning }) => `- ${markdownCode(slot)}: ${markdownText(meaning)}`);
  return [
    '',
    '<details>',
    '<summary>The plan, step by step</summary>',
    '',
    `${markdownText(plan.title)}.`,
    '',
    ...(plan.remarks ?? []).flatMap((remark) => [markdownText(remark), '']),
    ...(decisions.length === 0 ? [] : ['You decide:', '', ...decisions, '']),
    ...plan.questions.flatMap((question) => questionLines(question, 'first')),
    ...plan.steps.flatMap((step, index) => stepLines(step, index + 1)),
    ...(plan.differs.length === 0 ? [] : ['In the end:', '', ...plan.differs.map((sentence) => `- ${markdownText(sentence)}`), '']),
    '</details>',
  ];
}

function stepLines(step: PlanStep, number: number): string[] {
  const { statements, notes, undo, questions } = step;
  return [
    `**${number}. ${markdownText(stepInWords(step))}**`,
    '',
    ...(statements.length === 0 ? [] : fenced(statements)),
    ...notes.map((note) => `- ${markdownText(note)}`),
    ...(notes.length === 0 ? [] : ['']),
    ...(undo.length === 0 ? [] : [undoInWords(step), '', ...fenced(undo)]),
    ...questions.flatMap((question) => questionLines(question, 'before the next step')),
  ];
}

function questionLines(question: Question, when: Moment): string[] {
  return [`${markdownText(questionInWords(question, when))}:`, '', ...fenced([question.sql])];
}

function fenced(statements: readonly string[]): string[] {
  return [...markdownFence(sqlLines(statements), 'sql'), ''];
}
