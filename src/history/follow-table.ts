// What names a table from outside follows it to its new name, or forgets it: statistics and publications.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';

/** `to` is undefined for a table that is dropped. */
export function followTable(catalog: Catalog, from: QualifiedName, to: QualifiedName | undefined): Catalog {
  return followInPublications(followInStatistics(catalog, from, to), from, to);
}

function followInStatistics(catalog: Catalog, from: QualifiedName, to: QualifiedName | undefined): Catalog {
  const { statistics } = catalog.parts;
  if (statistics.isEmpty) return catalog;
  const ofTable = statistics.entries().filter(([, table]) => typeof table !== 'string' && isSameName(table, from));
  return catalog.with({ statistics: ofTable.reduce((map, [name]) => map.with(name, to ?? 'absent'), statistics) });
}

function followInPublications(catalog: Catalog, from: QualifiedName, to: QualifiedName | undefined): Catalog {
  const { publications } = catalog.parts;
  if (publications.isEmpty) return catalog;
  const follow = (table: QualifiedName): QualifiedName[] => (isSameName(table, from) ? (to ? [to] : []) : [table]);
  const followed = publications.entries().reduce(
    (map, [name, publication]) => map.with(name, { ...publication, tables: publication.tables.flatMap(follow) }),
    publications,
  );
  return catalog.with({ publications: followed });
}
