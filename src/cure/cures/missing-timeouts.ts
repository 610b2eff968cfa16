// Limits for what waits and for what keeps others waiting: SET LOCAL where it stands in a transaction; where statements are on their own, SET
// before them, and the old value behind. What is built concurrently waits without a limit.

import type { Edit } from '../../model/cure.ts';
import { blocksWhileWorking, isBlocking } from '../../model/effect.ts';
import { timeoutInForce } from '../../model/session.ts';
import { transactionOf } from '../../model/step-links.ts';
import type { Step } from '../../model/timeline.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { commentsAbove, indentationAt, lineEndIn } from '../edits.ts';
import { handOf } from '../hand.ts';
import { standingOf } from '../standing.ts';

/** At the head of the transaction: all locks that it asks for are limited. */
export const missingLockTimeout: Remedy = ({ timeline: { source, steps }, parts }) => {
  const waiting = steps.filter((step) => isUnlimited(step, 'lock_timeout') && step.effects.some(isBlocking) && !buildsAlone(step));
  const heads = new Set(waiting.filter((step) => isTogether(step, parts)).map((step) => headOf(step, steps)));
  const alone = runsOf(waiting.filter((step) => !isTogether(step, parts)), steps, (step) => buildsAlone(step) || step.session.transaction !== undefined);
  const edits = [
    ...[...heads].map((step) => before(step, handOf(source, step.statement.span)`SET LOCAL lock_timeout = '5s'`, source)),
    ...alone.flatMap(({ first, last, isEnd }) => {
      const sql = handOf(source, first.statement.span);
      return [before(first, sql`SET lock_timeout = '5s'`, source), ...(isEnd ? [] : [behind(last, sql`SET lock_timeout = 0`, source)])];
    }),
  ];
  return edits.length === 0 ? undefined : { title: 'Limit how long it may wait for its locks', edits, about: [] };
};

/** Around what keeps others waiting, and nothing else: VALIDATE and a backfill take as long as they take. */
export const missingStatementTimeout: Remedy = ({ timeline: { source, steps }, parts }) => {
  const working = steps.filter((step) => isUnlimited(step, 'statement_timeout') && step.effects.some(blocksWhileWorking) && step.transaction !== 'forbidden');
  const isApart = (step: Step, first: Step): boolean => step.effects.length > 0 || transactionOf(step) !== transactionOf(first);
  const edits = runsOf(working, steps, isApart).flatMap(({ first, last, isEnd }) => {
    const sql = handOf(source, first.statement.span);
    const scope = isTogether(first, parts) ? sql`LOCAL ` : '';
    const isLast = isEnd || (scope !== '' && !steps.slice(steps.indexOf(last) + 1).some((step) => transactionOf(step) === transactionOf(last) && step.effects.length > 0));
    return [before(first, sql`SET ${scope}statement_timeout = '1min'`, source), ...(isLast ? [] : [behind(last, sql`SET ${scope}statement_timeout = 0`, source)])];
  });
  return edits.length === 0 ? undefined : { title: 'Limit how long it may keep others waiting', isUnsafe: true, edits, about: [] };
};

/** In no transaction, for as long as it takes: DETACH … CONCURRENTLY shuts the partition in the end, and is over at once. */
function buildsAlone({ transaction, acts }: Step): boolean {
  return transaction === 'forbidden' && !acts.some(({ change }) => change.kind === 'detach-partition');
}

function isUnlimited({ session }: Step, name: string): boolean {
  return timeoutInForce(session, name) === 'none';
}

function isTogether(step: Step, parts: Ailment['parts']): boolean {
  return step.session.transaction !== undefined || standingOf({ step, parts }) === 'in-message';
}

function before({ statement: { span } }: Step, text: string, source: SourceText): Edit {
  const start = startOf(span, source);
  return { span: { start, end: start }, text: `${text};${lineEndIn(source)}${indentationAt(span.start, source)}` };
}

function behind({ statement: { span: { start, end } } }: Step, text: string, source: SourceText): Edit {
  return { span: { start: end, end }, text: `;${lineEndIn(source)}${indentationAt(start, source)}${text}` };
}

/** Where a comment speaks of the statement, or suppresses what is found in it, before that; but behind one that begins the file, and speaks of all of it. */
function startOf(statement: Span, source: SourceText): number {
  const comments = commentsAbove(statement, source);
  return comments === undefined ? statement.start : comments.start + widthAt(comments.start, source);
}

function widthAt(start: number, { text }: SourceText): number {
  return /^[ \t]*/.exec(text.slice(start, start + 200))?.[0].length ?? 0;
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

/** Statements that stand behind each other. `isApart`: it may not come between two of a run. */
function runsOf(limited: readonly Step[], steps: readonly Step[], isApart: (step: Step, first: Step) => boolean): readonly Run[] {
  const runs: { first: Step; last: Step }[] = [];
  for (const step of limited) {
    const run = runs.at(-1);
    const between = run ? steps.slice(steps.indexOf(run.last) + 1, steps.indexOf(step) + 1) : [];
    if (run === undefined || between.some((one) => (one === step ? transactionOf(one) !== transactionOf(run.first) && one.session.transaction !== undefined : isApart(one, run.first)))) runs.push({ first: step, last: step });
    else run.last = step;
  }
  return runs.map((run) => ({ ...run, isEnd: steps.at(-1) === run.last }));
}
