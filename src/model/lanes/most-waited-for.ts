// What is left out of a picture that would be too large: first, where nobody waits.

import type { Waiters } from '../effect.ts';
import type { Lane } from './lock-lanes.ts';

/** As many bars as that at most, in their lanes and their order; among equals, the first ones. */
export function mostWaitedFor(lanes: readonly Lane[], most: number): readonly Lane[] {
  const bars = lanes.flatMap((lane) => lane.bars);
  if (bars.length <= most) return lanes;
  const kept = new Set(bars.toSorted((left, right) => ranks[left.waiters] - ranks[right.waiters] || left.from - right.from).slice(0, most));
  return lanes.map((lane) => ({ ...lane, bars: lane.bars.filter((bar) => kept.has(bar)) })).filter((lane) => lane.bars.length > 0);
}

const ranks: Readonly<Record<Waiters, number>> = { 'reads and writes': 0, reads: 1, writes: 2, nobody: 3 };
