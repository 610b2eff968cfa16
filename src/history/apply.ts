// What the catalog is after a change: the next chapter of the story. Pure; a kind of change without an entry does not compile.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Column } from '../model/relation.ts';
import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import { noNeeds } from '../model/dependencies/needs.ts';
import { madeBy } from '../model/made-by.ts';
import { NOWHERE, type QualifiedName, type RelationName } from '../model/names.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import type { RowAction } from '../model/row-action.ts';
import type { StatementOf } from '../model/statement.ts';
import type { PostgresVersion } from '../model/version.ts';
import { isKnownExtension } from '../postgres/extensions.ts';
import * as attachments from './apply-attachment.ts';
import * as columns from './apply-column.ts';
import * as composites from './apply-composite.ts';
import * as constraints from './apply-constraint.ts';
import * as domains from './apply-domain.ts';
import * as functions from './apply-function.ts';
import * as indexes from './apply-index.ts';
import * as publications from './apply-publication.ts';
import * as sequences from './apply-sequence.ts';
import * as statistics from './apply-statistics.ts';
import { storedType } from './stored-column.ts';
import * as storage from './apply-storage.ts';
import * as triggers from './apply-trigger.ts';
import * as types from './apply-type.ts';
import * as views from './apply-view.ts';
import { dropNotNull, setNotNull } from './apply-not-null.ts';
import { attach, detach } from './attach-table.ts';
import { setConnectionDefault } from './connection-defaults.ts';
import { createTable } from './create-table.ts';
import { detachPartition } from './detach-partition.ts';
import { loseDependents } from './dependencies/lose.ts';
import { dropColumn } from './drop-column.ts';
import { dropTable } from './drop-table.ts';
import { makeAgain } from './made-again.ts';
import { manageTable } from './manage-table.ts';
import { cluster, markClustered } from './mark-clustered.ts';
import { moveRelation } from './move-relation.ts';
import { mergePartitions, splitPartition } from './move-rows.ts';
import { attachIndex, withPartsOf } from './partition-indexes.ts';
import { isPassedOn, keysPassedOn, takeOver, takeOverKeys } from './pass-down.ts';
import { confirmRelation, removeRelation, updateRelation } from './relation.ts';
import { renameColumn } from './rename-column.ts';
import { needsOfValue, withDefault, withoutDefault } from './stored-column.ts';

type Apply<K extends ChangeKind> = (catalog: Catalog, change: ChangeOf<K>, version: PostgresVersion) => Catalog;

const nothing = (catalog: Catalog): Catalog => catalog;

/** Only that the table is there is learned. */
const seen = (catalog: Catalog, { table }: { readonly table: RelationName }): Catalog =>
  updateRelation(catalog, table, (relation) => relation);

