// The statements that a picture of lanes shows: those with which something changes, and those that work through rows.

import type { Lane } from './lock-lanes.ts';

/** Ordinals in their order. What is between two of them changes nothing of what is locked. */
export function columnsOf(lanes: readonly Lane[]): readonly number[] {
  const ordinals = lanes.flatMap(({ bars }) => bars.flatMap(({ from, to, working }) => [from, to, ...working.map(({ at }) => at)]));
  return [...new Set(ordinals)].toSorted((left, right) => left - right);
}
