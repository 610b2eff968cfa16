// Each partition has its part of every index of the partitioned table; one of them is valid when all parts are there.

import type { Catalog } from '../model/catalog.ts';
import { keyOf, partAlike, wantedOnAttach, wantedOnCreate, type Key } from '../model/alike-indexes.ts';
import type { Index, Relation } from '../model/relation.ts';
import { printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { distinctParts, indexName, keyName } from './constraint-names.ts';
import { requireColumns } from './not-null.ts';
import { updateRelation } from './relation.ts';

/** Gives all partitions, and theirs, their parts of these indexes of a partitioned table. */
export function coverPartitions(catalog: Catalog, table: RelationName, indexes: readonly Index[]): Catalog {
  const relation = partitioned(catalog, table);
  if (relation === undefined) return catalog;
  return relation.children.values().reduce((next, child) => coverPartition(next, child, relation, indexes, asOnCreate), catalog);
}

/** A new partition, or a table that becomes one, gets its part of all indexes. */
export function withPartsOf(catalog: Catalog, partition: QualifiedName, parent: RelationName): Catalog {
  const above = catalog.find(parent);
  return typeof above === 'string' ? catalog : coverPartition(catalog, partition, above, above.indexes.values(), asOnAttach);
}

/** The index of a partition that becomes the part of one above. */
type ChooseOwn = (partition: Relation, index: Index, key: Key | undefined) => Index | undefined;

const asOnCreate: ChooseOwn = (partition, index, key) => partAlike(partition, index, wantedOnCreate(key?.type));

const asOnAttach: ChooseOwn = (partition, index, key) => partAlike(partition, index, wantedOnAttach(key?.type));

/** An index that is there already and alike becomes the part; where the one above is a key, it has to be one. */
function coverPartition(catalog: Catalog, name: QualifiedName, parent: Relation, indexes: readonly Index[], choose: ChooseOwn): Catalog {
  return indexes.reduce((now, index) => {
    const partition = now.find(name);
    if (partition === 'absent' || partition === 'unknown' || partition.kind === 'foreign-table') return now;
    const key = keyOf(parent, index.name);
    const own = choose(partition, index, key);
    const part = own ? { ...own, partOf: index.name } : partOf(index, key, partition, now);
    const isMarked = partition.kind === 'partitioned-table' || part.valid ? part : { ...part, valid: true };
    const covered = updateRelation(now, name, (relation) =>
      own
        ? { ...relation, indexes: relation.indexes.with(isMarked) }
        : withPart(relation, isMarked, key, now),
    );
    const entered = covered.with({ indexes: covered.parts.indexes.with(printName({ ...name, name: part.name }), name) });
    if (own) return entered;
    const made = partitioned(entered, name);
    return made ? made.children.values().reduce((next, child) => coverPartition(next, child, made, [isMarked], choose === none ? none : asOnCreate), entered) : entered;
  }, catalog);
}

const none: ChooseOwn = () => undefined;

/**
 * A change of type drops the indexes over a column and makes them anew from the top, with parts that PostgreSQL names; what a partition
 * has alike by itself comes back too late to be one. Source: ATPostAlterTypeCleanup() in src/backend/commands/tablecmds.c.
 */
export function remakeIndexes(catalog: Catalog, table: RelationName, isMeant: (index: Index) => boolean): Catalog {
  const relation = partitioned(catalog, table);
  if (relation === undefined) return catalog;
  const remade = relation.indexes.values().filter((index) => index.partOf === undefined && isMeant(index)).reduce((next, index) => remakeIndex(next, relation.name, index), catalog);
  return relation.children.values().reduce((next, child) => remakeIndexes(next, child, isMeant), remade);
}

function remakeIndex(catalog: Catalog, table: QualifiedName, index: Index): Catalog {
  const relation = partitioned(catalog, table);
  if (relation === undefined) return catalog;
  const bared = partsBelow(catalog, relation, index.name).reduce((next, part) => dropWithParts(next, part.table, part.name), catalog);
  const made: Index = { ...index, valid: true, parts: index.expressions.length > 0 ? index.parts : distinctParts([...index.columns, ...index.included]) };
  const top = updateRelation(bared, table, (one) => ({ ...one, indexes: one.indexes.with(made) }));
  return relation.children.values().reduce((next, child) => coverPartition(next, child, relation, [made], none), top);
}

/** Takes an index, and all its parts, from a table and its partitions. */
export function dropWithParts(catalog: Catalog, table: QualifiedName, index: string): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const gone = updateRelation(catalog, table, (one) => ({
    ...one,
    indexes: one.indexes.without(index),
    constraints: keyOf(one, index) ? one.constraints.without(index) : one.constraints,
  }));
  const unlisted = gone.with({ indexes: gone.parts.indexes.with(printName({ ...table, name: index }), 'absent') });
  return partsBelow(catalog, relation, index).reduce((next, part) => dropWithParts(next, part.table, part.name), unlisted);
}

