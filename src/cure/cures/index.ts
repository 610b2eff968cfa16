// The cures by the rules whose findings they cure.

import type { Remedy } from '../ailment.ts';
import { blockingUniqueConstraint } from './blocking-unique-constraint.ts';
import { charColumn, jsonColumn, limitedVarchar, moneyColumn, serialColumn, smallIntegerKey, timestampWithoutTimeZone } from './column-types.ts';
import { blockingIndexDrop, blockingPartitionDetach, blockingRefresh, blockingReindex, concurrentlyInTransaction } from './concurrently.ts';
import { existingObject, missingIfExists, missingObject, notRetrySafe } from './existence.ts';
import { rewritingColumn, volatileDefault } from './filled-column.ts';
import { hiddenInvalidIndex } from './hidden-invalid-index.ts';
import { mismatchedForeignKeyType } from './mismatched-foreign-key-type.ts';
import { missingLockTimeout, missingStatementTimeout } from './missing-timeouts.ts';
import { nonConcurrentIndex } from './non-concurrent-index.ts';
import { nullablePrimaryKey } from './nullable-primary-key.ts';
import { partitionCreatedInPlace } from './partition-created-in-place.ts';
import { partitionedIndex } from './partitioned-index.ts';
import { redundantIndex } from './redundant-index.ts';
import { securityDefinerWithoutSearchPath } from './security-definer-without-search-path.ts';
import { lockUpgrade, severalTablesLocked, workWhileLocked } from './split.ts';
import { ineffectiveTimeout, interruptedConcurrentBuild, longLockTimeout } from './timeouts.ts';
import { enumValueUsedEarly, nestedTransaction, pendingTriggerEvents, uncommittedTransaction } from './transactions.ts';
import { unbatchedBackfill } from './unbatched-backfill.ts';
import { unindexedForeignKey } from './unindexed-foreign-key.ts';
import { unnamedConstraint } from './unnamed-constraint.ts';
import { unprovenNotNull } from './unproven-not-null.ts';
import { unprovenPartition } from './unproven-partition.ts';
import { unqualifiedName } from './unqualified-name.ts';
import { unsplitConstraint } from './unsplit-constraint.ts';
import { unexplainedWork, unsplittableConstraint } from './unsplittable-constraint.ts';

export const remedies: ReadonlyMap<string, Remedy> = new Map([
  ['blocking-index-drop', blockingIndexDrop],
  ['blocking-partition-detach', blockingPartitionDetach],
  ['blocking-refresh', blockingRefresh],
  ['blocking-reindex', blockingReindex],
  ['blocking-unique-constraint', blockingUniqueConstraint],
  ['char-column', charColumn],
  ['concurrent-index-on-partitioned-table', partitionedIndex],
  ['concurrently-in-transaction', concurrentlyInTransaction],
  ['enum-value-used-early', enumValueUsedEarly],
  ['existing-object', existingObject],
  ['hidden-invalid-index', hiddenInvalidIndex],
  ['ineffective-timeout', ineffectiveTimeout],
  ['interrupted-concurrent-build', interruptedConcurrentBuild],
  ['json-column', jsonColumn],
  ['limited-varchar', limitedVarchar],
  ['lock-upgrade', lockUpgrade],
  ['long-lock-timeout', longLockTimeout],
  ['mismatched-foreign-key-type', mismatchedForeignKeyType],
  ['missing-if-exists', missingIfExists],
  ['missing-lock-timeout', missingLockTimeout],
  ['missing-object', missingObject],
  ['missing-statement-timeout', missingStatementTimeout],
  ['money-column', moneyColumn],
  ['nested-transaction', nestedTransaction],
  ['non-concurrent-index', nonConcurrentIndex],
  ['not-retry-safe', notRetrySafe],
  ['nullable-primary-key', nullablePrimaryKey],
  ['partition-created-in-place', partitionCreatedInPlace],
  ['pending-trigger-events', pendingTriggerEvents],
  ['redundant-index', redundantIndex],
  ['rewriting-column', rewritingColumn],
  ['security-definer-without-search-path', securityDefinerWithoutSearchPath],
  ['serial-column', serialColumn],
  ['several-tables-locked', severalTablesLocked],
  ['small-integer-key', smallIntegerKey],
  ['timestamp-without-time-zone', timestampWithoutTimeZone],
  ['unbatched-backfill', unbatchedBackfill],
  ['uncommitted-transaction', uncommittedTransaction],
  ['unexplained-blocking-work', unexplainedWork],
  ['unindexed-foreign-key', unindexedForeignKey],
  ['unnamed-constraint', unnamedConstraint],
  ['unproven-not-null', unprovenNotNull],
  ['unproven-partition', unprovenPartition],
  ['unqualified-name', unqualifiedName],
  ['unsplit-constraint', unsplitConstraint],
  ['unsplittable-constraint', unsplittableConstraint],
  ['volatile-default', volatileDefault],
  ['work-while-locked', workWhileLocked],
]);
