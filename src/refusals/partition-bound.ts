// Bounds of a partition that can't be. Source: transformPartitionBound() in src/backend/parser/parse_utilcmd.c,
// check_new_partition_bound() in src/backend/partitioning/partbounds.c.

import { canonOf, orderOf, type Order } from '../postgres/literal-order.ts';
import type { ColumnType } from '../model/column-type.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { PartitionBound, RangeEnd } from '../model/partition.ts';
import type { Literal } from '../model/predicate.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Relation } from '../model/relation.ts';
import { firstOf, nameOf, refuse, shown, whole, type RefusalFacts } from './facts.ts';

type Range = Extract<PartitionBound, { readonly kind: 'range' }>;
type List = Extract<PartitionBound, { readonly kind: 'list' }>;
type Hash = Extract<PartitionBound, { readonly kind: 'hash' }>;

/** Beside the other partitions, of one whose form fits. */
export function boundRefusal(parent: Relation, bound: PartitionBound, name: QualifiedName, facts: RefusalFacts): Impossibility | undefined {
  const key = parent.partitionBy;
  if (key === undefined) return undefined;
  const column = key.columns.length === 1 && key.columns[0] !== undefined ? whole(parent.name, facts.before)?.columns.get(key.columns[0]) : undefined;
  return firstOf(
    () => (bound.kind === 'range' ? emptyRange(bound, name, column?.type) : undefined),
    () => siblingRefusal(parent, bound, name, column?.type, facts),
  );
}

function wrong(code: string, message: string): Impossibility {
  return refuse('impossible-partition', code, message);
}

const strategyWords = { range: 'FROM … TO …', list: 'IN (…)', hash: 'WITH (MODULUS …, REMAINDER …)' } as const;

/** 42P16: "invalid bound specification", "must specify exactly one value per partitioning column", "may not have a default partition". */
export function boundFormRefusal(parent: Relation, bound: PartitionBound): Impossibility | undefined {
  if (parent.partitionBy === undefined) return undefined;
  const { strategy, columns } = parent.partitionBy;
  if (bound.kind === 'default') {
    return strategy === 'hash' ? wrong('42P16', `${nameOf(parent)} is partitioned by hash, and can't have a default partition`) : undefined;
  }
  if (bound.kind !== strategy) return wrong('42P16', `${nameOf(parent)} is partitioned by ${strategy}: the bounds of a partition are ${strategyWords[strategy]}`);
  if (bound.kind === 'range' && [bound.from, bound.to].some((end) => end.length !== columns.length)) {
    return wrong('42P16', `${nameOf(parent)} is partitioned by ${columns.length === 1 ? 'one column' : `${columns.length} columns`}: a bound names a value for each`);
  }
  if (bound.kind !== 'hash' || bound.modulus <= 0 || bound.remainder < bound.modulus) return undefined;
  return wrong('42P16', `The remainder of a partition of ${nameOf(parent)}, ${bound.remainder}, has to be less than its modulus, ${bound.modulus}`);
}

/** 42P17: "empty range bound specified for partition". */
function emptyRange({ from, to }: Range, name: QualifiedName, type: ColumnType | undefined): Impossibility | undefined {
  const order = type && orderOfEnds(from[0], to[0], type);
  return order === 'same' || order === 'greater' ? wrong('42P17', `No row is between the bounds of ${printName(name)}`) : undefined;
}

/** 42P17: "would overlap partition", "conflicts with existing default partition". */
function siblingRefusal(parent: Relation, bound: PartitionBound, name: QualifiedName, type: ColumnType | undefined, { before }: RefusalFacts): Impossibility | undefined {
  for (const child of parent.children) {
    const sibling = shown(child, before);
    const other = sibling?.partitionOf?.bound;
    if (!sibling || !other || !overlap(bound, other, type)) continue;
    const words = other.kind === 'default' ? 'has a default partition already' : 'has a partition for some of the same rows already';
    return wrong('42P17', `${nameOf(parent)} ${words}, ${nameOf(sibling)}: ${printName(name)} can't be one`);
  }
  return undefined;
}

/** Certainly. */
function overlap(left: PartitionBound, right: PartitionBound, type: ColumnType | undefined): boolean {
  if (left.kind === 'default' || right.kind === 'default') return left.kind === right.kind;
  if (left.kind === 'hash' && right.kind === 'hash') return doHashesMeet(left, right);
  if (type === undefined) return false;
  if (left.kind === 'list' && right.kind === 'list') return doListsMeet(left, right, type);
  return left.kind === 'range' && right.kind === 'range' && isBehind(right.to[0], left.from[0], type) && isBehind(left.to[0], right.from[0], type);
}

/** The smaller modulus is a factor of the greater one, or PostgreSQL refuses it for that. */
function doHashesMeet(left: Hash, right: Hash): boolean {
  const modulus = Math.min(left.modulus, right.modulus);
  return modulus > 0 && left.remainder % modulus === right.remainder % modulus;
}

function doListsMeet(left: List, right: List, type: ColumnType): boolean {
  if (left.withNull && right.withNull) return true;
  if (left.values === 'computed' || right.values === 'computed') return false;
  const others = byCanon(right.values);
  return left.values.some((value) => others.get(canonOf(value))?.some((other) => orderOf(value, other, type) === 'same'));
}

/** So that long lists are not held against each other value by value. */
function byCanon(values: readonly Literal[]): ReadonlyMap<string, readonly Literal[]> {
  const found = new Map<string, Literal[]>();
  for (const value of values) {
    const alike = found.get(canonOf(value));
    if (alike) alike.push(value);
    else found.set(canonOf(value), [value]);
  }
  return found;
}

function isBehind(end: RangeEnd | undefined, start: RangeEnd | undefined, type: ColumnType): boolean {
  return orderOfEnds(end, start, type) === 'greater';
}

function orderOfEnds(left: RangeEnd | undefined, right: RangeEnd | undefined, type: ColumnType): Order | 'unknown' {
  if (!left || !right || left.kind === 'computed' || right.kind === 'computed') return 'unknown';
  if (left.kind === 'value' && right.kind === 'value') return orderOf(left.value, right.value, type);
  if (left.kind === right.kind) return 'same';
  return left.kind === 'minimum' || right.kind === 'maximum' ? 'less' : 'greater';
}
