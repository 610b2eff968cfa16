// How a catalog with one relation more, fewer or other is made.

import type { Catalog, CatalogParts, Lookup } from '../model/catalog.ts';
import type { PartitionBound } from '../model/partition.ts';
import type { Column, Relation, TableConstraint } from '../model/relation.ts';
import { withHolder } from '../model/dependencies/holder.ts';
import { noNeeds } from '../model/dependencies/needs.ts';
import { NameList } from '../model/name-list.ts';
import { NamedList } from '../model/named-list.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { keysSince } from './dependencies/keys-since.ts';

/** A relation that is in use, of which nothing but the name is known. */
export function unknownRelation(name: QualifiedName): Relation {
  return {
    name,
    kind: 'table',
    persistence: 'permanent',
    born: undefined,
    complete: false,
    doubt: 'none',
    written: true,
    owner: undefined,
    storage: { tablespace: undefined, accessMethod: undefined },
    columns: OrderedMap.empty(),
    constraints: NamedList.empty(),
    indexes: NamedList.empty(),
    triggers: 'unknown',
    policies: 'unknown',
    rowSecurity: 'unknown',
    rules: 'unknown',
    partitionBy: undefined,
    partitionOf: undefined,
    ofType: undefined,
    parents: [],
    children: NameList.empty,
    defaultPartitions: NameList.empty,
    referencedBy: NameList.empty,
    ownedBy: undefined,
    gives: 'unknown',
    reads: [],
    base: undefined,
    needs: noNeeds,
    readBy: NameList.empty,
    replicaIdentity: { kind: 'default' },
    code: [],
    management: undefined,
    mayHold: [],
  };
}

export function putRelation(catalog: Catalog, put: Relation): Catalog {
  const key = printName(put.name);
  const relation = withIdentity(put, catalog.parts.relations.get(key));
  const relations = catalog.parts.relations.with(key, relation);
  catalog.parts.seenSchemas.add(relation.name.schema);
  noteConstraints(catalog, relation, catalog.parts.relations.get(key));
  const temporaries = relation.persistence === 'temporary' ? catalog.parts.temporaries.with(relation.name) : catalog.parts.temporaries;
  const neededBy = withNeeds(catalog, relation, catalog.parts.relations.get(key));
  const schemas = schemasWith(catalog, relation.name.schema);
  if (relation.ownedBy === undefined) return catalog.with({ relations, schemas, temporaries, neededBy });
  return catalog.with({ relations, schemas, temporaries, neededBy, sequences: withOwner(catalog, relation.name, relation.ownedBy) });
}

/** An index that goes takes its mark along: another one of its name has none. */
function withIdentity(relation: Relation, before: Lookup<Relation> | undefined): Relation {
  const { replicaIdentity: identity, indexes } = relation;
  if (identity.kind !== 'index' || before === undefined || typeof before === 'string') return relation;
  const isGone = before.indexes.has(identity.index) && !indexes.has(identity.index);
  return isGone ? { ...relation, replicaIdentity: { kind: 'gone' } } : relation;
}

/** Something is in the schema, so it is there. */
export function schemasWith({ parts: { schemas } }: Catalog, schema: string): CatalogParts['schemas'] {
  const known = schemas.get(schema);
  return known === undefined || known === 'absent' ? schemas.with(schema, 'unknown') : schemas;
}

function withNeeds({ parts: { neededBy } }: Catalog, relation: Relation, before: Lookup<Relation> | undefined): CatalogParts['neededBy'] {
  const keys = keysSince(relation, typeof before === 'string' ? undefined : before);
  return keys.length === 0 ? neededBy : withHolder(neededBy, keys, { kind: 'relation', name: relation.name });
}

function noteConstraints(catalog: Catalog, { name, constraints }: Relation, before: Lookup<Relation> | undefined): void {
  const known = before === undefined || typeof before === 'string' ? NamedList.empty<TableConstraint>() : before.constraints;
  for (const one of constraints.since(known)) catalog.parts.constraintNames.add({ schema: name.schema, name: one.name }, name);
}

function withOwner({ parts: { sequences } }: Catalog, name: QualifiedName, { table }: Owner): CatalogParts['sequences'] {
  const key = printName(table);
  const known = sequences.get(key) ?? [];
  return known.some((one) => isSameName(one, name)) ? sequences : sequences.with(key, [...known, name]);
}

type Owner = NonNullable<Relation['ownedBy']>;

export function removeRelation(catalog: Catalog, name: QualifiedName): Catalog {
  return catalog.with({ relations: catalog.parts.relations.with(printName(name), 'absent') });
}

/** Changes a relation; one that history does not show is from now on known to be there. An absent one stays absent. */
export function updateRelation(catalog: Catalog, name: RelationName, change: (relation: Relation) => Relation): Catalog {
  const found = catalog.find(name);
  if (found === 'absent') return catalog;
  const changed = change(found === 'unknown' ? unknownRelation(catalog.qualify(name)) : found);
  return changed === found ? catalog : putRelation(catalog, changed);
}

/** It is there: something was done to it. */
export function confirmRelation(catalog: Catalog, name: RelationName): Catalog {
  const found = catalog.find(name);
  if (typeof found === 'string' || found.doubt !== 'existence') return catalog;
  return putRelation(catalog, { ...found, doubt: found.complete ? 'none' : 'parts' });
}

/** The same for the relation and all partitions and children below it. */
export function updateTree(
  catalog: Catalog,
  name: RelationName,
  only: boolean,
  change: (relation: Relation) => Relation,
): Catalog {
  const below = only ? [] : catalog.descendants(name);
  return below.reduce((next, relation) => updateRelation(next, relation.name, change), updateRelation(catalog, name, change));
}

export function withColumn(relation: Relation, column: Column): Relation {
  return { ...relation, columns: relation.columns.with(column.name, column) };
}

/** Changes a column that history shows; of one that it does not show, nothing is learned. */
export function updateColumn(relation: Relation, name: string, change: (column: Column) => Column): Relation {
  const column = relation.columns.get(name);
  return column ? withColumn(relation, change(column)) : relation;
}

export function withoutConstraint(relation: Relation, name: string): Relation {
  return { ...relation, constraints: relation.constraints.without(name) };
}

export function updateConstraint(
  relation: Relation,
  name: string,
  change: (constraint: TableConstraint) => TableConstraint,
): Relation {
  const constraint = relation.constraints.get(name);
  return constraint ? { ...relation, constraints: relation.constraints.with(change(constraint)) } : relation;
}

export function addChild(relation: Relation, child: QualifiedName, bound: PartitionBound | undefined): Relation {
  const { children, defaultPartitions } = relation;
  return {
    ...relation,
    children: children.with(child),
    defaultPartitions: bound?.kind === 'default' ? defaultPartitions.with(child) : defaultPartitions,
  };
}
