// The cures by the rules whose findings they cure.

import type { CureLevel } from '../../model/cure.ts';
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

/** `levels`: those that its cures can be of. */
export interface KnownRemedy {
  readonly remedy: Remedy;
  readonly levels: readonly CureLevel[];
  /** It writes beside statements alone, whatever stands in them. */
  readonly isBeside?: boolean;
}

function reaching(...levels: readonly CureLevel[]): (remedy: Remedy) => KnownRemedy {
  return (remedy) => ({ remedy, levels });
}

const inFile = reaching('safe');
const safely = reaching('safe', 'files');
const unsafely = reaching('unsafe');
const inFileOrUnsafe = reaching('safe', 'unsafe');
const mostlySafe = reaching('safe', 'files', 'unsafe');

export const remedies: ReadonlyMap<string, KnownRemedy> = new Map([
  ['blocking-index-drop', safely(blockingIndexDrop)],
  ['blocking-partition-detach', mostlySafe(blockingPartitionDetach)],
  ['blocking-refresh', inFile(blockingRefresh)],
  ['blocking-reindex', safely(blockingReindex)],
  ['blocking-unique-constraint', safely(blockingUniqueConstraint)],
  ['char-column', unsafely(charColumn)],
  ['concurrent-index-on-partitioned-table', safely(partitionedIndex)],
  ['concurrently-in-transaction', safely(concurrentlyInTransaction)],
  ['enum-value-used-early', safely(enumValueUsedEarly)],
  ['existing-object', unsafely(existingObject)],
  ['hidden-invalid-index', safely(hiddenInvalidIndex)],
  ['ineffective-timeout', inFileOrUnsafe(ineffectiveTimeout)],
  ['interrupted-concurrent-build', inFile(interruptedConcurrentBuild)],
  ['json-column', unsafely(jsonColumn)],
  ['limited-varchar', unsafely(limitedVarchar)],
  ['lock-upgrade', unsafely(lockUpgrade)],
  ['long-lock-timeout', inFile(longLockTimeout)],
  ['mismatched-foreign-key-type', unsafely(mismatchedForeignKeyType)],
  ['missing-if-exists', unsafely(missingIfExists)],
  ['missing-lock-timeout', { ...inFile(missingLockTimeout), isBeside: true }],
  ['missing-object', unsafely(missingObject)],
  ['missing-statement-timeout', { ...unsafely(missingStatementTimeout), isBeside: true }],
  ['money-column', unsafely(moneyColumn)],
  ['nested-transaction', inFile(nestedTransaction)],
  ['non-concurrent-index', safely(nonConcurrentIndex)],
  ['not-retry-safe', unsafely(notRetrySafe)],
  ['nullable-primary-key', safely(nullablePrimaryKey)],
  ['partition-created-in-place', inFileOrUnsafe(partitionCreatedInPlace)],
  ['pending-trigger-events', inFile(pendingTriggerEvents)],
  ['redundant-index', unsafely(redundantIndex)],
  ['rewriting-column', unsafely(rewritingColumn)],
  ['security-definer-without-search-path', unsafely(securityDefinerWithoutSearchPath)],
  ['serial-column', unsafely(serialColumn)],
  ['several-tables-locked', unsafely(severalTablesLocked)],
  ['small-integer-key', unsafely(smallIntegerKey)],
  ['timestamp-without-time-zone', unsafely(timestampWithoutTimeZone)],
  ['unbatched-backfill', unsafely(unbatchedBackfill)],
  ['uncommitted-transaction', unsafely(uncommittedTransaction)],
  ['unexplained-blocking-work', safely(unexplainedWork)],
  ['unindexed-foreign-key', unsafely(unindexedForeignKey)],
  ['unnamed-constraint', inFile(unnamedConstraint)],
  ['unproven-not-null', safely(unprovenNotNull)],
  ['unproven-partition', safely(unprovenPartition)],
  ['unqualified-name', unsafely(unqualifiedName)],
  ['unsplit-constraint', safely(unsplitConstraint)],
  ['unsplittable-constraint', safely(unsplittableConstraint)],
  ['volatile-default', unsafely(volatileDefault)],
  ['work-while-locked', unsafely(workWhileLocked)],
]);
