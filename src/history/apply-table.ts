// How tables come to be, change their names and go.

import { ordinaryStorage, type Catalog, type Lookup } from '../model/catalog.ts';
import type { Column, Relation, TableConstraint, TableKind } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSerial, type ColumnType } from '../model/column-type.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Expression } from '../model/expression.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Storage } from '../model/storage.ts';
import { addConstraintTo } from './add-constraint-to.ts';
import { withoutTriggersOf, withTriggersOf } from './apply-attachment.ts';
import { addSequences, dropSequencesOf, followOwner } from './apply-sequence.ts';
import { bare } from './bare.ts';
import { copyLike } from './copy-like.ts';
import { followTable } from './follow-table.ts';
import { linkForeignKey } from './foreign-keys.ts';
import { isSameConstraint } from './inherited-constraint.ts';
import { inheritedNames, requireColumns } from './not-null.ts';
import { coverPartition, withOwnIndexes } from './partition-indexes.ts';
import { outputOf } from './query-columns.ts';
import { putRelation, removeRelation, unknownRelation, updateRelation } from './relation.ts';

/** IF NOT EXISTS makes a table only where it is known that there is none; PostgreSQL refuses to make one a partition of itself. */
export function createTable(catalog: Catalog, change: ChangeOf<'create-table'>): Catalog {
  const name = catalog.creationName(change.table, change.persistence === 'temporary');
  const there = catalog.parts.relations.get(printName(name));
  if (there !== undefined && there !== 'absent' && there.persistence !== 'temporary') return catalog;
  if (change.ifNotExists && change.persistence !== 'temporary' && !catalog.isAbsent(change.table)) {
    return putRelation(catalog, unknownRelation(name));
  }
  if (change.partitionOf && isSameName(catalog.qualify(change.partitionOf.parent), name)) return catalog;
  const parents = [...change.inherits, ...(change.partitionOf ? [change.partitionOf.parent] : [])]
    .map((parent) => catalog.qualify(parent))
    .filter((parent) => !isSameName(parent, name));
  const table = withConstraints(catalog, withColumns(emptyTable(catalog, name, change), change.columns, catalog), change);
  const copied = change.like.reduceRight((next, like) => copyLike(catalog, next, like), table);
  const born = withKeys(catalog, withNotNulls(catalog, inheritFrom(catalog, withNotNulls(catalog, copied, []), parents), parents));
  const counted = addSequences(born, name, countedColumns(change, copied));
  const linked = parents.reduce((next, parent) => updateRelation(next, parent, (relation) => addChild(relation, name)), counted);
  return change.partitionOf ? withPartsOf(linked, name, change.partitionOf.parent) : linked;
}

/** Serial ones, and identities, those of LIKE too. */
function countedColumns({ columns, like }: ChangeOf<'create-table'>, { columns: all }: Relation): string[] {
  const own = columns.filter(({ type, identity }) => identity || isSerial(type)).map(({ name }) => name);
  if (like.length === 0) return own;
  return [...all.values()].flatMap(({ name, identity }) => (identity || own.includes(name) ? [name] : []));
}

/** A new partition, or a table that becomes one, gets its part of all indexes. */
export function withPartsOf(catalog: Catalog, partition: QualifiedName, parent: RelationName): Catalog {
  const above = catalog.find(parent);
  return typeof above === 'string' ? catalog : coverPartition(catalog, partition, above, above.indexes);
}

function withNotNulls(catalog: Catalog, table: Relation, parents: readonly QualifiedName[]): Relation {
  const required = [...table.columns.values()].flatMap(({ name, nullable }) => (nullable ? [] : [name]));
  const names = parents.toReversed().flatMap((parent) => {
    const found = catalog.find(parent);
    return typeof found === 'string' ? [] : [...inheritedNames(found)];
  });
  return requireColumns(table, required, catalog, new Map(names));
}

