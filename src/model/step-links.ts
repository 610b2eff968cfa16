// How the steps of a timeline hang together: which share a transaction, who took a lock, who wrote rows before. Each is found out when
// the first rule asks.

import { runsIn } from './block.ts';
import { printName, type QualifiedName } from './names.ts';
import type { RowAction } from './row-action.ts';
import type { Statement } from './statement.ts';
import type { Step } from './timeline.ts';
import type { Span } from '../text/span.ts';

/** What a statement does to the rows of a table. */
export interface Writing {
  readonly step: Step;
  readonly action: RowAction;
  /** The code of a block may do it. */
  readonly isInBlock: boolean;
}

export class StepLinks {
  readonly #steps: readonly Step[];
  #saysHowItIsRun: boolean | undefined;
  #lastByTransaction: ReadonlyMap<number, Step> | undefined;
  #byPlace: ReadonlyMap<Span, Step> | undefined;
  #writings: ReadonlyMap<string, readonly Writing[]> | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** Does any of them show whether the file is run in one transaction: BEGIN, or what PostgreSQL refuses in one? */
  get saysHowItIsRun(): boolean {
    return (this.#saysHowItIsRun ??= this.#steps.some(({ statement, transaction }) => statement.kind === 'transaction' || transaction === 'forbidden'));
  }

  /** The last one in the transaction of a step. */
  lastWith(step: Step): Step {
    this.#lastByTransaction ??= new Map(this.#steps.map((one) => [transactionOf(one), one]));
    return this.#lastByTransaction.get(transactionOf(step)) ?? step;
  }

  /** The one whose statement stands at a place. */
  at(place: Span): Step | undefined {
    this.#byPlace ??= new Map(this.#steps.toReversed().map((step) => [step.statement.span, step]));
    return this.#byPlace.get(place);
  }

  /** In their order. */
  writingsOf(table: QualifiedName): readonly Writing[] {
    this.#writings ??= writingsIn(this.#steps);
    return this.#writings.get(printName(table)) ?? [];
  }
}

/** The ordinal of the first statement of its transaction: statements that share one have the same. */
export function transactionOf({ session, before }: Step): number {
  return session.transaction?.since ?? before.parts.moment.statement;
}

/** Does a step come before another one of its timeline? */
export function isBefore(step: Step, other: Step): boolean {
  return step.before.parts.moment.statement < other.before.parts.moment.statement;
}

function writingsIn(steps: readonly Step[]): ReadonlyMap<string, readonly Writing[]> {
  const all = new Map<string, Writing[]>();
  for (const step of steps) {
    for (const run of runsOf(step.statement)) {
      if (run.kind !== 'data') continue;
      for (const action of run.actions) {
        const table = printName(step.before.qualify(action.target));
        const known = all.get(table) ?? [];
        known.push({ step, action, isInBlock: step.statement.kind === 'block' });
        all.set(table, known);
      }
    }
  }
  return all;
}

function runsOf(statement: Statement): readonly Statement[] {
  return statement.kind === 'block' ? runsIn(statement.body) : [statement];
}
