// How a picture of lanes divides its statements: each with which something changes, or rows are worked through, has a column.

import type { Bar, LockingStatement } from './bar.ts';
import type { Lane } from './lock-lanes.ts';

/** Ordinals of statements, the last one included. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Statements that nothing sets apart from each other. */
export interface Column extends Extent {
  /** As bars name it. */
  readonly transaction: number;
}

/** Where a lock is held, in their order. `most`: where there would be more, work has no columns of its own. */
export function columnsOf(lanes: readonly Lane[], statements: readonly LockingStatement[], most: number): readonly Column[] {
  const bars = lanes.flatMap((lane) => lane.bars);
  const all = columnsBetween([...bars.flatMap(edgesOf), ...bars.flatMap(edgesOfWork), ...bars.flatMap((bar) => edgesOfEnd(bar, statements))], bars);
  return all.length > most ? columnsBetween(bars.flatMap(edgesOf), bars) : all;
}

function edgesOf({ from, to }: Bar): number[] {
  return [from, from + 1, to + 1];
}

function edgesOfWork({ working }: Bar): number[] {
  return working.flatMap(({ at }) => [at, at + 1]);
}

/** COMMIT and its like. */
function edgesOfEnd({ to }: Bar, statements: readonly LockingStatement[]): number[] {
  return statements[to]?.action === undefined ? [] : [to];
}

function columnsBetween(edges: readonly number[], bars: readonly Bar[]): readonly Column[] {
  const places = [...new Set(edges)].toSorted((left, right) => left - right);
  const starting = bars.toSorted((left, right) => left.from - right.from);
  const columns: Column[] = [];
  let [next, end, transaction] = [0, -1, 0];
  for (const [index, from] of places.entries()) {
    for (let bar = starting[next]; bar !== undefined && bar.from <= from; bar = starting[(next += 1)]) {
      [end, transaction] = [Math.max(end, bar.to), bar.transaction];
    }
    if (from <= end) columns.push({ from, to: (places[index + 1] ?? from + 1) - 1, transaction });
  }
  return columns;
}