function emptyTable(catalog: Catalog, name: QualifiedName, change: ChangeOf<'create-table'>): Relation {
  const { partitionOf, persistence } = change;
  const table: Relation = {
    ...unknownRelation(name),
    kind: kindOf(change),
    persistence,
    born: catalog.parts.moment,
    ...typedColumns(change.ofType, catalog),
    written: change.query !== undefined,
    storage: newStorage(change.storage, partitionOf && catalog.find(partitionOf.parent), catalog),
    ...bare,
    ...(change.query && outputOf(change.query, catalog)),
    partitionOf: partitionOf && { parent: catalog.qualify(partitionOf.parent), bound: partitionOf.bound },
    partitionBy: change.partitionBy,
    parents: change.inherits.map((parent) => catalog.qualify(parent)),
  };
  return partitionOf ? withTriggersOf(table, catalog.find(partitionOf.parent)) : table;
}

function typedColumns(type: RelationName | undefined, catalog: Catalog): Pick<Relation, 'ofType' | 'complete' | 'columns'> {
  if (type === undefined) return { ofType: undefined, complete: true, columns: new Map() };
  const info = catalog.type(type);
  const attributes = info?.kind === 'composite' ? info.attributes : undefined;
  const columns = new Map(attributes?.map((attribute) => [attribute.name, columnOf(attribute, catalog)]));
  return { ofType: catalog.creationName(type), complete: attributes !== undefined, columns };
}

/** A partition goes where its table was put, if it was. */
export function newStorage(own: Storage, parent: Lookup<Relation> | undefined, catalog: Catalog): Storage {
  const { tablespace, accessMethod } = own;
  const { defaultStorage } = catalog.parts;
  const above = parent === undefined || parent === 'absent' ? defaultStorage : parent === 'unknown' ? nowhere : parent.storage;
  const isOrdinary = above.tablespace === ordinaryStorage.tablespace;
  return {
    tablespace: tablespace ?? (isOrdinary ? defaultStorage.tablespace : above.tablespace),
    accessMethod: accessMethod ?? defaultStorage.accessMethod,
  };
}

export const nowhere: Storage = { tablespace: undefined, accessMethod: undefined };

function kindOf({ foreign, partitionBy }: ChangeOf<'create-table'>): TableKind {
  return foreign ? 'foreign-table' : partitionBy ? 'partitioned-table' : 'table';
}

function withColumns(relation: Relation, columns: readonly ColumnDefinition[], catalog: Catalog): Relation {
  if (columns.length === 0) return relation;
  const all = new Map(relation.columns);
  for (const column of columns) all.set(column.name, withTypeOf(relation, columnOf(column, catalog)));
  return { ...relation, columns: all };
}

/** In a table OF a type, `a WITH OPTIONS …` says nothing of the type. */
function withTypeOf({ ofType, columns }: Relation, column: Column): Column {
  const attribute = ofType && columns.get(column.name);
  return attribute ? { ...column, type: attribute.type } : column;
}

export function columnOf(column: ColumnDefinition, catalog: Catalog): Column {
  return {
    name: column.name,
    type: storedType(column.type, catalog),
    nullable: !column.notNull && !isSerial(column.type) && !column.identity,
    hasDefault: isStoredDefault(column.default, column.type) || isSerial(column.type),
    identity: column.identity,
    generated: column.generated,
    born: undefined,
    local: true,
    emptySince: undefined,
  };
}

/** NULL as it stands is no default; cut to a length, it is an expression. Source: AddRelationNewConstraints() in src/backend/catalog/heap.c. */
export function isStoredDefault(value: Expression | undefined, type: ColumnType): boolean {
  return value !== undefined && (!value.isNull || type.modifiers.length > 0);
}

/** `serial` is no type; what history has made keeps its schema, whatever the search path will be. */
export function storedType(type: ColumnType, catalog: Catalog): ColumnType {
  const known = type.name.schema === undefined && catalog.knownType(type.name.name);
  if (known) return { ...type, name: known };
  return isSerial(type) ? { ...type, name: { schema: undefined, name: serialBases[type.name.name] ?? 'int4' } } : type;
}

const serialBases: Readonly<Record<string, string>> = {
  smallserial: 'int2',
  serial2: 'int2',
  bigserial: 'int8',
  serial8: 'int8',
};

function withConstraints(catalog: Catalog, relation: Relation, { columns, constraints }: ChangeOf<'create-table'>): Relation {
  const all = [...columns.flatMap((column) => column.constraints), ...constraints];
  return distinctKeys(all).reduce((next, constraint) => addConstraintTo(next, constraint, catalog, true), relation);
}

