// How tables and views go, and what points to them with them.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { dropSequencesOf } from './apply-sequence.ts';
import { followTable } from './follow-table.ts';
import { removeRelation, updateRelation } from './relation.ts';

export function dropTable(catalog: Catalog, name: RelationName): Catalog {
  const relation = catalog.find(name);
  const qualified = catalog.qualify(name);
  if (relation === 'absent') return catalog;
  const gone = followTable(removeRelation(dropViewsOver(catalog, name), qualified), qualified, undefined);
  return relation === 'unknown' ? gone : unlink(dropSequencesOf(gone, qualified), relation);
}

/** The views that can't be without a relation. */
function dropViewsOver(catalog: Catalog, name: RelationName): Catalog {
  return catalog.viewsOver(name).reduce((next, view) => unlink(removeRelation(next, view.name), view), catalog);
}

/** Nobody inherits from it, refers to it or is indexed by it any more. */
function unlink(catalog: Catalog, gone: Relation): Catalog {
  const neighbours = [
    ...gone.parents,
    ...gone.children,
    ...(gone.partitionOf ? [gone.partitionOf.parent] : []),
    ...gone.constraints.flatMap((constraint) => (constraint.type === 'foreign-key' ? [constraint.references] : [])),
    ...gone.referencedBy,
    ...gone.reads.map(({ relation }) => relation),
  ];
  const indexes = gone.indexes.values().reduce(
    (map, index) => map.with(printName({ ...gone.name, name: index.name }), 'absent' as const),
    catalog.parts.indexes,
  );
  const unlinked = neighbours.reduce(
    (next, name) =>
      catalog.find(name) === 'unknown'
        ? next
        : updateRelation(next, name, (relation) => ({
            ...relation,
            parents: relation.parents.some((parent) => isSameName(parent, gone.name)) ? relation.parents.filter((parent) => !isSameName(parent, gone.name)) : relation.parents,
            children: relation.children.without(gone.name),
            defaultPartitions: relation.defaultPartitions.without(gone.name),
            referencedBy: relation.referencedBy.without(gone.name),
            readBy: relation.readBy.without(gone.name),
            constraints: relation.constraints.filter(
              (one) => one.type !== 'foreign-key' || !isSameName(one.references, gone.name),
            ),
          })),
    catalog.with({ indexes }),
  );
  return partitionsOf(gone, catalog).reduce(dropTable, unlinked);
}

/** They go with their table; tables that inherit go with CASCADE alone. */
function partitionsOf({ name, children }: Relation, catalog: Catalog): QualifiedName[] {
  return children.values().filter((child) => {
    const found = catalog.find(child);
    return typeof found !== 'string' && found.partitionOf !== undefined && isSameName(found.partitionOf.parent, name);
  });
}
