// Which statements share a transaction: a number for each, over all migrations of a run.

import type { Transaction } from '../model/session.ts';
import type { Step } from '../model/timeline.ts';
import type { ParsedMigration } from './parsed-migration.ts';

/** Asked for one statement after the other, as they are told. */
export class SharedTransactions {
  #count = 0;
  #last: Opened | undefined;

  /** Undefined for a statement that is alone in its transaction. */
  numberOf(step: Step, migration: ParsedMigration): number | undefined {
    const opened = openedFor(step, migration);
    if (opened === undefined) return undefined;
    if (this.#last === undefined || !isSame(this.#last, opened)) this.#count += 1;
    this.#last = opened;
    return this.#count;
  }
}

interface Opened {
  /** Undefined for the BEGIN that opens it. */
  readonly transaction: Transaction | undefined;
  readonly since: number;
  readonly migration: ParsedMigration;
}

function openedFor({ transaction: place, session: { transaction }, before }: Step, migration: ParsedMigration): Opened | undefined {
  return place === 'inside' ? { transaction, since: transaction?.since ?? before.parts.moment.statement, migration } : undefined;
}

/** Ordinals of statements begin anew in another history; a transaction that goes on from one migration to the next stays the same value. */
function isSame(left: Opened, right: Opened): boolean {
  return left.since === right.since && (left.migration === right.migration || (left.transaction !== undefined && left.transaction === right.transaction));
}
