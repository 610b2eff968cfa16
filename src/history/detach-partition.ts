// What a partition keeps when it is detached.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { CheckConstraint } from '../model/constraint.ts';
import { noMentions } from '../model/dependencies/mentions.ts';
import type { RelationName } from '../model/names.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { boundsOf, type Bounds } from '../postgres/partition-bounds.ts';
import { verdictOf } from '../postgres/partition-proof.ts';
import { addConstraintTo } from './add-constraint-to.ts';
import { detach } from './attach-table.ts';
import { unlinkTree } from './foreign-keys.ts';
import { passDown } from './pass-down.ts';
import { updateColumn, updateRelation, updateTree } from './relation.ts';

/**
 * CONCURRENTLY leaves its bounds behind as a CHECK, but for a hash, and unless its constraints say the same already. Where they can't be read, it may have
 * one more. Source: DetachAddConstraintIfNeeded() in src/backend/commands/tablecmds.c.
 */
export function detachPartition(catalog: Catalog, { table, partition, mode }: ChangeOf<'detach-partition'>, version: PostgresVersion): Catalog {
  const parent = catalog.find(table);
  const child = catalog.find(partition);
  const freed = detach(version < 15 ? withoutKeysToPartitioned(catalog, partition) : catalog, table, partition);
  const detached = version >= 17 ? withoutIdentities(freed, partition) : freed;
  if (mode !== 'concurrently' || typeof child === 'string' || child.partitionOf === undefined || child.partitionOf.bound.kind === 'hash') return detached;
  const bounds = boundsOf(typeof parent === 'string' ? undefined : parent, child.partitionOf.bound, catalog);
  if (bounds === 'none') return detached;
  const columns = keyColumns(child, catalog);
  const verdict = verdictOf(child, bounds);
  if (verdict === 'proven') return detached;
  const isOpen = verdict === 'unknown' || columns.includes(undefined);
  const bounded = updateRelation(detached, partition, (relation) =>
    isOpen ? { ...relation, complete: false, gives: 'unknown' } : addConstraintTo(relation, checkOf(bounds, columns.flatMap((column) => column ?? [])), detached, true, version),
  );
  return isOpen ? bounded : passDown(bounded, partition, detached, false, version);
}

/** 14 has it lose the foreign keys from above that point to partitioned tables, as 14.23 does. */
function withoutKeysToPartitioned(catalog: Catalog, partition: RelationName): Catalog {
  const isLost = (one: TableConstraint): boolean => one.type === 'foreign-key' && !one.local && catalog.isPartitioned(one.references);
  const lost = updateTree(catalog, partition, false, (relation) => ({ ...relation, constraints: relation.constraints.filter((one) => !isLost(one)) }));
  return unlinkTree(lost, partition, catalog);
}

/** From 17 on, identities were those of the partitioned table, in what is below the partition as well. */
function withoutIdentities(catalog: Catalog, partition: RelationName): Catalog {
  const found = catalog.find(partition);
  const lost = typeof found === 'string' ? [] : found.columns.values().filter(({ identity }) => identity);
  return lost.reduce((next, { name }) => updateTree(next, partition, false, (relation) => updateColumn(relation, name, (column) => ({ ...column, identity: false }))), catalog);
}

/** Of all partitioned tables that it is a part of, but where no row is kept out; undefined for an expression. */
function keyColumns(partition: Relation, catalog: Catalog): readonly (string | undefined)[] {
  const above = catalog.partitionedAbove(partition.name);
  const bounding = above.filter((table, depth) => {
    const bound = (above[depth - 1] ?? partition).partitionOf?.bound;
    return bound === undefined || boundsOf({ ...table, partitionOf: undefined }, bound, catalog) !== 'none';
  });
  return [...new Set(bounding.flatMap(({ partitionBy }) => partitionBy?.columns ?? [undefined]))];
}

function checkOf(bounds: Exclude<Bounds, 'none'>, columns: readonly string[]): CheckConstraint {
  const parts = bounds === 'unknown' ? [] : bounds.kind === 'and' ? bounds.parts : [bounds];
  const provesNotNull = parts.flatMap((part) => (part.kind === 'null-test' && !part.isNull ? [part.column] : []));
  return {
    type: 'check',
    name: undefined,
    valid: true,
    enforced: true,
    noInherit: false,
    predicate: bounds === 'unknown' ? { kind: 'other' } : bounds,
    expression: { calls: [], columns, isNull: false, provesNotNull, isColumn: false, mentions: noMentions, gives: undefined },
  };
}
