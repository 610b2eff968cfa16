// How a table is cut into partitions, and which rows belong to one of them.

import type { Literal } from './predicate.ts';

export interface PartitionKey {
  readonly strategy: 'range' | 'list' | 'hash';
  /** Undefined for an expression. */
  readonly columns: readonly (string | undefined)[];
  /** All that it is made from: those columns, and the ones that its expressions name. */
  readonly reads: readonly string[];
  /** COLLATE of each; undefined: that of the column. */
  readonly collations: readonly (string | undefined)[];
}

export type RangeEnd =
  | { readonly kind: 'minimum' }
  | { readonly kind: 'maximum' }
  | { readonly kind: 'value'; readonly value: Literal }
  /** An expression, which is computed when the partition is made. */
  | { readonly kind: 'computed' };

export type PartitionBound =
  | { readonly kind: 'default' }
  | { readonly kind: 'hash'; readonly modulus: number; readonly remainder: number }
  | { readonly kind: 'range'; readonly from: readonly RangeEnd[]; readonly to: readonly RangeEnd[] }
  /** `values` is `computed` where one is an expression. */
  | { readonly kind: 'list'; readonly values: readonly Literal[] | 'computed'; readonly withNull: boolean };
