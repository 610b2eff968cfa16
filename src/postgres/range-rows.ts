// The rows between the two ends of a partition by range, as conditions of which each has to hold.
// Source: get_qual_for_range() in src/backend/partitioning/partbounds.c.

import type { PartitionBound, PartitionKey, RangeEnd } from '../model/partition.ts';
import { joined, type Comparison, type Predicate } from '../model/predicate.ts';
import { orderOf } from './literal-order.ts';
import type { TypeOf } from './proof.ts';

type RangeBound = Extract<PartitionBound, { readonly kind: 'range' }>;

/** Columns in which both ends are the same stand before what the ends say of the others. */
export function rowsBetween(key: PartitionKey['columns'], { from, to }: RangeBound, typeOf: TypeOf): readonly Predicate[] {
  const columns = key.flatMap((column) => (column === undefined ? [] : [column]));
  const shared = countShared(columns, from, to, typeOf);
  if (columns.length < key.length || shared === 'unknown') return [{ kind: 'other' }];
  const rest = columns.slice(shared);
  return [...equal(columns.slice(0, shared), from), ...beyond(rest, from.slice(shared), '>', 'minimum'), ...beyond(rest, to.slice(shared), '<', 'maximum')];
}

/** `unknown` where an end can't be read, or the two can't be compared. */
function countShared(columns: readonly string[], from: readonly RangeEnd[], to: readonly RangeEnd[], typeOf: TypeOf): number | 'unknown' {
  if ([...from, ...to].some(({ kind }) => kind === 'computed')) return 'unknown';
  for (const [place, column] of columns.entries()) {
    const [low, high] = [from[place], to[place]];
    if (low?.kind !== 'value' || high?.kind !== 'value') return place;
    const order = orderOf(low.value, high.value, typeOf(column));
    const isLast = place === columns.length - 1;
    if (!isLast && (order === 'unknown' || order === 'incomparable')) return 'unknown';
    if (order !== 'same') return place;
  }
  return columns.length;
}

function equal(columns: readonly string[], ends: readonly RangeEnd[]): readonly Predicate[] {
  return columns.flatMap((column, place) => compared(column, '=', ends[place]));
}

function compared(column: string, operator: Comparison, end: RangeEnd | undefined): readonly Predicate[] {
  return end?.kind === 'value' ? [{ kind: 'compare', column, operator, value: end.value }] : [];
}

/** `(a, b)` beyond (1, 2): a > 1 OR (a = 1 AND b > 2). What is without an end in `open` has all rows that are the same before it. */
function beyond(columns: readonly string[], ends: readonly RangeEnd[], side: '>' | '<', open: RangeEnd['kind']): readonly Predicate[] {
  const finite = ends.findIndex(({ kind }) => kind !== 'value');
  const count = finite < 0 ? columns.length : finite;
  const arms = columns.slice(0, count).map((column, place): Predicate => {
    const isClosed = ends[place + 1]?.kind === open || (side === '>' && place === columns.length - 1);
    return joined('and', [...equal(columns.slice(0, place), ends), ...compared(column, isClosed ? `${side}=` : side, ends[place])]);
  });
  return arms.length === 0 ? [] : [joined('or', arms)];
}
