// How long a server took, where it was measured.

import type { Extent } from '../../model/lanes/columns.ts';
import type { ShownStatement } from './statements.ts';

/** Milliseconds of all statements of a column or a bar; undefined where none was measured. */
export function takenIn({ from, to }: Extent, statements: readonly ShownStatement[]): number | undefined {
  const times = statements.slice(from, to + 1).flatMap(({ took }) => took ?? []);
  return times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0);
}

/** `0.4 ms`, `12 ms`, `1.2 s`, `3 min`. */
export function durationInWords(milliseconds: number): string {
  if (milliseconds < 10) return `${Number(milliseconds.toFixed(1))} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 120_000 ? `${Number((milliseconds / 1000).toFixed(1))} s` : `${Math.round(milliseconds / 60_000)} min`;
}
