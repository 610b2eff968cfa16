// How tables come to be.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSerial } from '../model/column-type.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { Constraint } from '../model/constraint.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation, TableKind } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { addConstraintTo } from './add-constraint-to.ts';
import { addSequences } from './apply-sequence.ts';
import { copyStatistics } from './apply-statistics.ts';
import { rowTriggersOf, withTriggersOf } from './apply-trigger.ts';
import { bare } from './bare.ts';
import { copyLike } from './copy-like.ts';
import { dropTable } from './drop-table.ts';
import { eitherCatalog } from './either-catalog.ts';
import { linkForeignKey } from './foreign-keys.ts';
import { inheritFrom } from './inherit-from.ts';
import { newStorage } from './new-storage.ts';
import { inheritedNames, requireColumns } from './not-null.ts';
import { withPartsOf } from './partition-indexes.ts';
import { outputOf } from './query-columns.ts';
import { addChild, confirmRelation, putRelation, unknownRelation, updateColumn, updateRelation } from './relation.ts';
import { columnOf, withDefault } from './stored-column.ts';
import { joinStrangers } from './strangers.ts';

/** IF NOT EXISTS makes a table only where it is known that there is none: of one that may be there, it is not known what it is. */
export function createTable(catalog: Catalog, change: ChangeOf<'create-table'>, version: PostgresVersion): Catalog {
  const name = catalog.creationName(change.table, change.persistence === 'temporary');
  const there = catalog.parts.relations.get(printName(name));
  const isOptional = change.ifNotExists && change.persistence !== 'temporary';
  if (there !== undefined && typeof there !== 'string' && there.persistence !== 'temporary') {
    if (there.doubt !== 'existence') return catalog;
    const made = makeTable(dropTable(catalog, name), name, change, version);
    return isOptional ? eitherCatalog(confirmRelation(catalog, name), made) : made;
  }
  const joined = change.persistence === 'temporary' ? catalog : joinStrangers(catalog, name);
  if (!isOptional || there === 'absent') return makeTable(joined, name, change, version);
  const isHabit = catalog.parts.isOptionalByHabit && there === undefined;
  if (!isHabit && !joined.isAbsent(name)) return putRelation(joined, foundTable(name, change));
  const made = updateRelation(makeTable(joined, name, change, version), name, (table) => (joined.isSurelyAbsent(name) ? table : { ...table, complete: false, gives: 'unknown' }));
  return made.with({ presumed: made.parts.presumed.with(printName(name), true) });
}

/** PostgreSQL refuses to make one a partition of itself. */
function makeTable(catalog: Catalog, name: QualifiedName, change: ChangeOf<'create-table'>, version: PostgresVersion): Catalog {
  if (change.partitionOf && isSameName(catalog.qualify(change.partitionOf.parent), name)) return catalog;
  const parents = [...change.inherits, ...(change.partitionOf ? [change.partitionOf.parent] : [])]
    .map((parent) => catalog.qualify(parent))
    .filter((parent) => !isSameName(parent, name));
  const table = withConstraints(catalog, withColumns(emptyTable(catalog, name, change), change.columns, catalog), change, version);
  const copied = copyLike(catalog, table, change.like);
  const inheriting = inheritFrom(catalog, withNotNulls(catalog, copied, []), parents, version);
  const born = withKeys(catalog, withNotNulls(catalog, requireColumns(withNullDefaults(inheriting, change.columns, catalog), requiredByItself(change), catalog), parents));
  const counted = addSequences(born, name, countedColumns(change, copied), version);
  const linked = parents.reduce((next, parent) => updateRelation(next, parent, (relation) => addChild(relation, name, change.partitionOf?.bound)), counted);
  const described = change.like.reduce((next, { table: source, including }) => (including.includes('statistics') ? copyStatistics(next, catalog.qualify(source), name) : next), linked);
  const ending = change.endsAtCommit ? described.with({ endsAtCommit: [...described.parts.endsAtCommit, name] }) : described;
  return change.partitionOf ? withPartsOf(ending, name, change.partitionOf.parent) : ending;
}

/** DEFAULT NULL takes the place of what a table above has; whether it is a default depends on the type, which may be from there. */
function withNullDefaults(table: Relation, definitions: readonly ColumnDefinition[], catalog: Catalog): Relation {
  const dropping = definitions.filter(({ default: value }) => value?.isNull);
  return dropping.reduce((next, { name, default: value }) => updateColumn(next, name, (one) => (value ? withDefault(one, value, catalog) : one)), table);
}

/** By its own constraints, which may be about columns that it has from elsewhere. */
function requiredByItself({ constraints }: ChangeOf<'create-table'>): string[] {
  return constraints.flatMap((one) => (one.type === 'primary-key' || one.type === 'not-null' ? one.columns : []));
}

/** Serial ones, and identities, those of LIKE too. */
function countedColumns({ columns, like }: ChangeOf<'create-table'>, { columns: all }: Relation): string[] {
  const own = columns.filter(({ type, identity }) => identity || isSerial(type)).map(({ name }) => name);
  if (like.length === 0) return own;
  return [...all.values()].flatMap(({ name, identity }) => (identity || own.includes(name) ? [name] : []));
}

