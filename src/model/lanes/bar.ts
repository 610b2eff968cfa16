// One stretch of a lane: a relation is locked, and the same ones wait, from a statement to another one of the same transaction.

import type { Waiters, Work } from '../effect.ts';
import type { LockMode } from '../lock.ts';
import type { ExplainedStatement } from '../report.ts';

/** What is asked of a statement, whether it was read or run. */
export type LockingStatement = Pick<ExplainedStatement, 'effects' | 'sharedTransaction' | 'action' | 'refusal'>;

export interface Bar {
  /** The ordinal of the first statement of the transaction: bars of the same one are of the same transaction. */
  readonly transaction: number;
  /** The ordinal of the statement from which on they wait. */
  readonly from: number;
  /** The ordinal of the last statement before the transaction ends, or before others wait. */
  readonly to: number;
  /** The strongest that is held in it. */
  readonly lock: LockMode;
  readonly waiters: Waiters;
  readonly isAssumed: boolean;
  /** Where rows are read or written while others wait for it, or could. */
  readonly working: readonly { readonly at: number; readonly work: readonly Work[] }[];
}
