// The cures by the rules whose findings they cure.

import type { Remedy } from '../ailment.ts';
import { missingLockTimeout } from './missing-lock-timeout.ts';
import { nonConcurrentIndex } from './non-concurrent-index.ts';
import { unsplitConstraint } from './unsplit-constraint.ts';

export const remedies: ReadonlyMap<string, Remedy> = new Map([
  ['missing-lock-timeout', missingLockTimeout],
  ['non-concurrent-index', nonConcurrentIndex],
  ['unsplit-constraint', unsplitConstraint],
]);
