// What the baseline holds back more than it did, and which tables count as small that did not.

import type { KnownFinding } from '../../config/baseline.ts';
import { printSize, type TableSizes } from '../../model/table-sizes.ts';

/** `line`: of the baseline. */
export interface Held {
  readonly line: number;
  readonly message: string;
}

export function heldBackMore(before: readonly KnownFinding[], after: readonly KnownFinding[], text: string): Held[] {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const lines = text.split('\n');
  return after
    .filter(({ fingerprint }) => !known.has(fingerprint))
    .map(({ fingerprint, rule, path }) => ({ line: Math.max(1, lines.findIndex((line) => line.includes(fingerprint)) + 1), message: `the baseline holds back ${rule} in ${path}` }));
}

/** By the name of the table. */
export function smallerTables(before: TableSizes, after: TableSizes): ReadonlyMap<string, string> {
  const newlySmall = [...after.sizes].filter(([table, size]) => size < after.small && (before.sizes.get(table) ?? Infinity) >= before.small);
  return new Map(
    newlySmall.map(([table, size]) => {
      const old = before.sizes.get(table);
      return [table, `${table} counts as small, with ${printSize(size)}${old === undefined ? '' : `; it had ${printSize(old)}`}`];
    }),
  );
}
