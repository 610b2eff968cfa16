// A dump shows what stands behind the migrations that were run before it was made. Of what was there before them, it shows little.

import type { Catalog } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { dropTable } from './drop-table.ts';
import { putRelation, unknownRelation } from './relation.ts';

/** What migrations made, and what they may have changed. */
export interface Outcome {
  readonly made: readonly QualifiedName[];
  readonly changed: readonly QualifiedName[];
}

/** The catalog before them: what they made is not there, and of what they changed only what it hangs together with is known. */
export function forget(catalog: Catalog, { made, changed }: Outcome): Catalog {
  const below = changed.flatMap((name) => catalog.descendants(name).map((relation) => relation.name));
  const without = made.reduce(dropTable, catalog.with({ origin: 'unknown' }));
  return [...changed, ...below].reduce(forgetOne, without);
}

function forgetOne(catalog: Catalog, name: QualifiedName): Catalog {
  const relation = catalog.find(name);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const { kind, partitionBy, partitionOf, parents, children, defaultPartitions, referencedBy, reads, base, readBy } = relation;
  const known: Relation = { ...unknownRelation(relation.name), kind, partitionBy, partitionOf, parents, children, defaultPartitions, referencedBy, reads, base, readBy };
  return putRelation(withoutIndexesOf(catalog, relation.name), known);
}

function withoutIndexesOf(catalog: Catalog, name: QualifiedName): Catalog {
  const { indexes } = catalog.parts;
  const own = indexes.entries().filter(([, table]) => typeof table !== 'string' && isSameName(table, name));
  return catalog.with({ indexes: own.reduce((map, [index]) => map.without(index), indexes) });
}
