// The table of all claims about the schema: for each kind of change, what PostgreSQL locks and does; row-effects.ts has those about rows.
// A kind of change without an entry does not compile.

import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import { mergeEffects, type Effect } from '../model/effect.ts';
import { blocksWrites, type LockMode } from '../model/lock.ts';
import type { RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { byExtensions } from './by-extensions.ts';
import * as attachments from './attachment-effects.ts';
import { cascadeEffects } from './cascade-effects.ts';
import * as columns from './column-effects.ts';
import * as composites from './composite-effects.ts';
import * as constraints from './constraint-effects.ts';
import {
  assumedIf,
  doubtAboutExistence,
  isForeignTable,
  lock,
  lockPartitions,
  lockTree,
  lockUnlessOnly,
  type Facts,
} from './facts.ts';
import * as indexes from './index-effects.ts';
import * as newer from './newer-effects.ts';
import * as objects from './object-effects.ts';
import * as partitions from './partition-effects.ts';
import { effectsOfBody } from './row-effects.ts';
import * as sequences from './sequence-effects.ts';
import * as storage from './storage-effects.ts';
import * as tables from './table-effects.ts';

type EffectTable = { readonly [K in ChangeKind]: (change: ChangeOf<K>, facts: Facts) => readonly Effect[] };

const none = (): readonly Effect[] => [];

/** A change of the catalogs that locks its table. */
const onTable =
  (mode: LockMode) =>
  ({ table }: { readonly table: RelationName }, facts: Facts): Effect[] =>
    lock(table, mode, facts);

/** The same, with all partitions from a version on. */
const onPartitions =
  (mode: LockMode, since: PostgresVersion) =>
  ({ table }: { readonly table: RelationName }, facts: Facts): Effect[] =>
    lockPartitions(table, facts.version < since, mode, facts);

const onColumn =
  (mode: LockMode) =>
  ({ table, only }: { readonly table: RelationName; readonly only: boolean }, facts: Facts): Effect[] =>
    lockUnlessOnly(table, only, mode, facts);

/** Indexes and types have locks of their own that stop no reader or writer of a table, and nor does a comment on a sequence. */
const onRelation =
  (mode: LockMode) =>
  ({ relation, relationKind, ifExists = false }: OnRelation, facts: Facts): Effect[] =>
    isNoTable(relationKind, mode) || facts.catalog.isAbsent(relation, ifExists) ? [] : lock(relation, mode, facts);

function isNoTable(relationKind: string, mode: LockMode): boolean {
  return relationKind === 'index' || relationKind === 'type' || (relationKind === 'sequence' && !blocksWrites(mode));
}

interface OnRelation {
  readonly relation: RelationName;
  readonly relationKind: string;
  readonly ifExists?: boolean;
}

/** Storage options that need ACCESS EXCLUSIVE; all others are SHARE UPDATE EXCLUSIVE. Source: reloptions.c. */
const strongOptions: ReadonlySet<string> = new Set([
  'user_catalog_table',
  'security_barrier',
  'security_invoker',
  'check_option',
]);

const effectTable: EffectTable = {
  'create-table': tables.createTable,
  'manage-table': ({ table, movesRows }, facts) => lockTree(table, 'ACCESS EXCLUSIVE', facts, { work: movesRows ? ['rewrite'] : [] }),
  'drop-table': tables.dropTable,
  'rename-relation': onRelation('ACCESS EXCLUSIVE'),
  'set-schema': onRelation('ACCESS EXCLUSIVE'),
  'change-owner': onRelation('ACCESS EXCLUSIVE'),
  'reassign-owned': storage.lockOwned,
  'drop-owned': storage.lockOwned,
  truncate: tables.truncate,
  'lock-table': tables.lockTable,
  'set-persistence': storage.setPersistence,
  'set-tablespace': storage.setTablespace,
  'move-all': storage.moveAll,
  'set-access-method': storage.setAccessMethod,
  'set-options': (change, facts) => {
    const isStrong = change.relationKind === 'foreign-table' || change.options.some((option) => strongOptions.has(option));
    return onRelation(isStrong ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE')(change, facts);
  },
  'drop-oids': onTable('ACCESS EXCLUSIVE'),
  'cluster-on': onTable('SHARE UPDATE EXCLUSIVE'),
  'replica-identity': onTable('ACCESS EXCLUSIVE'),
  'set-row-security': onTable('ACCESS EXCLUSIVE'),
  inherit: ({ table, parent }, facts) => [
    ...lock(table, 'ACCESS EXCLUSIVE', facts),
    ...lock(parent, 'SHARE UPDATE EXCLUSIVE', facts),
  ],
  'no-inherit': onTable('ACCESS EXCLUSIVE'),
  'set-of-type': onTable('ACCESS EXCLUSIVE'),
  'attach-partition': partitions.attachPartition,
  'detach-partition': partitions.detachPartition,
  comment: onRelation('SHARE UPDATE EXCLUSIVE'),
  grant: none,
  vacuum: tables.vacuum,
  analyze: tables.analyze,
  repack: newer.repack,
  'split-partition': newer.splitPartition,
  'merge-partitions': newer.mergePartitions,
  cluster: storage.cluster,

  'add-column': columns.addColumn,
  'drop-column': columns.dropColumn,
  'rename-column': onColumn('ACCESS EXCLUSIVE'),
  'alter-column-type': columns.alterColumnType,
  'set-default': onColumn('ACCESS EXCLUSIVE'),
  'drop-default': onColumn('ACCESS EXCLUSIVE'),
  'set-not-null': columns.setNotNull,
  'drop-not-null': constraints.dropNotNull,
  'set-expression': columns.setExpression,
  'drop-expression': onColumn('ACCESS EXCLUSIVE'),
  'add-identity': onPartitions('ACCESS EXCLUSIVE', 17),
  'alter-identity': columns.alterIdentity,
  'drop-identity': columns.dropIdentity,
  'set-column-statistics': onColumn('SHARE UPDATE EXCLUSIVE'),
  'set-column-storage': onColumn('ACCESS EXCLUSIVE'),
  'set-column-compression': onTable('ACCESS EXCLUSIVE'),
  'set-column-options': ({ table }, facts) =>
    lock(table, isForeignTable(table, facts.catalog) ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE', facts),
  'add-constraint': constraints.addConstraint,
  'validate-constraint': constraints.validateConstraint,
  'drop-constraint': constraints.dropConstraint,
  'alter-constraint': constraints.alterConstraint,
  'rename-constraint': constraints.renameConstraint,

  'create-index': indexes.createIndex,
  'drop-index': indexes.dropIndex,
  reindex: indexes.reindex,
  'attach-index-partition': indexes.attachIndexPartition,

  'create-trigger': attachments.createTrigger,
  'drop-trigger': attachments.dropTrigger,
  'rename-trigger': onPartitions('ACCESS EXCLUSIVE', 15),
  'toggle-trigger': attachments.toggleTrigger,
  'create-policy': onTable('ACCESS EXCLUSIVE'),
  'alter-policy': onTable('ACCESS EXCLUSIVE'),
  'drop-policy': attachments.dropNamed('policies'),
  'rename-policy': onTable('ACCESS EXCLUSIVE'),
  'create-rule': attachments.createRule,
  'drop-rule': attachments.dropNamed('rules'),
  'rename-rule': onTable('ACCESS EXCLUSIVE'),
  'toggle-rule': onTable('ACCESS EXCLUSIVE'),
  'create-statistics': onTable('SHARE UPDATE EXCLUSIVE'),
  'drop-statistics': attachments.dropStatistics,
  'move-statistics': none,
  'create-publication': attachments.createPublication,
  'alter-publication': attachments.alterPublication,
  'rename-publication': none,
  'drop-publication': none,
  'create-extension': none,
  'import-schema': none,

  'create-view': objects.createView,
  'create-materialized-view': none,
  'drop-view': objects.dropView,
  refresh: objects.refresh,
  'create-schema': none,
  'drop-schema': none,
  'rename-schema': none,
  'create-enum': none,
  'add-enum-value': none,
  'rename-enum-value': none,
  'create-type': none,
  'alter-type': none,
  'create-composite': none,
  'add-attribute': composites.onTypedTables,
  'drop-attribute': composites.dropAttribute,
  'alter-attribute': composites.alterAttribute,
  'rename-attribute': composites.onTypedTables,
  'create-domain': none,
  'add-domain-constraint': objects.addDomainConstraint,
  'validate-domain-constraint': objects.validateDomainConstraint,
  'drop-domain-constraint': none,
  'rename-domain-constraint': none,
  'set-domain-default': none,
  'drop-type': none,
  'create-function': ({ writes }, facts) => effectsOfBody(writes, facts),
  'alter-function': none,
  'drop-function': none,
  'move-function': none,
  'create-sequence': none,
  'alter-sequence': sequences.alterSequence,
  'own-sequence': sequences.alterSequence,
  'drop-sequence': sequences.dropSequence,
  'set-connection-default': none,
  'drop-database': none,
  'drop-object': none,
  'extend-types': none,
  'catalog-only': none,
};

/** What one change does to the relations that were there before it; one effect for each. */
export function effectsOf(change: Change, facts: Facts): readonly Effect[] {
  const claimed = mergeEffects([...claimsOf(change.kind, change, facts), ...cascadeEffects(change, facts)]);
  const effects = byExtensions(claimed, facts, change);
  return isOptional(change) ? effects.map((effect) => assumedIf(doubtAboutExistence(effect.relation, facts), effect)) : effects;
}

/** Where what it names is not there, it does nothing. */
function isOptional(change: Change): boolean {
  return change.onlyIf !== undefined || ('ifExists' in change && change.ifExists && !('column' in change || 'constraint' in change));
}

function claimsOf<K extends ChangeKind>(kind: K, change: ChangeOf<K>, facts: Facts): readonly Effect[] {
  return effectTable[kind](change, facts);
}
