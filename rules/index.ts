// All rules.

import type { Rule } from '../src/rule/index.ts';
import missingTransaction from './failing/missing-transaction.ts';
import blockingPartitionSplit from './locking/blocking-partition-split.ts';
import changedColumnType from './compatibility/changed-column-type.ts';
import droppedColumn from './compatibility/dropped-column.ts';
import droppedKey from './compatibility/dropped-key.ts';
import droppedTable from './compatibility/dropped-table.ts';
import droppedViewOrFunctionInUse from './compatibility/dropped-view-or-function-in-use.ts';
import lostReplicaIdentity from './compatibility/lost-replica-identity.ts';
import movedTable from './compatibility/moved-table.ts';
import renamedColumn from './compatibility/renamed-column.ts';
import renamedEnumValue from './compatibility/renamed-enum-value.ts';
import renamedTable from './compatibility/renamed-table.ts';
import setNullOnRequiredColumn from './compatibility/set-null-on-required-column.ts';
import stricterConstraint from './compatibility/stricter-constraint.ts';
import cascadingDrop from './data/cascading-drop.ts';
import disabledTriggers from './data/disabled-triggers.ts';
import droppedSchemaOrDatabase from './data/dropped-schema-or-database.ts';
import narrowedType from './data/narrowed-type.ts';
import silentlyDroppedConstraint from './data/silently-dropped-constraint.ts';
import truncatedTable from './data/truncated-table.ts';
import concurrentIndexOnPartitionedTable from './failing/concurrent-index-on-partitioned-table.ts';
import concurrentlyInTransaction from './failing/concurrently-in-transaction.ts';
import enumValueUsedEarly from './failing/enum-value-used-early.ts';
import existingObject from './failing/existing-object.ts';
import hiddenInvalidIndex from './failing/hidden-invalid-index.ts';
import impossibleAction from './failing/impossible-action.ts';
import impossibleColumn from './failing/impossible-column.ts';
import impossibleKey from './failing/impossible-key.ts';
import impossiblePartition from './failing/impossible-partition.ts';
import impossibleReplacement from './failing/impossible-replacement.ts';
import interruptedConcurrentBuild from './failing/interrupted-concurrent-build.ts';
import missingObject from './failing/missing-object.ts';
import notNullWithoutBackfill from './failing/not-null-without-backfill.ts';
import notRetrySafe from './failing/not-retry-safe.ts';
import objectInUse from './failing/object-in-use.ts';
import pendingTriggerEvents from './failing/pending-trigger-events.ts';
import requiredColumnWithoutDefault from './failing/required-column-without-default.ts';
import unsplittableConstraint from './failing/unsplittable-constraint.ts';
import unsupportedByExtension from './failing/unsupported-by-extension.ts';
import unsupportedByVersion from './failing/unsupported-by-version.ts';
import blockingExclusionConstraint from './locking/blocking-exclusion-constraint.ts';
import blockingRefresh from './locking/blocking-refresh.ts';
import blockingReindex from './locking/blocking-reindex.ts';
import blockingUniqueConstraint from './locking/blocking-unique-constraint.ts';
import nonConcurrentIndex from './locking/non-concurrent-index.ts';
import nullablePrimaryKey from './locking/nullable-primary-key.ts';
import rewritingColumn from './locking/rewriting-column.ts';
import rewrittenColumnType from './locking/rewritten-column-type.ts';
import rewrittenTable from './locking/rewritten-table.ts';
import unexplainedBlockingWork from './locking/unexplained-blocking-work.ts';
import unprovenNotNull from './locking/unproven-not-null.ts';
import unprovenPartition from './locking/unproven-partition.ts';
import unsplitConstraint from './locking/unsplit-constraint.ts';
import unsplitDomainConstraint from './locking/unsplit-domain-constraint.ts';
import volatileDefault from './locking/volatile-default.ts';
import charColumn from './schema/char-column.ts';
import jsonColumn from './schema/json-column.ts';
import limitedVarchar from './schema/limited-varchar.ts';
import longIdentifier from './schema/long-identifier.ts';
import mismatchedForeignKeyType from './schema/mismatched-foreign-key-type.ts';
import missingIfExists from './schema/missing-if-exists.ts';
import missingPrimaryKey from './schema/missing-primary-key.ts';
import moneyColumn from './schema/money-column.ts';
import redundantIndex from './schema/redundant-index.ts';
import rowSecurityWithoutPolicy from './schema/row-security-without-policy.ts';
import securityDefinerWithoutSearchPath from './schema/security-definer-without-search-path.ts';
import serialColumn from './schema/serial-column.ts';
import smallIntegerKey from './schema/small-integer-key.ts';
import timestampWithoutTimeZone from './schema/timestamp-without-time-zone.ts';
import unindexedForeignKey from './schema/unindexed-foreign-key.ts';
import unnamedConstraint from './schema/unnamed-constraint.ts';
import unqualifiedName from './schema/unqualified-name.ts';
import blockingIndexDrop from './waiting/blocking-index-drop.ts';
import blockingPartitionDetach from './waiting/blocking-partition-detach.ts';
import explicitTableLock from './waiting/explicit-table-lock.ts';
import ineffectiveTimeout from './waiting/ineffective-timeout.ts';
import lockUpgrade from './waiting/lock-upgrade.ts';
import longLockTimeout from './waiting/long-lock-timeout.ts';
import missingLockTimeout from './waiting/missing-lock-timeout.ts';
import missingStatementTimeout from './waiting/missing-statement-timeout.ts';
import nestedTransaction from './waiting/nested-transaction.ts';
import partitionCreatedInPlace from './waiting/partition-created-in-place.ts';
import referencedTableLocked from './waiting/referenced-table-locked.ts';
import severalTablesLocked from './waiting/several-tables-locked.ts';
import unbatchedBackfill from './waiting/unbatched-backfill.ts';
import uncommittedTransaction from './waiting/uncommitted-transaction.ts';
import workWhileLocked from './waiting/work-while-locked.ts';

