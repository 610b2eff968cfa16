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
  const [first = ''] = statements;
  const said = `${titles[place]}${statements.length === 1 && /VALIDATE CONSTRAINT/i.test(first) ? ': check the rows that are there, while others read and write' : ''}`;
  if (place === 'outside') return outside(said, statements, { undo });
  return place === 'own' && statements.length === 1 ? eachAlone(said, statements) : inTransaction(said, statements);
}

const titles: Readonly<Record<Stage['place'], string>> = {
  together: 'Where the statement stood',
  own: 'In a migration of its own',
  outside: 'Outside of transactions',
};
