// A column that may not be NULL, where no tool knows what the rows that are there should hold.

import type { Edit } from '../../model/cure.ts';
import type { Plan } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { unsplitConstraint } from '../cures/unsplit-constraint.ts';
import { editedPiece } from '../edits.ts';
import { quoted } from '../hand.ts';
import { batches } from './batches.ts';
import { deployed, eachAlone, inTransaction, writtenAlone, type Planner } from './planner.ts';
import { nullsQuestion } from './questions.ts';
import { requireSteps } from './required.ts';
import { targetOf, type Target } from './target.ts';
import { notNullWrittenIn } from './written.ts';

/** ADD COLUMN … NOT NULL without a default. */
export const requiredColumn: Planner = (ailment) => {
  const { act, timeline: { source } } = ailment;
  if (act?.change.kind !== 'add-column') return undefined;
  const { table, column, span } = act.change;
  const target = targetOf(table, act.after);
  const written = notNullWrittenIn(source, span);
  if (written.length === 0) return { why: `the type of ${quoted(column.name)} refuses NULL by itself` };
  const { sql } = target;
  const name = quoted(column.name);
  const split = column.constraints.some(({ type }) => type === 'check' || type === 'foreign-key') ? unsplitConstraint(ailment) : undefined;
  if (split !== undefined && 'why' in split) return split;
  const withoutNull = written.map(({ start, end }): Edit => ({ span: { start: start - spaceBefore(source.text, start), end }, text: '' }));
  const added = `ALTER TABLE ${sql} ${editedPiece(source, span, [...withoutNull, ...(split?.edits ?? [])])}`;
  const validated = split?.behind?.flatMap(({ statements }) => statements) ?? [];
  const slot = slotOf(column.name);
  return filledPlan(ailment, target, column.name, {
    title: `Add ${sql}.${name}, fill it, and demand it then`,
    shortcut: split !== undefined ? undefined : `Where all rows get one value that does not change while it is computed, give the column a default instead: ALTER TABLE ${sql} ${source.slice(span)} DEFAULT ${slot}. PostgreSQL stores that once, whatever the size of the table.`,
    first: [
      inTransaction(`Add the column without NOT NULL`, [added], { undo: [`ALTER TABLE ${sql} DROP COLUMN ${name}`] }),
      ...(validated.length === 0 ? [] : [eachAlone('Check the rows that are there', validated, { notes: ['Others read and write meanwhile.'] })]),
      deployed(`Code that writes ${name} with each row that it inserts`, { notes: [`It has to cope with rows in which ${name} is NULL.`] }),
    ],
  });
};

function spaceBefore(text: string, offset: number): number {
  let count = 0;
  while (/\s/.test(text[offset - count - 1] ?? '')) count += 1;
  return count;
}

/** SET NOT NULL on a column that nothing has filled. */
export const notFilled: Planner = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'set-not-null') return undefined;
  const { table, column } = act.change;
  const target = targetOf(table, act.before);
  const name = quoted(column);
  return filledPlan(ailment, target, column, {
    title: `Fill ${target.sql}.${name}, and demand it then`,
    shortcut: `Where all new rows may get one value, ALTER TABLE ${target.sql} ALTER COLUMN ${name} SET DEFAULT ${slotOf(column)} takes the place of the first step.`,
    first: [deployed(`Code that writes ${name} with each row that it inserts`, { notes: [`It has to cope with rows in which ${name} is NULL.`] })],
  });
};

interface Beginning {
  readonly title: string;
  readonly shortcut: string | undefined;
  readonly first: Plan['steps'];
}

function slotOf(column: string): string {
  return `<value of ${column}>`;
}

/** `target`: behind the statement, so that a name that it gives is taken. */
function filledPlan({ step, ...ailment }: Ailment, target: Target, column: string, { title, shortcut, first }: Beginning): Plan {
  const name = quoted(column);
  const slot = slotOf(column);
  const filled = batches('Fill the rows that are there', target, { set: `${name} = ${slot}`, where: `${name} IS NULL` }, { questions: [nullsQuestion(target, [column])] });
  return {
    title,
    instead: writtenAlone({ step, ...ailment }),
    remarks: shortcut === undefined ? [] : [shortcut],
    decisions: [{ slot, meaning: `what ${name} is in rows that are there: a value, or an expression over the other columns of ${target.sql}` }, ...target.decisions],
    questions: [],
    steps: [...first, filled, ...requireSteps(column, target, step.version)],
    differs: [],
  };
}