/** Keys come first, so that foreign keys find them; none is made twice. Source: transformIndexConstraints() in parse_utilcmd.c. */
function distinctKeys(constraints: readonly Constraint[]): readonly Constraint[] {
  const keyOf = (one: Constraint): string | undefined =>
    one.type === 'primary-key' || one.type === 'unique' ? JSON.stringify([one.columns, one.included]) : undefined;
  const isPrimary = ({ type }: Constraint): boolean => type === 'primary-key';
  const keys = new Map<string, Constraint>();
  for (const one of [...constraints.filter(isPrimary), ...constraints.filter((other) => !isPrimary(other))]) {
    const key = keyOf(one);
    const before = key === undefined ? undefined : keys.get(key);
    if (key !== undefined) keys.set(key, before ? { ...before, name: before.name ?? one.name } : one);
  }
  return [...keys.values(), ...constraints.filter((one) => keyOf(one) === undefined)];
}

/** Columns and CHECKs of parents come before its own; where a parent is not known, it is not complete. */
function inheritFrom(catalog: Catalog, table: Relation, sources: readonly QualifiedName[]): Relation {
  return sources.reduceRight((next, name) => {
    const source = catalog.find(name);
    if (source === 'absent' || source === 'unknown') return { ...next, complete: false };
    const isPassed = (one: TableConstraint): boolean =>
      (one.type === 'check' && !one.noInherit) || (one.type === 'foreign-key' && next.partitionOf !== undefined);
    const passed = source.constraints.filter((one) => isPassed(one) && !next.constraints.some((own) => isSameConstraint(own, one)));
    return {
      ...next,
      complete: next.complete && source.complete,
      columns: inheritedColumns(source, next),
      constraints: [...passed.map((one) => ({ ...one, local: false })), ...next.constraints],
    };
  }, table);
}

/** What both define has the default of its own, where it has one, and is NOT NULL where one of them is. A partition has no column of its own. */
function inheritedColumns(source: Relation, table: Relation): ReadonlyMap<string, Column> {
  const names = inheritedNames(source);
  const isPartition = table.partitionOf !== undefined;
  const merged = [...source.columns].map(([name, column]): [string, Column] => {
    const own = table.columns.get(name);
    const nullable = column.nullable || !names.has(name);
    if (own === undefined) return [name, { ...column, nullable, local: false, identity: isPartition && column.identity }];
    const { hasDefault, generated } = column;
    const merged = { type: column.type, nullable: own.nullable && nullable, hasDefault: own.hasDefault || hasDefault, generated: own.generated ?? generated };
    return [name, { ...own, ...merged, identity: own.identity || (isPartition && column.identity), local: own.local && !isPartition }];
  });
  return new Map([...merged, ...[...table.columns].filter(([name]) => !source.columns.has(name))]);
}

/** Puts the new table into the catalog, and its foreign keys into the tables that they point to. */
function withKeys(catalog: Catalog, table: Relation): Catalog {
  const indexes = table.indexes.reduce(
    (map, index) => map.with(printName({ ...table.name, name: index.name }), table.name),
    catalog.parts.indexes,
  );
  return table.constraints.reduce(
    (next, constraint) => linkForeignKey(next, table.name, constraint),
    putRelation(catalog.with({ indexes }), table),
  );
}

function addChild(relation: Relation, child: QualifiedName): Relation {
  return { ...relation, children: [...relation.children, child] };
}

export function dropTable(catalog: Catalog, name: RelationName): Catalog {
  const relation = catalog.find(name);
  const qualified = catalog.qualify(name);
  if (relation === 'absent') return catalog;
  const gone = followTable(removeRelation(dropViewsOver(catalog, name), qualified), qualified, undefined);
  return relation === 'unknown' ? gone : unlink(dropSequencesOf(gone, qualified), relation);
}

/** CASCADE: the views that can't be without a relation, or without one of its columns. */
export function dropViewsOver(catalog: Catalog, name: RelationName, column?: string): Catalog {
  return catalog.viewsOver(name, column).reduce((next, view) => unlink(removeRelation(next, view.name), view), catalog);
}

