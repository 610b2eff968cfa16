// All rules.

import type { Rule } from '../src/rule/index.ts';
import concurrentlyInTransaction from './failing/concurrently-in-transaction.ts';
import notNullWithoutBackfill from './failing/not-null-without-backfill.ts';
import nonConcurrentIndex from './locking/non-concurrent-index.ts';
import unprovenNotNull from './locking/unproven-not-null.ts';
import unsplitConstraint from './locking/unsplit-constraint.ts';
import volatileDefault from './locking/volatile-default.ts';
import longLockTimeout from './waiting/long-lock-timeout.ts';
import missingLockTimeout from './waiting/missing-lock-timeout.ts';

export const rules: readonly Rule[] = [
  nonConcurrentIndex,
  unprovenNotNull,
  unsplitConstraint,
  volatileDefault,
  longLockTimeout,
  missingLockTimeout,
  concurrentlyInTransaction,
  notNullWithoutBackfill,
];
