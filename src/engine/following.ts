// How far calls are followed from one statement: each function a few times, and none deeper than people write.

import { followCalls, gap } from '../history/follow-calls.ts';
import type { Block } from '../model/block.ts';
import type { Catalog } from '../model/catalog.ts';
import { culprit } from '../model/culprit.ts';
import type { FunctionBody, FunctionRun } from '../model/function-body.ts';
import type { Statement, StatementOf } from '../model/statement.ts';

/** Calls in calls. */
const DEEPEST = 50;

/** Calls of one function with the same arguments: by then, nothing new comes of it. */
const MOST_REPEATS = 8;

/** All calls that one statement is followed into. */
const MOST = 2000;

/** One statement, and where in the functions that it calls we are. */
export class Following {
  readonly #stack: readonly FunctionRun[];
  readonly #told: Told;

  constructor(stack: readonly FunctionRun[] = [], told: Told = new Told()) {
    this.#stack = stack;
    this.#told = told;
  }

  callsOf(statement: Statement, catalog: Catalog): Block<Statement> {
    return followCalls(statement, catalog);
  }

  /** With the functions that lead to it. */
  placed(statement: Statement): Statement {
    if (statement.kind !== 'opaque' || this.#stack.length === 0) return statement;
    const { cause, through, isImplied = false } = statement.culprit;
    const path = [...this.#stack.map((run) => run.function), ...through];
    return { ...statement, culprit: { cause, through: path, isImplied: isImplied || this.#stack.some((run) => run.isImplied) } };
  }

  /** What of a block is told. A function that calls itself does what else it does. */
  into(statement: StatementOf<'block'>): { readonly body: Block<Statement>; readonly following: Following } {
    const { run, body } = statement;
    if (!run) return { body, following: this };
    if (this.#stack.some((other) => other.body === run.body && isSame(other.values, run.values))) return { body: [], following: this };
    const times = this.#told.count(run);
    if (times > MOST_REPEATS) return { body: [], following: this };
    const following = new Following([...this.#stack, run], this.#told);
    const isTooMuch = this.#stack.length >= DEEPEST || this.#told.total > MOST;
    return { body: isTooMuch ? [{ kind: 'run', what: gap(statement, culprit({ kind: 'too-deep' }), statement.span) }] : body, following };
  }
}

class Told {
  total = 0;
  readonly #times = new Map<FunctionBody, Map<string, number>>();

  count({ body, values }: FunctionRun): number {
    this.total += 1;
    const times = this.#times.get(body) ?? new Map<string, number>();
    const key = JSON.stringify(values.map((value) => value ?? null));
    const count = (times.get(key) ?? 0) + 1;
    this.#times.set(body, times.set(key, count));
    return count;
  }
}

function isSame(left: FunctionRun['values'], right: FunctionRun['values']): boolean {
  return left.length === right.length && left.every((value, place) => value === right[place]);
}