/** The parts of an index follow its new name. */
export function followIndexName(catalog: Catalog, table: RelationName, from: string, to: string): Catalog {
  const relation = partitioned(catalog, table);
  if (relation === undefined) return catalog;
  return partsBelow(catalog, relation, from).reduce(
    (next, part) => updateRelation(next, part.table, (one) => ({ ...one, indexes: one.indexes.changed((index) => (index.partOf === from ? { ...index, partOf: to } : index)) })),
    catalog,
  );
}

/** ALTER INDEX … ATTACH PARTITION. */
export function attachIndex(catalog: Catalog, index: QualifiedName, part: QualifiedName): Catalog {
  const [table, below] = [catalog.tableOfIndex(index), catalog.tableOfIndex(part)];
  if (typeof table === 'string' || typeof below === 'string') return catalog;
  const attached = updateRelation(catalog, below, (relation) => {
    const own = relation.indexes.get(part.name);
    return own ? { ...relation, indexes: relation.indexes.with({ ...own, partOf: index.name }) } : relation;
  });
  return validate(attached, table, index.name);
}

/** When the last valid part is there, the index is valid, and may be the last part itself. */
function validate(catalog: Catalog, table: QualifiedName, name: string): Catalog {
  const relation = partitioned(catalog, table);
  const index = relation?.indexes.get(name);
  if (relation === undefined || index === undefined || index.valid) return catalog;
  const parts = partsBelow(catalog, relation, name).filter(({ valid }) => valid);
  if (parts.length < relation.children.length) return catalog;
  const valid = updateRelation(catalog, table, (one) => ({ ...one, indexes: one.indexes.with({ ...index, valid: true }) }));
  return index.partOf !== undefined && relation.partitionOf ? validate(valid, relation.partitionOf.parent, index.partOf) : valid;
}

function partsBelow(catalog: Catalog, { children }: Relation, index: string): { readonly table: QualifiedName; readonly name: string; readonly valid: boolean }[] {
  return children.values().flatMap((table) => {
    const child = catalog.find(table);
    if (child === 'absent' || child === 'unknown') return [];
    return child.indexes.filter(({ partOf: above }) => above === index).map(({ name, valid }) => ({ table, name, valid }));
  });
}

function partitioned(catalog: Catalog, table: RelationName): Relation | undefined {
  const relation = catalog.find(table);
  return typeof relation === 'string' || relation.kind !== 'partitioned-table' ? undefined : relation;
}

/** A copy of an index gets a name that PostgreSQL makes up, of a key without overlaps that of an exclusion. Source: ChooseIndexName() in src/backend/commands/indexcmds.c. */
export function copyIndex(index: Index, key: Key | undefined, relation: Relation, catalog: Catalog): Index {
  const name = key ? keyName(key.type === 'unique' && index.form.includes('without overlaps') ? 'exclusion' : key.type, index.parts, relation, catalog) : indexName(index.parts, relation, catalog);
  return { ...index, name, valid: true, partOf: undefined, clustered: false };
}

export function withPart(relation: Relation, index: Index, key: Key | undefined, catalog: Catalog): Relation {
  const next = { ...relation, indexes: relation.indexes.with(index) };
  if (key === undefined) return next;
  const keyed = { ...next, constraints: next.constraints.with({ ...key, name: index.name }) };
  return key.type === 'primary-key' ? requireColumns(keyed, key.columns, catalog) : keyed;
}

function partOf(index: Index, key: Key | undefined, partition: Relation, catalog: Catalog): Index {
  return { ...copyIndex(index, key, partition, catalog), partOf: index.name };
}

/** What a partition keeps when it is one no more. */
export function withOwnIndexes(partition: Relation): Relation {
  return { ...partition, indexes: partition.indexes.changed((index) => ({ ...index, partOf: undefined })) };
}

