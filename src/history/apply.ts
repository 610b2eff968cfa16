// What the catalog is after a change: the next chapter of the story. Pure; a kind of change without an entry does not compile.

import type { Catalog, Column, Relation, TypeInfo } from '../model/catalog.ts';
import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import type { EnumPlace } from '../model/changes/object-changes.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Storage } from '../model/storage.ts';
import type { RowAction } from '../model/row-action.ts';
import type { StatementOf } from '../model/statement.ts';
import * as attachments from './apply-attachment.ts';
import * as columns from './apply-column.ts';
import * as tables from './apply-table.ts';
import * as composites from './apply-composite.ts';
import * as functions from './apply-function.ts';
import * as publications from './apply-publication.ts';
import * as sequences from './apply-sequence.ts';
import * as statistics from './apply-statistics.ts';
import * as views from './apply-view.ts';
import { setConnectionDefault } from './connection-defaults.ts';
import { attachIndex } from './partition-indexes.ts';
import { takeOver } from './pass-down.ts';
import { putRelation, removeRelation, updateRelation } from './relation.ts';

type Apply<K extends ChangeKind> = (catalog: Catalog, change: ChangeOf<K>) => Catalog;

const nothing = (catalog: Catalog): Catalog => catalog;

/** Only that the table is there is learned. */
const seen = (catalog: Catalog, { table }: { readonly table: RelationName }): Catalog =>
  updateRelation(catalog, table, (relation) => relation);

