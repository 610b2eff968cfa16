// What a transaction leaves behind: what running code meets, whatever came and went in between.

import type { Catalog } from '../model/catalog.ts';
import type { PlacedAct, Timeline } from '../model/timeline.ts';

/**
 * The catalog when the transaction of an act ends; of one in a branch, when that ends. Where nothing shows how a file is run, it is taken
 * to be run in one go.
 */
export function outcomeOf({ step, outcome }: Pick<PlacedAct, 'step' | 'outcome'>, { steps, isRunKnown, links }: Timeline): Catalog {
  if (outcome) return outcome;
  const isWhole = !isRunKnown && !links.saysHowItIsRun;
  return ((isWhole ? steps.at(-1) : undefined) ?? links.lastWith(step)).after;
}