const applyTable: { readonly [K in ChangeKind]: Apply<K> } = {
  'create-table': createTable,
  'manage-table': manageTable,
  'drop-table': (catalog, { table }) => dropTable(catalog, table),
  'rename-relation': renameRelation,
  'set-schema': (catalog, { relation, relationKind, ifExists, schema }) =>
    isMissing(catalog, relation, relationKind, ifExists)
      ? catalog
      : moverOf(relationKind)(catalog, relation, { schema, name: relation.name }),
  'change-owner': storage.changeOwner,
  'reassign-owned': storage.reassignOwned,
  'drop-owned': storage.dropOwned,
  truncate: (catalog, { table }) => updateRelation(columns.fillColumns(catalog, table, 'all'), table, (relation) => (relation.born ? { ...relation, written: false } : relation)),
  'lock-table': seen,
  'set-persistence': (catalog, change, version) =>
    sequences.followPersistence(
      updateRelation(catalog, change.table, (relation) => ({ ...relation, persistence: change.persistence })),
      change,
      version,
    ),
  'set-tablespace': storage.setTablespace,
  'move-all': storage.moveAll,
  'set-access-method': storage.setAccessMethod,
  'set-options': nothing,
  'drop-oids': seen,
  'cluster-on': markClustered,
  'replica-identity': (catalog, { table, identity }) =>
    updateRelation(catalog, table, (relation) => ({ ...relation, replicaIdentity: identity })),
  'set-row-security': (catalog, { table, action }) =>
    updateRelation(catalog, table, (relation) =>
      action === 'enable' || action === 'disable' ? { ...relation, rowSecurity: action === 'enable' } : relation,
    ),
  inherit: (catalog, { table, parent }) =>
    attach(catalog, parent, table, (child, above) => ({ ...child, parents: [...child.parents, above] })),
  'no-inherit': (catalog, { table, parent }) => detach(catalog, parent, table),
  'set-of-type': (catalog, { table, type }) =>
    updateRelation(catalog, table, (relation) => ({ ...relation, ofType: type && catalog.creationName(type) })),
  'attach-partition': attachPartition,
  'detach-partition': detachPartition,
  comment: nothing,
  grant: nothing,
  vacuum: nothing,
  analyze: nothing,
  cluster,
  repack: nothing,
  'split-partition': splitPartition,
  'merge-partitions': mergePartitions,

  'add-column': columns.addColumn,
  'drop-column': dropColumn,
  'rename-column': renameColumn,
  'alter-column-type': (catalog, change, version) =>
    makeAgain(columns.changeColumn(catalog, change, (column) => ({ ...column, type: storedType(change.type, catalog), collation: change.collation })), change.table, change.column, version),
  'set-default': (catalog, change) =>
    columns.changeColumn(catalog, change, (column) => withDefault(column, change.default, catalog)),
  'drop-default': (catalog, change) => columns.changeColumn(catalog, change, withoutDefault),
  'set-not-null': setNotNull,
  'drop-not-null': dropNotNull,
  'set-expression': (catalog, change, version) =>
    makeAgain(columns.changeColumn(catalog, change, (column) => ({ ...column, reads: change.expression.columns, needs: needsOfValue(change.expression, catalog) })), change.table, change.column, version),
  'drop-expression': (catalog, change) =>
    columns.changeColumn(catalog, change, (column) => ({ ...column, generated: undefined, reads: [], needs: noNeeds })),
  'add-identity': (catalog, change, version) => sequences.addSequences(setIdentity(catalog, change, true, version), change.table, [change.column], version),
  'alter-identity': nothing,
  'drop-identity': dropIdentity,
  'set-column-statistics': seen,
  'set-column-storage': seen,
  'set-column-compression': seen,
  'set-column-options': seen,
  'add-constraint': constraints.addConstraint,
  'validate-constraint': constraints.validateConstraint,
  'drop-constraint': constraints.dropConstraint,
  'alter-constraint': constraints.alterConstraint,
  'rename-constraint': constraints.renameConstraint,

  'create-index': indexes.createIndex,
  'drop-index': indexes.dropIndex,
  reindex: nothing,
  'attach-index-partition': (catalog, { index, partition }) =>
    attachIndex(catalog, catalog.qualifyIndex(index), catalog.qualifyIndex(partition)),

  'create-trigger': triggers.createTrigger,
  'drop-trigger': triggers.dropTrigger,
  'rename-trigger': triggers.renameTrigger,
  'toggle-trigger': seen,
  'create-policy': attachments.createPolicy,
  'alter-policy': attachments.alterPolicy,
  'drop-policy': attachments.drop('policies'),
  'rename-policy': attachments.rename('policies'),
  'create-rule': attachments.createRule,
  'drop-rule': attachments.drop('rules'),
  'rename-rule': attachments.rename('rules'),
  'toggle-rule': attachments.toggleRule,
  'create-statistics': statistics.create,
  'drop-statistics': statistics.drop,
  'move-statistics': statistics.move,
  'create-publication': publications.create,
  'alter-publication': publications.alter,
  'rename-publication': publications.rename,
  'drop-publication': publications.drop,

  'create-view': views.createView,
  'create-materialized-view': views.createMaterializedView,
  'drop-view': (catalog, { view }) => dropTable(catalog, view),
  refresh: views.refresh,
  'create-schema': (catalog, { schema }) => catalog.with({ schemas: catalog.parts.schemas.with(schema, true) }),
  'drop-schema': dropSchema,
  'rename-schema': renameSchema,
  'create-enum': (catalog, { type, values }) => types.putType(catalog, type, { kind: 'enum', values }),
  'add-enum-value': types.addEnumValue,
  'rename-enum-value': types.renameEnumValue,
  'create-type': (catalog, { type, isShell }) => types.putType(catalog, type, { kind: 'other', isShell }),
  'alter-type': nothing,
  'create-composite': composites.createComposite,
  'add-attribute': composites.addAttribute,
  'drop-attribute': composites.dropAttribute,
  'alter-attribute': composites.alterAttribute,
  'rename-attribute': composites.renameAttribute,
  'create-domain': domains.createDomain,
  'add-domain-constraint': domains.addConstraint,
  'validate-domain-constraint': nothing,
  'drop-domain-constraint': domains.dropConstraint,
  'rename-domain-constraint': domains.renameConstraint,
  'set-domain-default': domains.setDefault,
  'drop-type': types.dropType,
  'create-function': functions.createFunction,
  'move-function': functions.moveFunction,
  'drop-function': functions.dropFunction,
  'alter-function': functions.alterFunction,
  'create-sequence': sequences.createSequence,
  'alter-sequence': sequences.alterSequence,
  'own-sequence': sequences.ownSequence,
  'drop-sequence': (catalog, { sequence }) => removeRelation(catalog, catalog.qualify(sequence)),
  'create-extension': (catalog, { extension }) => (isKnownExtension(extension) ? catalog : catalog.with({ isFilledByOthers: true })),
  'import-schema': (catalog) => catalog.with({ isFilledByOthers: true }),
  'set-connection-default': setConnectionDefault,
  'drop-database': nothing,
  'drop-object': nothing,
  'extend-types': (catalog) => catalog.with({ typesAreExtended: true }),
  'catalog-only': nothing,
};

