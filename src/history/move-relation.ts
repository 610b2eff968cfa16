// How relations change their names and schemas.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { followOwner } from './apply-sequence.ts';
import { followRowType } from './apply-type.ts';
import { followRelation } from './dependencies/follow.ts';
import { followTable } from './follow-table.ts';
import { putRelation, removeRelation, unknownRelation, updateRelation } from './relation.ts';

/** Renames a relation, or moves it to another schema; what points to it follows. */
export function moveRelation(catalog: Catalog, from: RelationName, to: QualifiedName): Catalog {
  const relation = catalog.find(from);
  if (relation === 'absent') return catalog;
  const old = catalog.qualify(from);
  const moved = { ...(relation === 'unknown' ? unknownRelation(old) : relation), name: to };
  const indexes = moved.indexes.values().reduce(
    (map, index) => map.with(printName({ ...old, name: index.name }), 'absent').with(printName({ ...to, name: index.name }), to),
    catalog.parts.indexes,
  );
  const neighbours = [
    ...moved.parents,
    ...moved.children,
    ...moved.referencedBy,
    ...moved.readBy,
    ...moved.reads.map((read) => read.relation),
    ...(moved.partitionOf ? [moved.partitionOf.parent] : []),
  ];
  const referenced = moved.constraints.flatMap((one) => (one.type === 'foreign-key' ? [one.references] : []));
  const named = [...neighbours, ...referenced].reduce(
    (next, name) => (isSameName(name, old) ? next : updateRelation(next, name, (other) => renameIn(other, old, to))),
    putRelation(followOwner(followTable(removeRelation(catalog.with({ indexes }), old), old, to), old, to), renameIn(moved, old, to)),
  );
  return followRowType(followRelation(named, old, to), old, to);
}

function renameIn(relation: Relation, old: QualifiedName, to: QualifiedName): Relation {
  const rename = (name: QualifiedName): QualifiedName => (isSameName(name, old) ? to : name);
  return {
    ...relation,
    partitionOf: relation.partitionOf && { ...relation.partitionOf, parent: rename(relation.partitionOf.parent) },
    parents: relation.parents.map(rename),
    children: relation.children.renamed(old, to),
    defaultPartitions: relation.defaultPartitions.renamed(old, to),
    referencedBy: relation.referencedBy.renamed(old, to),
    readBy: relation.readBy.renamed(old, to),
    constraints: relation.constraints.changed((one) =>
      one.type === 'foreign-key' && isSameName(one.references, old) ? { ...one, references: to } : one,
    ),
  };
}
