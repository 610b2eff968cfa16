// What a transaction leaves behind: what running code meets, whatever came and went in between.

import type { Catalog } from '../model/catalog.ts';
import type { Step, Timeline } from '../model/timeline.ts';
import { transactionOf } from './transactions.ts';

/** The catalog when the transaction of a step ends. Where nothing shows how a file is run, it is taken to be run in one go. */
export function outcomeOf(step: Step, { steps, isRunKnown }: Timeline): Catalog {
  const isWhole = !isRunKnown && !steps.some(saysHowItIsRun);
  const last = steps.findLast((other) => isWhole || transactionOf(other) === transactionOf(step));
  return (last ?? step).after;
}

/** BEGIN, or what PostgreSQL refuses in a transaction. */
function saysHowItIsRun({ statement, transaction }: Step): boolean {
  return statement.kind === 'transaction' || transaction === 'forbidden';
}
