// The plan behind a cure: each of its stages as a step, for whoever writes the migrations by hand, or wants to see them first.

import type { Stage, Treatment } from '../../model/cure.ts';
import type { Plan, PlanStep, Question } from '../../model/plan.ts';
import { contains } from '../../text/span.ts';
import type { Ailment } from '../ailment.ts';
import { edited, editedPiece } from '../edits.ts';
import { eachAlone, inTransaction, outside, writtenAlone } from './planner.ts';

export function planFrom({ title, edits, moves, before = [], behind = [] }: Treatment, ailment: Ailment, questions: readonly Question[]): Plan {
  const { step, timeline: { source } } = ailment;
  const { span } = step.statement;
  const own = edits.filter((edit) => contains(span, edit.span));
  const text = own.length < edits.length ? edited(source.text, edits) : editedPiece(source, span, own);
  const self: Stage = { name: '', statements: [text.trim()], place: moves?.place ?? 'together', undo: moves?.place === 'outside' ? moves.undo : [] };
  const stages = [...before, ...(text.trim() === '' ? [] : [self]), ...behind].filter(({ statements }) => statements.length > 0);
  return { title, instead: writtenAlone(ailment), decisions: [], questions, steps: stages.map(stepFrom), differs: [] };
}

function stepFrom({ place, statements, undo }: Stage): PlanStep {
  const said = titles.find(({ pattern }) => pattern.test(statements[0] ?? ''))?.title ?? 'Run what takes the place of the statement';
  if (place === 'outside') return outside(said, statements, { undo });
  return place === 'own' && statements.length === 1 ? eachAlone(said, statements) : inTransaction(said, statements);
}

/** What a step is about, by how its first statement reads; the first that fits. */
const titles: readonly { readonly pattern: RegExp; readonly title: string }[] = [
  { pattern: /\bVALIDATE CONSTRAINT\b/i, title: 'Check the rows that are there, while others read and write' },
  { pattern: /\bNOT VALID\b/i, title: 'Add the constraint for what is written from now on' },
  { pattern: /\bINDEX CONCURRENTLY\b.{0,80}\bON\b/is, title: 'Build the index, while others read and write' },
  { pattern: /\bUSING INDEX\b/i, title: 'Make the index the key' },
  { pattern: /\bSET NOT NULL\b/i, title: 'Demand NOT NULL, which is proven by now' },
  { pattern: /\bATTACH PARTITION\b/i, title: 'Attach it' },
  { pattern: /\bCONCURRENTLY\b/i, title: 'Run it while others read and write' },
];
