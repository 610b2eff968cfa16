// SET LOCAL lock_timeout at the head of each transaction that waits for locks; where statements are on their own, SET before them, and the
// old value behind. What is built concurrently waits without a limit.

import type { Edit } from '../../model/cure.ts';
import { isBlocking } from '../../model/effect.ts';
import { timeoutInForce } from '../../model/session.ts';
import type { Step } from '../../model/timeline.ts';
import type { Remedy } from '../ailment.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { indentationAt, lineEndIn, remarkAbove } from '../edits.ts';
import { handOf } from '../hand.ts';
import { standingOf } from '../standing.ts';

export const missingLockTimeout: Remedy = ({ timeline: { source, steps }, parts }) => {
  const waiting = steps.filter(isUnlimited);
  const isInTransaction = (step: Step): boolean => step.session.transaction !== undefined || standingOf({ step, parts }) === 'in-message';
  const heads = new Set(waiting.filter(isInTransaction).map((step) => headOf(step, steps)));
  const alone = runsOf(waiting.filter((step) => !isInTransaction(step)), steps);
  const before = (step: Step, text: string): Edit => {
    const start = startOf(step.statement.span, source);
    return { span: { start, end: start }, text: `${text};${lineEndIn(source)}${indentationAt(start, source)}` };
  };
  const behind = (step: Step, text: string): Edit => {
    const { start, end } = step.statement.span;
    return { span: { start: end, end }, text: `;${lineEndIn(source)}${indentationAt(start, source)}${text}` };
  };
  const edits = [
    ...[...heads].map((step) => before(step, handOf(source, step.statement.span)`SET LOCAL lock_timeout = '5s'`)),
    ...alone.flatMap(({ first, last, isEnd }) => {
      const sql = handOf(source, first.statement.span);
      return [before(first, sql`SET lock_timeout = '5s'`), ...(isEnd ? [] : [behind(last, sql`SET lock_timeout = 0`)])];
    }),
  ];
  return edits.length === 0 ? undefined : { title: 'Limit how long it may wait for its locks', edits, about: [] };
};

/** Where a comment speaks of the statement, before that; but behind one that begins the file, and speaks of all of it. */
function startOf(statement: Span, source: SourceText): number {
  const remark = remarkAbove(statement, source);
  return remark === undefined || remark.start === 0 ? statement.start : remark.start + indentationOf(remark, source).length;
}

function indentationOf({ start }: Span, { text }: SourceText): string {
  return /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
}

function isUnlimited({ effects, session, transaction }: Step): boolean {
  return effects.some(isBlocking) && transaction !== 'forbidden' && timeoutInForce(session, 'lock_timeout') === 'none';
}

/** The first statement in its transaction. */
function headOf(step: Step, steps: readonly Step[]): Step {
  const { transaction } = step.session;
  return steps.find(({ session }) => session.transaction !== undefined && session.transaction.since === transaction?.since) ?? step;
}

interface Run {
  readonly first: Step;
  readonly last: Step;
  /** Nothing stands behind it in the file. */
  readonly isEnd: boolean;
}

/** Statements that stand behind each other without one between them that has to wait as long as it takes. */
function runsOf(waiting: readonly Step[], steps: readonly Step[]): readonly Run[] {
  const runs: { first: Step; last: Step }[] = [];
  for (const step of waiting) {
    const run = runs.at(-1);
    const between = run ? steps.slice(steps.indexOf(run.last) + 1, steps.indexOf(step)) : [];
    if (run === undefined || between.some(({ transaction, session }) => transaction === 'forbidden' || session.transaction !== undefined)) runs.push({ first: step, last: step });
    else run.last = step;
  }
  return runs.map((run) => ({ ...run, isEnd: steps.at(-1) === run.last }));
}
