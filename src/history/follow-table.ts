// What names a table from outside follows it to its new name, or forgets it: statistics, publications, and the end of a transaction.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { changeOf } from './apply-statistics.ts';

/** `to` is undefined for a table that is dropped. */
export function followTable(catalog: Catalog, from: QualifiedName, to: QualifiedName | undefined): Catalog {
  const followed = changeOf(catalog, from, (one) => (to ? { ...one, table: to } : 'absent'));
  return followAtCommit(followInPublications(followed, from, to), from, to);
}

/** ON COMMIT DROP. */
function followAtCommit(catalog: Catalog, from: QualifiedName, to: QualifiedName | undefined): Catalog {
  const { endsAtCommit } = catalog.parts;
  if (!endsAtCommit.some((name) => isSameName(name, from))) return catalog;
  return catalog.with({ endsAtCommit: endsAtCommit.flatMap((name) => (isSameName(name, from) ? (to ?? []) : name)) });
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
