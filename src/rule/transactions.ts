// What the statements of one transaction share.

import type { Moment } from '../model/moment.ts';
import { transactionOf } from '../model/step-links.ts';
import type { Step } from '../model/timeline.ts';

/** What a remedy adds that takes a statement out of the transaction of a tool: ` (goose: a file of its own that says …)`. */
export function leavingIn({ session }: Step): string {
  const leaving = session.transaction?.leaving;
  return leaving === undefined ? '' : ` (${leaving.words})`;
}

/** Did something happen in the transaction that a statement runs in? */
export function isOfTransaction({ migration, statement }: Moment, step: Step): boolean {
  return migration === step.before.parts.moment.migration && statement >= transactionOf(step);
}
