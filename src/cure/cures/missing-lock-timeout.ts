// SET LOCAL lock_timeout at the head of the transaction; where each statement is on its own, SET before it and the old value behind.

import { timeoutInForce } from '../../model/session.ts';
import type { Remedy } from '../ailment.ts';
import { indentationAt, lineEndIn } from '../edits.ts';
import { handOf } from '../hand.ts';
import { standingOf } from '../standing.ts';

export const missingLockTimeout: Remedy = (ailment) => {
  const { step, timeline } = ailment;
  const { source, steps } = timeline;
  if (step.transaction === 'forbidden') return undefined;
  const sql = handOf(source, step.statement.span);
  const standing = standingOf(ailment);
  const first = steps.find(({ session }) => session.transaction?.since === step.session.transaction?.since && session.transaction !== undefined);
  const head = first === undefined || standing === 'free' ? step : first;
  const at = head.statement.span.start;
  const end = `;${lineEndIn(source)}${indentationAt(at, source)}`;
  if (timeoutInForce(step.session, 'lock_timeout') !== 'none') return undefined;
  const text = standing === 'free' ? sql`SET lock_timeout = '5s'` : sql`SET LOCAL lock_timeout = '5s'`;
  return { title: 'Limit how long the statement may wait for its lock', edits: [{ span: { start: at, end: at }, text: text + end }], about: [] };
};
