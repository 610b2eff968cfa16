// All rules.

import type { Rule } from '../src/rule/index.ts';
import changedColumnType from './compatibility/changed-column-type.ts';
import droppedColumn from './compatibility/dropped-column.ts';
import droppedTable from './compatibility/dropped-table.ts';
import droppedViewOrFunctionInUse from './compatibility/dropped-view-or-function-in-use.ts';
import lostReplicaIdentity from './compatibility/lost-replica-identity.ts';
import movedTable from './compatibility/moved-table.ts';
import renamedColumn from './compatibility/renamed-column.ts';
import renamedEnumValue from './compatibility/renamed-enum-value.ts';
import renamedTable from './compatibility/renamed-table.ts';
import stricterConstraint from './compatibility/stricter-constraint.ts';
import cascadingDrop from './data/cascading-drop.ts';
import droppedSchemaOrDatabase from './data/dropped-schema-or-database.ts';
import narrowedType from './data/narrowed-type.ts';
import silentlyDroppedConstraint from './data/silently-dropped-constraint.ts';
import truncatedTable from './data/truncated-table.ts';
import concurrentlyInTransaction from './failing/concurrently-in-transaction.ts';
import enumValueUsedEarly from './failing/enum-value-used-early.ts';
import interruptedConcurrentBuild from './failing/interrupted-concurrent-build.ts';
import notNullWithoutBackfill from './failing/not-null-without-backfill.ts';
import notRetrySafe from './failing/not-retry-safe.ts';
import requiredColumnWithoutDefault from './failing/required-column-without-default.ts';
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
import ineffectiveTimeout from './waiting/ineffective-timeout.ts';
import longLockTimeout from './waiting/long-lock-timeout.ts';
import missingLockTimeout from './waiting/missing-lock-timeout.ts';
import nestedTransaction from './waiting/nested-transaction.ts';
import severalTablesLocked from './waiting/several-tables-locked.ts';
import uncommittedTransaction from './waiting/uncommitted-transaction.ts';
import workWhileLocked from './waiting/work-while-locked.ts';

export const rules: readonly Rule[] = [
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
  ineffectiveTimeout,
  longLockTimeout,
  missingLockTimeout,
  nestedTransaction,
  severalTablesLocked,
  uncommittedTransaction,
  workWhileLocked,
  concurrentlyInTransaction,
  enumValueUsedEarly,
  interruptedConcurrentBuild,
  notNullWithoutBackfill,
  notRetrySafe,
  requiredColumnWithoutDefault,
  changedColumnType,
  droppedColumn,
  droppedTable,
  droppedViewOrFunctionInUse,
  lostReplicaIdentity,
  movedTable,
  renamedColumn,
  renamedEnumValue,
  renamedTable,
  stricterConstraint,
  cascadingDrop,
  droppedSchemaOrDatabase,
  narrowedType,
  silentlyDroppedConstraint,
  truncatedTable,
];