function withNotNulls(catalog: Catalog, table: Relation, parents: readonly QualifiedName[]): Relation {
  const required = [...table.columns.values()].flatMap(({ name, nullable }) => (nullable ? [] : [name]));
  const names = parents.toReversed().flatMap((parent) => {
    const found = catalog.find(parent);
    return typeof found === 'string' ? [] : [...inheritedNames(found)];
  });
  return requireColumns(table, required, catalog, new Map(names));
}

/** One that may have been there: who makes it partitioned knows it as such. */
function foundTable(name: QualifiedName, change: ChangeOf<'create-table'>): Relation {
  const table = unknownRelation(name);
  return change.partitionBy ? { ...table, kind: kindOf(change) } : table;
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
    storage: storageOf(change, catalog),
    ...bare,
    ...(change.query && outputOf(change.query, catalog)),
    partitionOf: partitionOf && { parent: catalog.qualify(partitionOf.parent), bound: partitionOf.bound },
    partitionBy: change.partitionBy,
    parents: change.inherits.map((parent) => catalog.qualify(parent)),
  };
  return partitionOf ? withTriggersOf(table, rowTriggersOf(catalog.find(partitionOf.parent))) : table;
}

/** A partitioned table has no access method that nobody gave it. */
function storageOf({ partitionOf, partitionBy, persistence, storage }: ChangeOf<'create-table'>, catalog: Catalog): Relation['storage'] {
  const found = newStorage(storage, partitionOf && catalog.find(partitionOf.parent), persistence, catalog);
  return partitionBy ? { ...found, accessMethod: storage.accessMethod } : found;
}

function typedColumns(type: RelationName | undefined, catalog: Catalog): Pick<Relation, 'ofType' | 'complete' | 'columns'> {
  if (type === undefined) return { ofType: undefined, complete: true, columns: OrderedMap.empty() };
  const info = catalog.type(type);
  const attributes = info?.kind === 'composite' ? info.attributes : undefined;
  const columns = OrderedMap.of(attributes?.map((attribute) => [attribute.name, columnOf(attribute, catalog)] as const) ?? []);
  return { ofType: catalog.creationName(type), complete: attributes !== undefined, columns };
}

function kindOf({ foreign, partitionBy }: ChangeOf<'create-table'>): TableKind {
  return foreign ? 'foreign-table' : partitionBy ? 'partitioned-table' : 'table';
}

function withColumns(relation: Relation, columns: readonly ColumnDefinition[], catalog: Catalog): Relation {
  if (columns.length === 0) return relation;
  const all = columns.reduce((map, column) => map.with(column.name, withTypeOf(relation, columnOf(column, catalog))), relation.columns);
  return { ...relation, columns: all };
}

/** In a table OF a type, `a WITH OPTIONS …` says nothing of the type. */
function withTypeOf({ ofType, columns }: Relation, column: Column): Column {
  const attribute = ofType && columns.get(column.name);
  return attribute ? { ...column, type: attribute.type } : column;
}

function withConstraints(catalog: Catalog, relation: Relation, { columns, constraints }: ChangeOf<'create-table'>, version: PostgresVersion): Relation {
  const all = [...columns.flatMap((column) => column.constraints), ...constraints];
  return inOrder(all).reduce((next, constraint) => addConstraintTo(next, constraint, catalog, true, version), relation);
}

/**
 * Keys come before the foreign keys that look for them, and NOT NULL, first that with a name, before keys, which would make it under another name. No key is made
 * twice. Source: transformIndexConstraints() in parse_utilcmd.c.
 */
function inOrder(constraints: readonly Constraint[]): readonly Constraint[] {
  const keyOf = (one: Constraint): string | undefined =>
    'included' in one ? JSON.stringify([one.columns, one.included, one.form, one.deferrable, one.deferred]) : undefined;
  const isNotNull = ({ type }: Constraint): boolean => type === 'not-null';
  const isPrimary = ({ type }: Constraint): boolean => type === 'primary-key';
  const keys = new Map<string, Constraint>();
  for (const one of [...constraints.filter(isPrimary), ...constraints.filter((other) => !isPrimary(other))]) {
    const key = keyOf(one);
    const before = key === undefined ? undefined : keys.get(key);
    if (key !== undefined) keys.set(key, before ? { ...before, name: before.name ?? one.name } : one);
  }
  const others = constraints.filter((one) => keyOf(one) === undefined);
  const required = others.filter(isNotNull);
  const isNamed = ({ name }: Constraint): boolean => name !== undefined;
  return [...required.filter(isNamed), ...required.filter((one) => !isNamed(one)), ...keys.values(), ...others.filter((one) => !isNotNull(one))];
}

/** Puts the new table into the catalog, and its foreign keys into the tables that they point to. */
function withKeys(catalog: Catalog, table: Relation): Catalog {
  const indexes = table.indexes.values().reduce(
    (map, index) => map.with(printName({ ...table.name, name: index.name }), table.name),
    catalog.parts.indexes,
  );
  return table.constraints.values().reduce(
    (next, constraint) => linkForeignKey(next, table.name, constraint),
    putRelation(catalog.with({ indexes }), table),
  );
}
