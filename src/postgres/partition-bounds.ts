// The rows that belong to a partition, as a condition.
// Source: get_qual_from_partbound() in src/backend/partitioning/partbounds.c. What can't be read from the text is `other` in it.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import type { PartitionBound, PartitionKey } from '../model/partition.ts';
import { joined, joinedList, type Predicate } from '../model/predicate.ts';
import type { TypeOf } from './proof.ts';
import { rowsBetween } from './range-rows.ts';

/** `unknown`: history does not show how the table is cut. `none`: no row is kept out. */
export type Bounds = Predicate | 'unknown' | 'none';

/** The rows of a partition of `parent`, with the bounds of the partition that the parent itself may be. `below`: what is passed by then. */
export function boundsOf(parent: Relation | undefined, bound: PartitionBound, catalog: Catalog, below: readonly Relation[] = []): Bounds {
  if (parent?.partitionBy === undefined || below.includes(parent)) return 'unknown';
  const own = bound.kind === 'default' ? restOf(parent, parent.partitionBy, catalog) : rowsOf(parent, parent.partitionBy, bound);
  const above = parent.partitionOf;
  return both(own, above ? boundsOf(shown(catalog.find(above.parent)), above.bound, catalog, [...below, parent]) : 'none');
}

function shown(found: Lookup<Relation>): Relation | undefined {
  return typeof found === 'string' ? undefined : found;
}

/** The rows that a default partition may not have any more beside a new partition. */
export function outsideOf(parent: Relation | undefined, bound: PartitionBound): Bounds {
  const rows = parent?.partitionBy ? rowsOf(parent, parent.partitionBy, bound) : 'unknown';
  return rows === 'unknown' || rows === 'none' ? rows : { kind: 'not', part: rows };
}

function both(left: Bounds, right: Bounds): Bounds {
  if (left === 'none') return right;
  if (right === 'none') return left;
  return left === 'unknown' || right === 'unknown' ? 'unknown' : joined('and', [left, right]);
}

/** What only satisfies_hash_partition() says: that the hash of the key is of the partition. */
const hashed: Predicate = { kind: 'null-test', column: '', isNull: true };

export function asksForHash(bounds: Predicate): boolean {
  return bounds === hashed || (bounds.kind === 'and' && bounds.parts.includes(hashed));
}

function rowsOf(parent: Relation, { columns }: PartitionKey, bound: PartitionBound): Bounds {
  switch (bound.kind) {
    case 'default':
      return 'unknown';
    case 'hash':
      return hashed;
    case 'list':
      return listed(columns[0], [bound]);
    case 'range':
      return joined('and', [...areFilled(columns), ...rowsBetween(columns, bound, typesOf(parent))]);
  }
}

type ListBound = Extract<PartitionBound, { readonly kind: 'list' }>;

/** The rows of all of these partitions. */
function listed(column: string | undefined, bounds: readonly ListBound[]): Predicate {
  const lists = bounds.map(({ values }) => values);
  if (column === undefined || lists.includes('computed')) return { kind: 'other' };
  const values = lists.flatMap((list) => (list === 'computed' ? [] : list));
  const isNull: Predicate = { kind: 'null-test', column, isNull: true };
  if (values.length === 0) return isNull;
  const isOne = joinedList(
    'or',
    values.map((value) => ({ kind: 'compare', column, operator: '=', value })),
  );
  return bounds.some(({ withNull }) => withNull) ? joined('or', [isNull, isOne]) : joined('and', [{ ...isNull, isNull: false }, isOne]);
}

function areFilled(columns: PartitionKey['columns']): readonly Predicate[] {
  return columns.map((column) => (column === undefined ? { kind: 'other' } : { kind: 'null-test', column, isNull: false }));
}

function typesOf(parent: Relation): TypeOf {
  return (column) => parent.columns.get(column)?.type;
}

/** What no other partition takes. */
function restOf(parent: Relation, key: PartitionKey, catalog: Catalog): Bounds {
  const bounds = siblings(parent, catalog).flatMap(({ partitionOf }) => (partitionOf ? [partitionOf.bound] : []));
  const lists = bounds.flatMap((bound) => (bound.kind === 'list' ? [bound] : []));
  if (lists.length > 0) return { kind: 'not', part: listed(key.columns[0], lists) };
  const ranges = bounds.flatMap((bound) => (bound.kind === 'range' ? [bound] : []));
  if (ranges.length === 0) return 'none';
  const taken = ranges.map((bound) => rowsBetween(key.columns, bound, typesOf(parent)));
  const isAnywhere = taken.some((one) => one.length === 0);
  const inside = isAnywhere ? [] : [joined('or', taken.map((one) => joined('and', one)))];
  return { kind: 'not', part: joined('and', [...areFilled(key.columns), ...inside]) };
}

function siblings({ children }: Relation, catalog: Catalog): Relation[] {
  return children.values().flatMap((name) => {
    const child = catalog.find(name);
    return child === 'absent' || child === 'unknown' ? [] : [child];
  });
}
