// What running code knows by its name: tables and views, and not what hangs on them.

import type { Catalog } from '../model/catalog.ts';
import type { RelationKind } from '../model/changes/table-changes.ts';
import type { RelationName } from '../model/names.ts';

interface OfRelation {
  readonly relation: RelationName;
  readonly relationKind: RelationKind;
  readonly ifExists: boolean;
}

/** Is it a table or view in use? Partitions are read through their table; ALTER TABLE is said of indexes and sequences as well. */
export function isRelationInUse({ relation: name, relationKind, ifExists }: OfRelation, catalog: Catalog): boolean {
  const relation = catalog.find(name);
  if (!named.has(relationKind) || !catalog.isInUse(relation) || catalog.isAbsent(name, ifExists)) return false;
  if (relation === 'unknown') return !isIndex(name, catalog) && !madeUp.test(name.name);
  return relation !== 'absent' && relation.partitionOf === undefined && relation.kind !== 'sequence';
}

const named: ReadonlySet<RelationKind> = new Set<RelationKind>(['table', 'view', 'materialized-view', 'foreign-table']);

function isIndex(name: RelationName, catalog: Catalog): boolean {
  const table = catalog.tableOfIndex(name);
  return table !== 'absent' && table !== 'unknown';
}

/** Names that PostgreSQL makes up for sequences and indexes. */
const madeUp = /_(?:seq|pkey|key|idx)\d*$/;