export function apply(catalog: Catalog, change: Change, version: PostgresVersion): Catalog {
  const name = foundBy(change);
  const made = madeBy(change);
  if (made && catalog.creationName(made).schema === NOWHERE) return catalog;
  const there = name ? confirmRelation(catalog, name) : catalog;
  return applyOne(change.kind, loseDependents(there, change, version), change, version);
}

/** The relation that has to be there for a change to succeed. */
function foundBy(change: Change): RelationName | undefined {
  if (change.onlyIf !== undefined || makers.has(change.kind)) return undefined;
  if ('relation' in change) return 'ifExists' in change && change.ifExists ? undefined : change.relation;
  return 'table' in change ? change.table : undefined;
}

const makers: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['create-table', 'drop-table']);

function applyOne<K extends ChangeKind>(kind: K, catalog: Catalog, change: ChangeOf<K>, version: PostgresVersion): Catalog {
  return applyTable[kind](catalog, change, version);
}

/** Rows tell something too: that a table is there, and that its columns are filled. */
export function applyRows(catalog: Catalog, { actions }: StatementOf<'data'>): Catalog {
  return actions.reduce(applyAction, catalog);
}

function applyAction(catalog: Catalog, { verb, target: named, fills, rows }: RowAction): Catalog {
  const target = catalog.writtenThrough(named);
  if (verb === 'plan' || verb === 'match') return updateRelation(catalog, target, (relation) => relation);
  const there = updateRelation(confirmRelation(catalog, target), target, (relation) => (relation.written ? relation : { ...relation, written: true }));
  if (verb === 'delete' && rows.kind === 'all') return columns.fillColumns(there, target, 'all');
  return columns.fillColumns(there, target, fills);
}

/** It gets triggers, and identities, foreign keys and parts of the indexes, where it has no such. */
function attachPartition(catalog: Catalog, { table, partition, bound }: ChangeOf<'attach-partition'>, version: PostgresVersion): Catalog {
  const above = catalog.find(table);
  const passed = typeof above === 'string' ? [] : above.constraints.filter(isPassedOn).values();
  const attached = attach(catalog, table, partition, (child, parent) => ({
    ...child,
    constraints: child.constraints.changed((own) => (passed.some((one) => isSameConstraint(own, one)) ? { ...own, local: false } : own)),
    columns: child.columns.changed((column, name) => partOf(column, catalog.column(parent, name), version)),
    partitionOf: { parent, bound },
  }));
  const name = attached.qualify(partition);
  const keys = typeof above === 'string' ? [] : keysPassedOn(above, above.constraints.values());
  const triggered = triggers.giveTriggers(takeOver(attached, name, passed), name, triggers.rowTriggersOf(above));
  return withPartsOf(takeOverKeys(triggered, name, keys, version), name, table);
}