const applyTable: { readonly [K in ChangeKind]: Apply<K> } = {
  'create-table': tables.createTable,
  'drop-table': (catalog, { table }) => tables.dropTable(catalog, table),
  'rename-relation': renameRelation,
  'set-schema': (catalog, { relation, relationKind, ifExists, schema }) =>
    relationKind === 'index' || isMissing(catalog, relation, relationKind, ifExists)
      ? catalog
      : moverOf(relationKind)(catalog, relation, { schema, name: relation.name }),
  'change-owner': nothing,
  truncate: (catalog, { table }) => columns.fillColumns(catalog, table, 'all'),
  'lock-table': seen,
  'set-persistence': (catalog, { table, persistence }) =>
    sequences.followPersistence(
      updateRelation(catalog, table, (relation) => ({ ...relation, persistence })),
      catalog.qualify(table),
      persistence,
    ),
  'set-tablespace': (catalog, { relation, relationKind, tablespace }) =>
    relationKind === 'index' ? catalog : store(catalog, relation, { tablespace }),
  'set-access-method': (catalog, { table, accessMethod }) =>
    store(catalog, table, { accessMethod: accessMethod ?? catalog.parts.defaultStorage.accessMethod }),
  'set-options': nothing,
  'cluster-on': seen,
  'replica-identity': (catalog, { table, identity }) =>
    updateRelation(catalog, table, (relation) => ({ ...relation, replicaIdentity: identity })),
  'set-row-security': (catalog, { table, action }) =>
    updateRelation(catalog, table, (relation) =>
      action === 'enable' || action === 'disable' ? { ...relation, rowSecurity: action === 'enable' } : relation,
    ),
  inherit: (catalog, { table, parent }) =>
    tables.attach(catalog, parent, table, (child, above) => ({ ...child, parents: [...child.parents, above] })),
  'no-inherit': (catalog, { table, parent }) => tables.detach(catalog, parent, table),
  'set-of-type': (catalog, { table, type }) =>
    updateRelation(catalog, table, (relation) => ({ ...relation, ofType: type && catalog.creationName(type) })),
  'attach-partition': attachPartition,
  'detach-partition': (catalog, { table, partition }) => tables.detach(catalog, table, partition),
  comment: nothing,
  grant: nothing,
  vacuum: nothing,
  analyze: nothing,
  cluster: nothing,

  'add-column': columns.addColumn,
  'drop-column': columns.dropColumn,
  'rename-column': columns.renameColumn,
  'alter-column-type': (catalog, change) => columns.changeColumn(catalog, change, (column) => ({ ...column, type: tables.storedType(change.type, catalog) })),
  'set-default': (catalog, change) =>
    columns.changeColumn(catalog, change, (column) => ({ ...column, hasDefault: tables.isStoredDefault(change.default, column.type) })),
  'drop-default': (catalog, change) => columns.changeColumn(catalog, change, (column) => ({ ...column, hasDefault: false })),
  'set-not-null': columns.setNotNull,
  'drop-not-null': columns.dropNotNull,
  'set-expression': nothing,
  'drop-expression': (catalog, change) =>
    columns.changeColumn(catalog, change, (column) => ({ ...column, generated: undefined })),
  'add-identity': (catalog, change) =>
    sequences.addSequences(
      columns.changeColumn(catalog, change, (column) => ({ ...column, identity: true })),
      change.table,
      [change.column],
    ),
  'alter-identity': nothing,
  'drop-identity': dropIdentity,
  'set-column-statistics': seen,
  'set-column-storage': seen,
  'set-column-compression': seen,
  'set-column-options': seen,
  'add-constraint': columns.addConstraint,
  'validate-constraint': columns.validateConstraint,
  'drop-constraint': columns.dropConstraint,
  'alter-constraint': columns.alterConstraint,
  'rename-constraint': columns.renameConstraint,

  'create-index': columns.createIndex,
  'drop-index': columns.dropIndex,
  reindex: nothing,
  'attach-index-partition': (catalog, { index, partition }) =>
    attachIndex(catalog, catalog.qualifyIndex(index), catalog.qualifyIndex(partition)),

  'create-trigger': attachments.createTrigger,
  'drop-trigger': attachments.dropTrigger,
  'rename-trigger': attachments.renameTrigger,
  'toggle-trigger': seen,
  'create-policy': attachments.create('policies'),
  'alter-policy': seen,
  'drop-policy': attachments.drop('policies'),
  'rename-policy': attachments.rename('policies'),
  'create-rule': attachments.create('rules'),
  'drop-rule': attachments.drop('rules'),
  'rename-rule': attachments.rename('rules'),
  'toggle-rule': seen,
  'create-statistics': statistics.create,
  'drop-statistics': statistics.drop,
  'move-statistics': statistics.move,
  'create-publication': publications.create,
  'alter-publication': publications.alter,
  'rename-publication': publications.rename,
  'drop-publication': publications.drop,

  'create-view': views.createView,
  'create-materialized-view': views.createMaterializedView,
  'drop-view': (catalog, { view }) => tables.dropTable(catalog, view),
  refresh: (catalog, { view }) => seen(catalog, { table: view }),
  'create-schema': nothing,
  'drop-schema': dropSchema,
  'rename-schema': renameSchema,
  'create-enum': (catalog, { type, values }) => putType(catalog, type, { kind: 'enum', values }),
  'add-enum-value': (catalog, { type, value, place }) => {
    const info = catalog.type(type);
    if (info?.kind !== 'enum' || info.values.includes(value)) return catalog;
    return putKnown(catalog, type, { ...info, values: withValue(info.values, value, place) });
  },
  'rename-enum-value': (catalog, { type, value, to }) => {
    const info = catalog.type(type);
    if (info?.kind !== 'enum') return catalog;
    return putKnown(catalog, type, { ...info, values: info.values.map((one) => (one === value ? to : one)) });
  },
  'create-type': (catalog, { type }) => putType(catalog, type, { kind: 'other' }),
  'alter-type': nothing,
  'create-composite': (catalog, { type, attributes }) => putType(catalog, type, { kind: 'composite', attributes }),
  'add-attribute': composites.addAttribute,
  'drop-attribute': composites.dropAttribute,
  'alter-attribute': composites.alterAttribute,
  'rename-attribute': composites.renameAttribute,
  'create-domain': (catalog, { domain, base, constraints, default: value }) => {
    const below = catalog.type(base.name);
    const inherited = below?.kind === 'domain' ? below : undefined;
    const constrained = constraints.length > 0 || (!base.isArray && inherited?.constrained === true);
    return putType(catalog, domain, { kind: 'domain', base, constrained, default: value ?? inherited?.default });
  },
  'add-domain-constraint': (catalog, { domain }) => {
    const info = catalog.type(domain);
    return info?.kind === 'domain' ? putKnown(catalog, domain, { ...info, constrained: true }) : catalog;
  },
  'validate-domain-constraint': nothing,
  'alter-domain': nothing,
  'drop-type': dropType,
  'create-function': functions.createFunction,
  'move-function': functions.moveFunction,
  'drop-function': functions.dropFunction,
  'alter-function': functions.alterFunction,
  'create-sequence': sequences.createSequence,
  'own-sequence': sequences.ownSequence,
  'drop-sequence': (catalog, { sequence }) => removeRelation(catalog, catalog.qualify(sequence)),
  'set-connection-default': setConnectionDefault,
  'drop-database': nothing,
  'drop-object': nothing,
  'catalog-only': nothing,
};