/** Nobody inherits from it, refers to it or is indexed by it any more. */
function unlink(catalog: Catalog, gone: Relation): Catalog {
  const without = (names: readonly QualifiedName[]): QualifiedName[] => names.filter((name) => !isSameName(name, gone.name));
  const neighbours = [
    ...gone.parents,
    ...(gone.partitionOf ? [gone.partitionOf.parent] : []),
    ...gone.constraints.flatMap((constraint) => (constraint.type === 'foreign-key' ? [constraint.references] : [])),
    ...gone.referencedBy,
    ...gone.reads.map(({ relation }) => relation),
  ];
  const indexes = gone.indexes.reduce(
    (map, index) => map.with(printName({ ...gone.name, name: index.name }), 'absent' as const),
    catalog.parts.indexes,
  );
  const unlinked = neighbours.reduce(
    (next, name) =>
      catalog.find(name) === 'unknown'
        ? next
        : updateRelation(next, name, (relation) => ({
            ...relation,
            children: without(relation.children),
            referencedBy: without(relation.referencedBy),
            readBy: without(relation.readBy),
            constraints: relation.constraints.filter(
              (one) => one.type !== 'foreign-key' || !isSameName(one.references, gone.name),
            ),
          })),
    catalog.with({ indexes }),
  );
  return gone.children.reduce(dropTable, unlinked);
}

/** Renames a relation, or moves it to another schema; what points to it follows. */
export function moveRelation(catalog: Catalog, from: RelationName, to: QualifiedName): Catalog {
  const relation = catalog.find(from);
  if (relation === 'absent') return catalog;
  const old = catalog.qualify(from);
  const moved = { ...(relation === 'unknown' ? unknownRelation(old) : relation), name: to };
  const rename = (name: QualifiedName): QualifiedName => (isSameName(name, old) ? to : name);
  const indexes = moved.indexes.reduce(
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
  return [...neighbours, ...referenced].reduce(
    (next, name) => (isSameName(name, old) ? next : updateRelation(next, name, (other) => renameIn(other, rename))),
    putRelation(followOwner(followTable(removeRelation(catalog.with({ indexes }), old), old, to), old, to), renameIn(moved, rename)),
  );
}

function renameIn(relation: Relation, rename: (name: QualifiedName) => QualifiedName): Relation {
  return {
    ...relation,
    partitionOf: relation.partitionOf && { ...relation.partitionOf, parent: rename(relation.partitionOf.parent) },
    parents: relation.parents.map(rename),
    children: relation.children.map(rename),
    referencedBy: relation.referencedBy.map(rename),
    readBy: relation.readBy.map(rename),
    reads: relation.reads.map((read) => ({ ...read, relation: rename(read.relation) })),
    constraints: relation.constraints.map((one) =>
      one.type === 'foreign-key' ? { ...one, references: rename(one.references) } : one,
    ),
  };
}

export function attach(
  catalog: Catalog,
  parent: RelationName,
  child: RelationName,
  link: (child: Relation, parent: QualifiedName) => Relation,
): Catalog {
  const [above, below] = [catalog.qualify(parent), catalog.qualify(child)];
  if (isSameName(above, below) || catalog.descendants(child).some(({ name }) => isSameName(name, above))) return catalog;
  const linked = updateRelation(catalog, child, (relation) => link(relation, above));
  return updateRelation(linked, parent, (relation) => addChild(relation, below));
}

export function detach(catalog: Catalog, parent: RelationName, child: RelationName): Catalog {
  const [above, below] = [catalog.qualify(parent), catalog.qualify(child)];
  const source = catalog.find(parent);
  const freed = updateRelation(catalog, child, (relation) => ({
    ...(relation.partitionOf === undefined ? relation : freePartition(relation, source)),
    partitionOf: undefined,
    parents: relation.parents.filter((name) => !isSameName(name, above)),
    columns: new Map([...relation.columns].map(([name, column]) => [name, freedColumn(column, relation)])),
    constraints: relation.constraints.map((one) => (one.local ? one : { ...one, local: true })),
  }));
  return updateRelation(freed, parent, (relation) => ({
    ...relation,
    children: relation.children.filter((name) => !isSameName(name, below)),
  }));
}

/** The identity was that of the partitioned table. */
function freedColumn(column: Column, { partitionOf }: Relation): Column {
  return { ...column, local: true, identity: column.identity && partitionOf === undefined };
}

function freePartition(partition: Relation, parent: Lookup<Relation>): Relation {
  return withOwnIndexes(withoutTriggersOf(partition, parent));
}