/** From 17 on, an identity is that of all partitions. */
function partOf(column: Column, above: Lookup<Column>, version: PostgresVersion): Column {
  return { ...column, local: false, identity: column.identity || (version >= 17 && typeof above !== 'string' && above.identity) };
}

function dropIdentity(catalog: Catalog, change: ChangeOf<'drop-identity'>, version: PostgresVersion): Catalog {
  const found = catalog.column(change.table, change.column);
  if (typeof found !== 'string' && !found.identity) return catalog;
  return sequences.dropSequenceOfIdentity(setIdentity(catalog, change, false, version), catalog.qualify(change.table), change.column);
}

/** From 17 on, it is that of all partitions; tables that inherit have their own. */
function setIdentity(catalog: Catalog, { table, column, only }: ChangeOf<'add-identity' | 'drop-identity'>, identity: boolean, version: PostgresVersion): Catalog {
  const isAlone = only || version < 17 || !catalog.isPartitioned(table);
  return columns.changeColumn(catalog, { table, column, only: isAlone }, (found) => ({ ...found, identity }));
}

function renameRelation(catalog: Catalog, { relation, relationKind, ifExists, to }: ChangeOf<'rename-relation'>): Catalog {
  if (isMissing(catalog, relation, relationKind, ifExists)) return catalog;
  if (relationKind === 'index' || isIndexOnly(catalog, relation)) return indexes.renameIndex(catalog, relation, to);
  if (relationKind === 'type') return types.moveType(catalog, relation, { ...catalog.qualifyType(relation), name: to });
  return moveRelation(catalog, relation, { schema: catalog.qualify(relation).schema, name: to });
}

function isMissing(catalog: Catalog, name: RelationName, kind: ChangeOf<'rename-relation'>['relationKind'], ifExists: boolean): boolean {
  return ifExists && kind !== 'index' && kind !== 'type' && !isIndexOnly(catalog, name) && catalog.isSurelyAbsent(name);
}

/** ALTER TABLE renames indexes as well. */
function isIndexOnly(catalog: Catalog, name: RelationName): boolean {
  const table = catalog.tableOfIndex(name);
  return table !== 'absent' && table !== 'unknown';
}

function moverOf(kind: ChangeOf<'set-schema'>['relationKind']): typeof types.moveType {
  return kind === 'type' ? types.moveType : moveRelation;
}

function dropSchema(catalog: Catalog, { schema }: ChangeOf<'drop-schema'>): Catalog {
  const emptied = catalog.relationsIn(schema).reduce((now, { name }) => dropTable(now, name), catalog);
  const untyped = types.typesIn(emptied, schema).reduce((now, type) => types.dropType(now, { type }), emptied);
  const left = followSchema(untyped, schema, undefined);
  return left.with({ schemas: left.parts.schemas.with(schema, 'absent') });
}

/** All in it that is neither a relation nor a type. */
function followSchema(catalog: Catalog, schema: string, to: string | undefined): Catalog {
  return [functions, statistics, publications].reduce((next, kind) => kind.followSchema(next, schema, to), catalog);
}

function renameSchema(catalog: Catalog, { schema, to }: ChangeOf<'rename-schema'>): Catalog {
  const move = (all: readonly QualifiedName[], next: Catalog, mover: (now: Catalog, from: QualifiedName, to: QualifiedName) => Catalog): Catalog =>
    all.reduce((now, name) => mover(now, name, { schema: to, name: name.name }), next);
  const relations = move(catalog.relationsIn(schema).map(({ name }) => name), catalog, moveRelation);
  const followed = followSchema(move(types.typesIn(catalog, schema), relations, types.moveType), schema, to);
  return followed.with({ schemas: followed.parts.schemas.with(schema, 'absent').with(to, true) });
}