export function apply(catalog: Catalog, change: Change): Catalog {
  return applyOne(change.kind, catalog, change);
}

function applyOne<K extends ChangeKind>(kind: K, catalog: Catalog, change: ChangeOf<K>): Catalog {
  return applyTable[kind](catalog, change);
}

/** Rows tell something too: that a table is there, and that its columns are filled. */
export function applyRows(catalog: Catalog, { actions }: StatementOf<'data'>): Catalog {
  return actions.reduce(applyAction, catalog);
}

function applyAction(catalog: Catalog, { verb, target, fills, rows }: RowAction): Catalog {
  if (verb === 'plan') return updateRelation(catalog, target, (relation) => relation);
  const there = updateRelation(catalog, target, (relation) => ({ ...relation, written: true }));
  if (verb === 'delete' && rows.kind === 'all') return columns.fillColumns(there, target, 'all');
  return columns.fillColumns(there, target, fills);
}

/** It gets foreign keys and parts of the indexes, where it has no such. */
function attachPartition(catalog: Catalog, { table, partition, bound }: ChangeOf<'attach-partition'>): Catalog {
  const attached = tables.attach(catalog, table, partition, (child, parent) => ({
    ...attachments.withTriggersOf(child, catalog.find(parent)),
    columns: new Map([...child.columns].map(([name, column]) => [name, { ...column, local: false }])),
    partitionOf: { parent, bound },
  }));
  const above = attached.find(table);
  if (typeof above === 'string') return attached;
  const keys = above.constraints.filter(({ type }) => type === 'foreign-key');
  const name = attached.qualify(partition);
  return tables.withPartsOf(takeOver(attached, name, keys), name, table);
}

function dropIdentity(catalog: Catalog, change: ChangeOf<'drop-identity'>): Catalog {
  const found = catalog.column(change.table, change.column);
  if (typeof found !== 'string' && !found.identity) return catalog;
  const dropped = columns.changeColumn(catalog, change, (column) => ({ ...column, identity: false }));
  return sequences.dropSequencesOf(dropped, catalog.qualify(change.table), change.column);
}

function store(catalog: Catalog, name: RelationName, change: Partial<Storage>): Catalog {
  return updateRelation(catalog, name, (relation) => ({ ...relation, storage: { ...relation.storage, ...change } }));
}

function renameRelation(catalog: Catalog, { relation, relationKind, ifExists, to }: ChangeOf<'rename-relation'>): Catalog {
  if (isMissing(catalog, relation, relationKind, ifExists)) return catalog;
  if (relationKind === 'index' || isIndexOnly(catalog, relation)) return columns.renameIndex(catalog, relation, to);
  if (relationKind === 'type') return moveType(catalog, relation, { ...catalog.qualifyType(relation), name: to });
  return tables.moveRelation(catalog, relation, { schema: catalog.qualify(relation).schema, name: to });
}

function isMissing(catalog: Catalog, name: RelationName, kind: ChangeOf<'rename-relation'>['relationKind'], ifExists: boolean): boolean {
  return ifExists && kind !== 'index' && kind !== 'type' && !isIndexOnly(catalog, name) && catalog.isSurelyAbsent(name);
}

/** ALTER TABLE renames indexes as well. */
function isIndexOnly(catalog: Catalog, name: RelationName): boolean {
  const table = catalog.tableOfIndex(name);
  return table !== 'absent' && table !== 'unknown';
}

function moverOf(kind: ChangeOf<'set-schema'>['relationKind']): typeof moveType {
  return kind === 'type' ? moveType : tables.moveRelation;
}

