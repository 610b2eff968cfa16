// The cures by the rules whose findings they cure.

import type { Remedy } from '../ailment.ts';
import { blockingUniqueConstraint } from './blocking-unique-constraint.ts';
import { blockingIndexDrop, blockingPartitionDetach, blockingRefresh, blockingReindex, concurrentlyInTransaction } from './concurrently.ts';
import { existingObject, missingIfExists, missingObject, notRetrySafe } from './existence.ts';
import { rewritingColumn, volatileDefault } from './filled-column.ts';
import { hiddenInvalidIndex } from './hidden-invalid-index.ts';
import { missingLockTimeout, missingStatementTimeout } from './missing-timeouts.ts';
import { nonConcurrentIndex } from './non-concurrent-index.ts';
import { partitionCreatedInPlace } from './partition-created-in-place.ts';
import { lockUpgrade, severalTablesLocked, workWhileLocked } from './split.ts';
import { ineffectiveTimeout, interruptedConcurrentBuild, longLockTimeout } from './timeouts.ts';
import { enumValueUsedEarly, nestedTransaction, pendingTriggerEvents, uncommittedTransaction } from './transactions.ts';
import { nullablePrimaryKey } from './nullable-primary-key.ts';
import { partitionedIndex } from './partitioned-index.ts';
import { unbatchedBackfill } from './unbatched-backfill.ts';
import { unprovenNotNull } from './unproven-not-null.ts';
import { unprovenPartition } from './unproven-partition.ts';
import { unexplainedWork, unsplittableConstraint } from './unsplittable-constraint.ts';
import { unsplitConstraint } from './unsplit-constraint.ts';

export const remedies: ReadonlyMap<string, Remedy> = new Map([
  ['blocking-index-drop', blockingIndexDrop],
  ['blocking-partition-detach', blockingPartitionDetach],
  ['blocking-refresh', blockingRefresh],
  ['blocking-reindex', blockingReindex],
  ['blocking-unique-constraint', blockingUniqueConstraint],
  ['concurrent-index-on-partitioned-table', partitionedIndex],
  ['concurrently-in-transaction', concurrentlyInTransaction],
  ['enum-value-used-early', enumValueUsedEarly],
  ['existing-object', existingObject],
  ['hidden-invalid-index', hiddenInvalidIndex],
  ['ineffective-timeout', ineffectiveTimeout],
  ['interrupted-concurrent-build', interruptedConcurrentBuild],
  ['lock-upgrade', lockUpgrade],
  ['long-lock-timeout', longLockTimeout],
  ['missing-if-exists', missingIfExists],
  ['missing-lock-timeout', missingLockTimeout],
  ['missing-object', missingObject],
  ['missing-statement-timeout', missingStatementTimeout],
  ['nested-transaction', nestedTransaction],
  ['non-concurrent-index', nonConcurrentIndex],
  ['not-retry-safe', notRetrySafe],
  ['nullable-primary-key', nullablePrimaryKey],
  ['partition-created-in-place', partitionCreatedInPlace],
  ['pending-trigger-events', pendingTriggerEvents],
  ['rewriting-column', rewritingColumn],
  ['several-tables-locked', severalTablesLocked],
  ['unbatched-backfill', unbatchedBackfill],
  ['uncommitted-transaction', uncommittedTransaction],
  ['unexplained-blocking-work', unexplainedWork],
  ['unproven-not-null', unprovenNotNull],
  ['unproven-partition', unprovenPartition],
  ['unsplit-constraint', unsplitConstraint],
  ['unsplittable-constraint', unsplittableConstraint],
  ['volatile-default', volatileDefault],
  ['work-while-locked', workWhileLocked],
]);
