// The cures by the rules whose findings they cure.

import type { Remedy } from '../ailment.ts';
import { blockingUniqueConstraint } from './blocking-unique-constraint.ts';
import { blockingIndexDrop, blockingPartitionDetach, blockingRefresh, blockingReindex, concurrentlyInTransaction } from './concurrently.ts';
import { missingLockTimeout } from './missing-lock-timeout.ts';
import { nonConcurrentIndex } from './non-concurrent-index.ts';
import { unprovenNotNull } from './unproven-not-null.ts';
import { unsplitConstraint } from './unsplit-constraint.ts';

export const remedies: ReadonlyMap<string, Remedy> = new Map([
  ['blocking-index-drop', blockingIndexDrop],
  ['blocking-partition-detach', blockingPartitionDetach],
  ['blocking-refresh', blockingRefresh],
  ['blocking-reindex', blockingReindex],
  ['blocking-unique-constraint', blockingUniqueConstraint],
  ['concurrently-in-transaction', concurrentlyInTransaction],
  ['missing-lock-timeout', missingLockTimeout],
  ['non-concurrent-index', nonConcurrentIndex],
  ['unproven-not-null', unprovenNotNull],
  ['unsplit-constraint', unsplitConstraint],
]);