/** Renames a type, or moves it to another schema; columns follow. */
function moveType(catalog: Catalog, type: RelationName, to: QualifiedName): Catalog {
  const info = catalog.type(type);
  const old = catalog.qualifyType(type);
  const retyped = catalog.relationsIn(undefined).reduce((next, relation) => putRetyped(next, relation, old, to), catalog);
  return info === undefined ? retyped : putType(retyped.with({ types: retyped.parts.types.without(printName(old)) }), to, info);
}

function putRetyped(catalog: Catalog, relation: Relation, old: QualifiedName, to: QualifiedName): Catalog {
  const isOld = ({ type }: Column): boolean => isSameName(catalog.qualifyType(type.name), old);
  const columns = [...relation.columns.values()];
  const isTyped = relation.ofType !== undefined && isSameName(relation.ofType, old);
  if (!columns.some(isOld) && !isTyped) return catalog;
  const retyped = columns.map((column) => (isOld(column) ? { ...column, type: { ...column.type, name: to } } : column));
  const ofType = isTyped ? to : relation.ofType;
  return putRelation(catalog, { ...relation, ofType, columns: new Map(retyped.map((column) => [column.name, column])) });
}

/** CASCADE takes the columns of the type along, and views with such a column. */
function dropType(catalog: Catalog, { type, cascade, span }: ChangeOf<'drop-type'>): Catalog {
  const next = cascade ? loseColumns(catalog, catalog.columnsOfType(type), span) : catalog;
  const typed = cascade ? catalog.typedTables(type) : [];
  const untyped = typed.reduce((now, { name }) => tables.dropTable(now, name), next);
  return untyped.with({ types: untyped.parts.types.without(printName(untyped.qualifyType(type))) });
}

function dropSchema(catalog: Catalog, { schema, cascade, span }: ChangeOf<'drop-schema'>): Catalog {
  const next = cascade ? loseColumns(catalog, catalog.columnsOfTypesIn(schema), span) : catalog;
  const emptied = next.relationsIn(schema).reduce((now, { name }) => tables.dropTable(now, name), next);
  const types = typesIn(emptied, schema).reduce((map, name) => map.without(printName(name)), emptied.parts.types);
  return functions.followSchema(emptied.with({ types }), schema, undefined);
}

function renameSchema(catalog: Catalog, { schema, to }: ChangeOf<'rename-schema'>): Catalog {
  const move = (all: readonly QualifiedName[], next: Catalog, mover: (now: Catalog, from: QualifiedName, to: QualifiedName) => Catalog): Catalog =>
    all.reduce((now, name) => mover(now, name, { schema: to, name: name.name }), next);
  const relations = move(catalog.relationsIn(schema).map(({ name }) => name), catalog, tables.moveRelation);
  return functions.followSchema(move(typesIn(catalog, schema), relations, moveType), schema, to);
}

function typesIn(catalog: Catalog, schema: string): QualifiedName[] {
  const names = [...catalog.parts.types.entries()].map(([name]) => name);
  return names.filter((name) => name.startsWith(`${schema}.`)).map((name) => ({ schema, name: name.slice(schema.length + 1) }));
}

/** A view goes with any of its columns. */
function loseColumns(catalog: Catalog, found: ReturnType<Catalog['columnsOfType']>, span: Change['span']): Catalog {
  return found.reduce((now, { relation: { name, kind }, column }) => {
    if (kind === 'view' || kind === 'materialized-view') return tables.dropTable(now, name);
    const loss = { span, table: name, only: true, column: column.name, ifExists: false, cascade: true };
    return columns.dropColumn(now, { kind: 'drop-column', ...loss });
  }, catalog);
}

function withValue(values: readonly string[], value: string, place: EnumPlace | undefined): readonly string[] {
  const index = place ? values.indexOf(place.value) : -1;
  return index < 0 || !place ? [...values, value] : values.toSpliced(place.side === 'after' ? index + 1 : index, 0, value);
}

/** Of a type that is there already. */
function putKnown(catalog: Catalog, type: RelationName, info: TypeInfo): Catalog {
  return putType(catalog, catalog.qualifyType(type), info);
}

function putType(catalog: Catalog, type: RelationName, info: TypeInfo): Catalog {
  return catalog.with({ types: catalog.parts.types.with(printName(catalog.creationName(type)), info) });
}
