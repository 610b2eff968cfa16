// Grows one construct after the other, as it is told.

import type { Construct } from './construct.ts';
import { costOf, type Cost } from './measure.ts';

/** The larger project has so many times as many as the smaller one. */
export const FACTOR = 4;
/** What looks steep is measured so often: a process has other things to do in between. */
const DOUBTS = 3;
/** Above this exponent, it looks steep. */
const DOUBTFUL = 1.25;

export interface Grown {
  /** How many the larger project has. */
  readonly count: number;
  readonly small: Cost;
  readonly large: Cost;
  /** The most that the process has ever had, in MB. */
  readonly memory: number;
}

/** Answers messages of the process that has started this one. */
export function answerGrowth(constructs: readonly Construct[]): void {
  process.on('message', async ({ name, most }: { readonly name: string; readonly most: number }) => {
    const construct = constructs.find((one) => one.name === name);
    if (construct) process.send?.(await growthOf(construct, most));
  });
}

async function growthOf(construct: Construct, count: number): Promise<Grown> {
  const measured = async (one: number): Promise<Cost> => {
    globalThis.gc?.();
    return costOf(construct.grown(Math.max(1, Math.floor(one))));
  };
  // V8 compiles what it sees for the first time.
  await measured(count / FACTOR / FACTOR);
  let [small, large] = [await measured(count / FACTOR), await measured(count)];
  for (let doubt = 1; doubt < DOUBTS && large.seconds / small.seconds > FACTOR ** DOUBTFUL && large.seconds < LONG; doubt += 1) {
    [small, large] = [quicker(small, await measured(count / FACTOR)), quicker(large, await measured(count))];
  }
  return { count, small, large, memory: Math.round(process.resourceUsage().maxRSS / 1024) };
}

/** Seconds; what takes longer is no accident. */
const LONG = 20;

function quicker(one: Cost, other: Cost): Cost {
  return one.seconds < other.seconds ? one : other;
}
