// Which relations in use are locked, and from which statement to which: a lane each, with a bar for each stretch in which the same ones wait.

import { printName, type QualifiedName } from '../names.ts';
import type { Bar, LockingStatement } from './bar.ts';
import { OpenTransaction } from './open-transaction.ts';

export interface Lane {
  readonly relation: QualifiedName;
  /** In their order; in one transaction, they follow each other without a gap. */
  readonly bars: readonly Bar[];
}

/** In the order in which the relations are first locked. `statements`: all of a run, in the order in which they are run. */
export function lockLanes(statements: readonly LockingStatement[]): readonly Lane[] {
  const bars = transactionsOf(statements).flatMap((ordinals) => barsOf(ordinals, statements));
  const lanes = new Map<string, { readonly relation: QualifiedName; readonly bars: Bar[] }>();
  for (const { relation, bar } of bars.toSorted((left, right) => left.bar.from - right.bar.from)) {
    const name = printName(relation);
    const lane = lanes.get(name);
    if (lane) lane.bars.push(bar);
    else lanes.set(name, { relation, bars: [bar] });
  }
  return [...lanes.values()];
}

/** Ordinals of the statements of each. */
function transactionsOf(statements: readonly LockingStatement[]): readonly (readonly number[])[] {
  const transactions: number[][] = [];
  const shared = new Map<number, number[]>();
  for (const [ordinal, { sharedTransaction: number }] of statements.entries()) {
    const open = number === undefined ? undefined : shared.get(number);
    if (open) {
      open.push(ordinal);
      continue;
    }
    const opened = [ordinal];
    transactions.push(opened);
    if (number !== undefined) shared.set(number, opened);
  }
  return transactions;
}

function barsOf(ordinals: readonly number[], statements: readonly LockingStatement[]): ReturnType<OpenTransaction['end']> {
  const transaction = new OpenTransaction(ordinals[0] ?? 0);
  for (const ordinal of ordinals) {
    const statement = statements[ordinal];
    if (statement) transaction.run(ordinal, statement);
  }
  return transaction.end(ordinals.at(-1) ?? 0);
}
