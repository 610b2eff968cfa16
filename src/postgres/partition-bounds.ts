// The rows that belong to a partition, as a condition.
// Source: get_qual_from_partbound() in src/backend/partitioning/partbounds.c.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import type { PartitionBound, PartitionKey, RangeEnd } from '../model/partition.ts';
import { joined, type Comparison, type Predicate } from '../model/predicate.ts';

/** `unknown`: the key or a bound can't be read from the text. `none`: no row is kept out. */
export type Bounds = Predicate | 'unknown' | 'none';

/** The rows of a partition of `parent`, with the bounds of the partition that the parent itself may be. `below`: what is passed by then. */
export function boundsOf(parent: Relation | undefined, bound: PartitionBound, catalog: Catalog, below: readonly Relation[] = []): Bounds {
  if (parent?.partitionBy === undefined || below.includes(parent)) return 'unknown';
  const own = bound.kind === 'default' ? restOf(parent, parent.partitionBy, catalog) : rowsOf(parent.partitionBy, bound);
  const above = parent.partitionOf;
  return both(own, above ? boundsOf(shown(catalog.find(above.parent)), above.bound, catalog, [...below, parent]) : 'none');
}

function shown(found: Lookup<Relation>): Relation | undefined {
  return typeof found === 'string' ? undefined : found;
}

/** The rows that a default partition may not have any more beside a new partition. */
export function outsideOf(parent: Relation | undefined, bound: PartitionBound): Bounds {
  const rows = parent?.partitionBy ? rowsOf(parent.partitionBy, bound) : 'unknown';
  return rows === 'unknown' || rows === 'none' ? rows : { kind: 'not', part: rows };
}

function both(left: Bounds, right: Bounds): Bounds {
  if (left === 'none') return right;
  if (right === 'none') return left;
  return left === 'unknown' || right === 'unknown' ? 'unknown' : joined('and', [left, right]);
}

/** What no CHECK says: that the hash of the key is of the partition. */
const hashed: Predicate = { kind: 'null-test', column: '', isNull: true };

export function asksForHash(bounds: Predicate): boolean {
  return bounds === hashed || (bounds.kind === 'and' && bounds.parts.includes(hashed));
}

function rowsOf({ columns }: PartitionKey, bound: PartitionBound): Bounds {
  const [column, ...more] = columns;
  if (bound.kind === 'hash') return hashed;
  if (column === undefined || more.length > 0) return 'unknown';
  if (bound.kind === 'list') return listed(column, bound);
  return bound.kind === 'range' ? within(column, bound) : 'unknown';
}

function listed(column: string, { values, withNull }: Extract<PartitionBound, { readonly kind: 'list' }>): Bounds {
  if (values === 'computed') return 'unknown';
  const isNull: Predicate = { kind: 'null-test', column, isNull: true };
  const isOne = joined(
    'or',
    values.map((value) => ({ kind: 'compare', column, operator: '=', value })),
  );
  if (values.length === 0) return isNull;
  return withNull ? joined('or', [isNull, isOne]) : joined('and', [{ ...isNull, isNull: false }, isOne]);
}

function within(column: string, { from, to }: Extract<PartitionBound, { readonly kind: 'range' }>): Bounds {
  const ends = [end(column, '>=', from[0]), end(column, '<', to[0])];
  if (ends.includes(undefined)) return 'unknown';
  return joined('and', [{ kind: 'null-test', column, isNull: false }, ...ends.flatMap((one) => one ?? [])]);
}

function end(column: string, operator: Comparison, at: RangeEnd | undefined): readonly Predicate[] | undefined {
  if (at === undefined || at.kind === 'computed') return undefined;
  return at.kind === 'value' ? [{ kind: 'compare', column, operator, value: at.value }] : [];
}

/** What no other partition takes. */
function restOf(parent: Relation, key: PartitionKey, catalog: Catalog): Bounds {
  const others = siblings(parent, catalog).flatMap(({ partitionOf }) =>
    partitionOf && partitionOf.bound.kind !== 'default' ? [rowsOf(key, partitionOf.bound)] : [],
  );
  if (others.length === 0) return 'none';
  const plain = others.flatMap((one) => (one === 'unknown' || one === 'none' ? [] : [one]));
  return plain.length < others.length ? 'unknown' : { kind: 'not', part: joined('or', plain) };
}

function siblings({ children }: Relation, catalog: Catalog): Relation[] {
  return children.values().flatMap((name) => {
    const child = catalog.find(name);
    return child === 'absent' || child === 'unknown' ? [] : [child];
  });
}
