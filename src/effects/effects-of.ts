// The table of all claims: for each kind of change and each statement about rows, what PostgreSQL locks and does.
// It is the only place that says so. A kind of change without an entry does not compile.

import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import { mergeEffects, type Effect } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import { extensionOf, type Management } from '../model/management.ts';
import type { RelationName } from '../model/names.ts';
import type { DataVerb, RowAction } from '../model/row-action.ts';
import type { StatementOf } from '../model/statement.ts';
import type { PostgresVersion } from '../model/version.ts';
import * as attachments from './attachment-effects.ts';
import { cascadeEffects } from './cascade-effects.ts';
import * as columns from './column-effects.ts';
import * as composites from './composite-effects.ts';
import * as constraints from './constraint-effects.ts';
import {
  assumedIf,
  doubtAboutExistence,
  isForeignTable,
  known,
  lock,
  lockPartitions,
  lockTree,
  lockUnlessOnly,
  type Facts,
  type WorkFacts,
} from './facts.ts';
import * as indexes from './index-effects.ts';
import * as newer from './newer-effects.ts';
import * as objects from './object-effects.ts';
import * as partitions from './partition-effects.ts';
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

/** Indexes, sequences and types have locks of their own that stop no reader or writer of a table. */
const onRelation =
  (mode: LockMode) =>
  ({ relation, relationKind, ifExists = false }: OnRelation, facts: Facts): Effect[] =>
    isNoTable(relationKind) || facts.catalog.isAbsent(relation, ifExists) ? [] : lock(relation, mode, facts);

function isNoTable(relationKind: string): boolean {
  return ['index', 'sequence', 'type'].includes(relationKind);
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
  truncate: tables.truncate,
  'lock-table': ({ table, only, mode }, facts) => lockUnlessOnly(table, only, mode, facts),
  'set-persistence': storage.setPersistence,
  'set-tablespace': storage.setTablespace,
  'set-access-method': storage.setAccessMethod,
  'set-options': (change, facts) => {
    const isStrong = change.relationKind === 'foreign-table' || change.options.some((option) => strongOptions.has(option));
    return onRelation(isStrong ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE')(change, facts);
  },
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
  analyze: ({ table }, facts) => (table ? tables.maintain(table, 'SHARE UPDATE EXCLUSIVE', facts) : []),
  repack: newer.repack,
  'split-partition': newer.splitPartition,
  'merge-partitions': newer.mergePartitions,
  cluster: ({ table }, facts) => (table ? lockPartitions(table, false, 'ACCESS EXCLUSIVE', facts, { work: ['rewrite'] }) : []),

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
  'attach-index-partition': none,

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
  'create-function': ({ writes }, facts) => writes.flatMap((table) => lock(table, 'ROW EXCLUSIVE', facts)),
  'alter-function': none,
  'drop-function': none,
  'move-function': none,
  'create-sequence': none,
  'own-sequence': none,
  'drop-sequence': none,
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

/** PostgreSQL is not alone with a table that an extension looks after, nor with what hands it over. */
function byExtensions(effects: readonly Effect[], facts: Facts, change?: Change): readonly Effect[] {
  return effects.map((effect) => {
    const relation = known(effect.relation, facts);
    const management = relation?.management ?? (change?.kind === 'manage-table' ? managementIn(change) : undefined);
    return management ? assumedIf({ kind: 'extension', extension: extensionOf(management), table: effect.relation }, effect) : effect;
  });
}

function managementIn({ management }: ChangeOf<'manage-table'>): Management {
  return typeof management === 'string' ? { kind: 'local-table' } : management.kind === 'further-column' ? { kind: 'hypertable', columns: 'unknown' } : management;
}

/** Where what it names is not there, it does nothing. */
function isOptional(change: Change): boolean {
  return change.onlyIf !== undefined || ('ifExists' in change && change.ifExists && !('column' in change || 'constraint' in change));
}

function claimsOf<K extends ChangeKind>(kind: K, change: ChangeOf<K>, facts: Facts): readonly Effect[] {
  return effectTable[kind](change, facts);
}

const locksOfVerbs: Readonly<Record<DataVerb, LockMode>> = {
  insert: 'ROW EXCLUSIVE',
  update: 'ROW EXCLUSIVE',
  delete: 'ROW EXCLUSIVE',
  merge: 'ROW EXCLUSIVE',
  copy: 'ROW EXCLUSIVE',
  'lock-rows': 'ROW SHARE',
  plan: 'ROW EXCLUSIVE',
};

/** What a statement about rows does to their tables; one effect for each. */
export function effectsOfRows({ actions }: StatementOf<'data'>, facts: Facts): readonly Effect[] {
  return byExtensions(mergeEffects(actions.flatMap((action) => claimsOfRows(action, facts))), facts);
}

/** New rows go to a table or its partitions, never to tables that inherit from it. */
function claimsOfRows({ verb, target, only }: RowAction, facts: Facts): Effect[] {
  const work: WorkFacts = { work: verb === 'lock-rows' || verb === 'plan' ? [] : ['write'] };
  const locks = verb === 'insert' || verb === 'copy' ? lockPartitions : lockUnlessOnly;
  return locks(target, only, locksOfVerbs[verb], facts, work);
}
