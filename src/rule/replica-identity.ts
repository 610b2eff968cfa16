// The key by which subscribers find a row of a table, and who loses it.

import type { Catalog } from '../model/catalog.ts';
import { isSameName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import type { Act } from '../model/timeline.ts';

/** Tables in use that had one before the act, and have none when all is done; where nobody subscribes, that is nothing. */
export function losingIdentity(act: Act, outcome: Catalog): Relation[] {
  const { before, after } = act;
  return relationsOf(act).filter(
    (relation) => before.isInUse(relation) && isStuck(relation, after) && !isStuck(relation, before) && isStuck(relation, outcome),
  );
}

/** What an act may take an identity from; a publication may have any table. */
export function relationsOf({ change, before }: Act): Relation[] {
  if (change.kind === 'create-publication' || change.kind === 'alter-publication') return before.relationsIn(undefined);
  const table = change.kind === 'drop-index' ? before.tableOfIndex(change.index) : 'table' in change ? change.table : undefined;
  const relation = typeof table === 'object' ? before.find(table) : 'unknown';
  return typeof relation === 'string' ? [] : [relation, ...before.descendants(relation.name)];
}

/** Nothing says which row an UPDATE means, and somebody must be told. A partitioned table has no rows: its partitions are asked. */
function isStuck({ name }: Relation, catalog: Catalog): boolean {
  const relation = catalog.find(name);
  if (typeof relation === 'string' || relation.kind !== 'table' || relation.persistence !== 'permanent') return false;
  return !hasIdentity(relation) && (isPublished(relation, catalog) || ['index', 'gone'].includes(relation.replicaIdentity.kind));
}

function hasIdentity({ replicaIdentity, constraints, indexes, complete }: Relation): boolean {
  if (replicaIdentity.kind === 'index') return !complete || indexes.some(({ name }) => name === replicaIdentity.index);
  if (replicaIdentity.kind !== 'default') return replicaIdentity.kind === 'full';
  return !complete || constraints.some(({ type }) => type === 'primary-key');
}

/** What has a partitioned table has its partitions. */
export function isPublished(relation: Relation, catalog: Catalog): boolean {
  const names = [relation, ...catalog.partitionedAbove(relation.name)].map(({ name }) => name);
  return [...catalog.parts.publications.entries()].some(([, { everything, schemas, tables, findsRows }]) => {
    const isIn = everything || names.some((name) => schemas.includes(name.schema) || tables.some((table) => isSameName(table, name)));
    return findsRows && isIn;
  });
}