export const rules: readonly Rule[] = [
  missingTransaction,
  blockingPartitionSplit,
  blockingExclusionConstraint,
  blockingRefresh,
  blockingReindex,
  blockingUniqueConstraint,
  nonConcurrentIndex,
  nullablePrimaryKey,
  rewritingColumn,
  rewrittenColumnType,
  rewrittenTable,
  unexplainedBlockingWork,
  unprovenNotNull,
  unprovenPartition,
  unsplitConstraint,
  unsplitDomainConstraint,
  volatileDefault,
  blockingIndexDrop,
  blockingPartitionDetach,
  explicitTableLock,
  ineffectiveTimeout,
  lockUpgrade,
  longLockTimeout,
  missingLockTimeout,
  missingStatementTimeout,
  nestedTransaction,
  partitionCreatedInPlace,
  referencedTableLocked,
  severalTablesLocked,
  unbatchedBackfill,
  uncommittedTransaction,
  workWhileLocked,
  concurrentIndexOnPartitionedTable,
  concurrentlyInTransaction,
  enumValueUsedEarly,
  existingObject,
  hiddenInvalidIndex,
  impossibleAction,
  impossibleColumn,
  impossibleKey,
  impossiblePartition,
  impossibleReplacement,
  interruptedConcurrentBuild,
  missingObject,
  notNullWithoutBackfill,
  notRetrySafe,
  objectInUse,
  pendingTriggerEvents,
  requiredColumnWithoutDefault,
  unsplittableConstraint,
  unsupportedByExtension,
  unsupportedByVersion,
  changedColumnType,
  droppedColumn,
  droppedKey,
  droppedTable,
  droppedViewOrFunctionInUse,
  lostReplicaIdentity,
  movedTable,
  renamedColumn,
  renamedEnumValue,
  renamedTable,
  setNullOnRequiredColumn,
  stricterConstraint,
  cascadingDrop,
  disabledTriggers,
  droppedSchemaOrDatabase,
  narrowedType,
  silentlyDroppedConstraint,
  truncatedTable,
  charColumn,
  jsonColumn,
  limitedVarchar,
  longIdentifier,
  mismatchedForeignKeyType,
  missingIfExists,
  missingPrimaryKey,
  moneyColumn,
  redundantIndex,
  rowSecurityWithoutPolicy,
  securityDefinerWithoutSearchPath,
  serialColumn,
  smallIntegerKey,
  timestampWithoutTimeZone,
  unindexedForeignKey,
  unnamedConstraint,
  unqualifiedName,
];
