// PARTITION BY, and the bounds of a partition.

import type { Node, PartitionBoundSpec, PartitionSpec, PartitionStrategy } from '@pgsql/types';
import type { PartitionBound, PartitionKey, RangeEnd } from '../../../model/partition.ts';
import { lowerExpression } from './expressions.ts';
import { isNullLiteral } from './folding.ts';
import { stringOf } from './names.ts';
import { literalOf } from './predicate.ts';
import { collationName } from './types.ts';

const strategies: Readonly<Record<PartitionStrategy, PartitionKey['strategy']>> = {
  PARTITION_STRATEGY_LIST: 'list',
  PARTITION_STRATEGY_RANGE: 'range',
  PARTITION_STRATEGY_HASH: 'hash',
};

export function lowerPartitionKey({ strategy, partParams = [] }: PartitionSpec): PartitionKey {
  const elements = partParams.flatMap((item) => ('PartitionElem' in item ? [item.PartitionElem] : []));
  const reads = elements.flatMap(({ name, expr }) => (expr ? lowerExpression(expr).columns : (name ?? [])));
  return {
    strategy: strategies[strategy ?? 'PARTITION_STRATEGY_RANGE'],
    columns: elements.map(({ name }) => name),
    reads: [...new Set(reads)],
    collations: elements.map(({ collation }) => (collation ? collationName(collation) : undefined)),
  };
}

/** The strategies are letters. Source: PartitionBoundSpec in parsenodes.h. */
export function lowerBound(node: PartitionBoundSpec | undefined): PartitionBound {
  if (node?.is_default) return { kind: 'default' };
  if (node?.strategy === 'l') return lowerList(node.listdatums ?? []);
  if (node?.strategy === 'h') return { kind: 'hash', modulus: node.modulus ?? 0, remainder: node.remainder ?? 0 };
  return { kind: 'range', from: (node?.lowerdatums ?? []).map(rangeEnd), to: (node?.upperdatums ?? []).map(rangeEnd) };
}

function lowerList(items: readonly Node[]): PartitionBound {
  const values = items.filter((item) => !isNullLiteral(item)).map(literalOf);
  const isPlain = values.every((value) => value !== undefined);
  return { kind: 'list', values: isPlain ? values : 'computed', withNull: items.some(isNullLiteral) };
}

/** MINVALUE and MAXVALUE look like columns. */
function rangeEnd(node: Node): RangeEnd {
  const value = literalOf(node);
  if (value) return { kind: 'value', value };
  const word = 'ColumnRef' in node ? stringOf(node.ColumnRef.fields?.[0]) : '';
  return { kind: word === 'minvalue' ? 'minimum' : word === 'maxvalue' ? 'maximum' : 'computed' };
}
