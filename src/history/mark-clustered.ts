// Which index the rows of a table follow: the one that CLUSTER goes by when it names none.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { RelationName } from '../model/names.ts';
import { updateRelation } from './relation.ts';

export function markClustered(catalog: Catalog, { table, byIndex }: ChangeOf<'cluster-on'>): Catalog {
  return mark(catalog, table, byIndex);
}

/** `byIndex` undefined: none of them, as SET WITHOUT CLUSTER says. */
function mark(catalog: Catalog, table: RelationName, byIndex: string | undefined): Catalog {
  return updateRelation(catalog, table, (relation) => ({
    ...relation,
    indexes: relation.indexes.changed((index) => {
      const clustered = index.name === byIndex;
      return clustered === index.clustered ? index : { ...index, clustered };
    }),
  }));
}

/**
 * CLUSTER … USING leaves the mark on the tables that hold the rows: of a partitioned table, on its partitions. A materialized view that is not filled has
 * none. Source: cluster_rel() in src/backend/commands/cluster.c.
 */
export function cluster(catalog: Catalog, { table, byIndex }: ChangeOf<'cluster'>): Catalog {
  return table === undefined || byIndex === undefined ? catalog : markBelow(catalog, table, byIndex);
}

function markBelow(catalog: Catalog, table: RelationName, byIndex: string): Catalog {
  const relation = catalog.find(table);
  if (typeof relation === 'string' || (relation.kind === 'materialized-view' && !relation.written)) return catalog;
  if (relation.kind !== 'partitioned-table') return mark(catalog, table, byIndex);
  return relation.children.values().reduce((next, child) => {
    const partition = next.find(child);
    const part = typeof partition === 'string' ? undefined : partition.indexes.find(({ partOf }) => partOf === byIndex);
    return part ? markBelow(next, child, part.name) : next;
  }, catalog);
}
