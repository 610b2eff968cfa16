// Transactions that begin and end where they should.

import type { ChangeKind } from '../../model/change.ts';
import type { Edit } from '../../model/cure.ts';
import type { Step } from '../../model/timeline.ts';
import type { Remedy } from '../ailment.ts';
import { endedAt, indentationAt, lineEndIn, removalOf } from '../edits.ts';
import { handOf } from '../hand.ts';

/** BEGIN and COMMIT around the whole file, inside of the transaction that the tool opens; or a second BEGIN. */
export const nestedTransaction: Remedy = ({ step, timeline: { source, steps } }) => {
  if (step.session.transaction?.openedBy === 'statement' && kindOf(step) === 'begin') {
    return { title: 'Leave out what does nothing', edits: [{ span: removalOf(step.statement.span, source), text: '' }], about: [] };
  }
  if (step.session.transaction?.openedBy !== 'runner') return undefined;
  const marks = steps.filter(({ statement }) => statement.kind === 'transaction');
  const [begin, commit] = marks;
  const isAround = marks.length === 2 && begin !== undefined && commit !== undefined && kindOf(begin) === 'begin' && kindOf(commit) === 'commit' && commit === steps.at(-1);
  if (!isAround || steps.slice(0, steps.indexOf(begin)).some(({ statement }) => statement.kind !== 'setting')) return { why: 'BEGIN and COMMIT do not stand around all of the file' };
  const edits = [begin, commit].map((one): Edit => ({ span: removalOf(one.statement.span, source), text: '' }));
  return { title: 'Leave the transaction to the tool', edits, about: [] };
};

function kindOf({ statement }: Step): string {
  return statement.kind === 'transaction' ? statement.action.kind : '';
}

export const uncommittedTransaction: Remedy = ({ step, timeline: { source, steps } }) => {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  const { end, start } = last.statement.span;
  const sql = handOf(source, step.statement.span);
  const ended = endedAt(last.statement.span, source);
  const at = ended ?? end;
  return { title: 'Commit it', isUnsafe: true, edits: [{ span: { start: at, end: at }, text: `${ended === undefined ? ';' : ''}${lineEndIn(source)}${indentationAt(start, source)}${sql`COMMIT`};` }], about: [] };
};

/** The foreign keys of the rows before it are checked now, and not at the end. */
export const pendingTriggerEvents: Remedy = ({ step, timeline: { source } }) => {
  const { start } = step.statement.span;
  const sql = handOf(source, step.statement.span);
  return { title: 'Check the rows before the table is altered', edits: [{ span: { start, end: start }, text: `${sql`SET CONSTRAINTS ALL IMMEDIATE`};${lineEndIn(source)}${indentationAt(start, source)}` }], about: [] };
};

/** What uses the value comes when the transaction that adds it has ended. */
export const enumValueUsedEarly: Remedy = ({ step }) => ({
  title: 'Use the value in a migration of its own',
  edits: [],
  moves: { place: 'own', name: 'use_added_values', undo: [] },
  about: [...new Set(step.effects.map(({ relation }) => relation))].map((relation) => ({ relation, names: [], commutes: new Set<ChangeKind>(['comment', 'grant']) })),
});
