// A plan in a comment of a pull request: folded, until somebody wants to read it.

import type { Plan, PlanStep, Question } from '../model/plan.ts';
import { markdownCode, markdownFence, markdownText } from './markdown-text.ts';
import { questionInWords, slotsInWords, sqlLines, stepInWords, undoInWords } from './plan-words.ts';

export function planMarkdown(plan: Plan): string[] {
  const decisions = slotsInWords(plan).map(({ slot, meaning }) => `- ${markdownCode(slot)}: ${markdownText(meaning)}`);
  return [
    '<details>',
    '<summary>The plan, step by step</summary>',
    '',
    `${markdownText(plan.title)}.`,
    '',
    ...(plan.shortcut === undefined ? [] : [markdownText(plan.shortcut), '']),
    ...(decisions.length === 0 ? [] : ['You decide:', '', ...decisions, '']),
    ...plan.questions.flatMap(questionLines),
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
    ...questions.flatMap(questionLines),
  ];
}

function questionLines(question: Question): string[] {
  return [`${markdownText(questionInWords(question))}:`, '', ...fenced([question.sql])];
}

function fenced(statements: readonly string[]): string[] {
  return [...markdownFence(sqlLines(statements), 'sql'), ''];
}
