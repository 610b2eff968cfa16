// What a transaction leaves behind: what running code meets, whatever came and went in between.

import type { Catalog } from '../model/catalog.ts';
import type { PlacedAct, Step, Timeline } from '../model/timeline.ts';
import { transactionOf } from './transactions.ts';

/**
 * The catalog when the transaction of an act ends; of one in a branch, when that ends. Where nothing shows how a file is run, it is taken
 * to be run in one go.
 */
export function outcomeOf({ step, outcome }: Pick<PlacedAct, 'step' | 'outcome'>, { steps, isRunKnown }: Timeline): Catalog {
  if (outcome) return outcome;
  const isWhole = !isRunKnown && !steps.some(saysHowItIsRun);
  const last = steps.findLast((other) => isWhole || transactionOf(other) === transactionOf(step));
  return (last ?? step).after;
}

/** BEGIN, or what PostgreSQL refuses in a transaction. */
function saysHowItIsRun({ statement, transaction }: Step): boolean {
  return statement.kind === 'transaction' || transaction === 'forbidden';
}
