// A plan on the page: folded, until somebody wants to read it.

import type { OfferedCure } from '../../model/cure.ts';
import type { Plan, PlanStep, Question } from '../../model/plan.ts';
import { planFor } from '../plan-hints.ts';
import { questionInWords, slotsInWords, sqlLines, stepInWords, undoInWords, type Moment } from '../plan-words.ts';
import { html, nothing, type Markup } from './markup.ts';

/** `offered`: says what to do; only what its rows have to be like is left to say. */
export function plan(planned: Plan, offered: OfferedCure | undefined): Markup {
  switch (planFor(planned, offered)) {
    case 'all':
      return whole(planned);
    case 'questions':
      return html`<details><summary>Are the rows ready for it?</summary>
${planned.questions.map((one) => question(one, 'first'))}
</details>`;
    case undefined:
      return nothing;
  }
}

function whole(planned: Plan): Markup {
  const { title, remarks = [], questions, steps, differs } = planned;
  const slots = slotsInWords(planned);
  return html`<details><summary>The plan, step by step</summary>
<p>${title}.</p>
${remarks.map((remark) => html`<p>${remark}</p>`)}
${slots.length === 0 ? nothing : html`<p>You decide:</p>
<ul>${slots.map(({ slot, meaning }) => html`<li><code>${slot}</code>: ${meaning}</li>`)}</ul>`}
${questions.map((one) => question(one, 'first'))}
<ol class="steps">
${steps.map(stepOf)}
</ol>
${differs.length === 0 ? nothing : html`<p>In the end:</p>
<ul>${differs.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
</details>`;
}

function stepOf(step: PlanStep): Markup {
  const { statements, notes, undo, questions } = step;
  return html`<li><b>${stepInWords(step)}</b>
${statements.length === 0 ? nothing : sql(statements)}
${notes.map((note) => html`<p>${note}</p>`)}
${undo.length === 0 ? nothing : html`<p>${undoInWords(step)}</p>
${sql(undo)}`}
${questions.map((one) => question(one, 'before the next step'))}</li>`;
}

function question(asked: Question, when: Moment): Markup {
  return html`<p>${questionInWords(asked, when)}:</p>
${sql([asked.sql])}`;
}

function sql(statements: readonly string[]): Markup {
  return html`<pre>${sqlLines(statements).map((line) => html`${line}`)}</pre>`;
}
