// The locks of one transaction while it runs: taken by statements, given back by ROLLBACK TO, gone at its end.

import { whoWaits, type Effect } from '../effect.ts';
import { isStronger } from '../lock.ts';
import { printName, type QualifiedName } from '../names.ts';
import type { TransactionAction } from '../statement.ts';
import type { Bar, LockingStatement } from './bar.ts';

interface PlacedBar {
  readonly relation: QualifiedName;
  readonly bar: Bar;
}

/** A bar that nothing has ended yet. */
interface OpenBar {
  readonly from: number;
  readonly strongest: Effect;
  readonly working: { readonly at: number; readonly work: Effect['work'] }[];
}

export class OpenTransaction {
  readonly #first: number;
  readonly #open = new Map<string, OpenBar>();
  readonly #ended: PlacedBar[] = [];
  /** By the name of the relation: the strongest that was held behind each effect on it. */
  readonly #held = new Map<string, Effect[]>();
  /** The names of relations, in the order of the effects on them. */
  readonly #taken: string[] = [];
  /** `taken`: how many effects there were when it was set. */
  readonly #savepoints: { readonly name: string; readonly taken: number }[] = [];

  /** `first`: the ordinal of its first statement. */
  constructor(first: number) {
    this.#first = first;
  }

  /** What PostgreSQL refuses takes nothing that lasts. */
  run(ordinal: number, { effects, action, refusal }: LockingStatement): void {
    if (action) this.#follow(ordinal, action);
    if (refusal) return;
    for (const effect of effects) if (!effect.new) this.#take(ordinal, effect);
  }

  /** `last`: the ordinal of its last statement. */
  end(last: number): readonly PlacedBar[] {
    for (const name of [...this.#open.keys()]) this.#close(name, last);
    return this.#ended;
  }

  #take(ordinal: number, effect: Effect): void {
    const name = printName(effect.relation);
    const held = this.#held.get(name) ?? [];
    const before = held.at(-1);
    const strongest = before && !isStronger(effect.lock, before.lock) ? before : effect;
    this.#held.set(name, held);
    held.push(strongest);
    this.#taken.push(name);
    this.#continue(name, strongest, ordinal);
    if (effect.work.length > 0 && !effect.isIdle) this.#open.get(name)?.working.push({ at: ordinal, work: effect.work });
  }

  /** `strongest`: what is held from now on. `from`: the ordinal of the first statement under it. */
  #continue(name: string, strongest: Effect | undefined, from: number): void {
    const open = this.#open.get(name);
    if (open && strongest && whoWaits(open.strongest) === whoWaits(strongest)) {
      if (isStronger(strongest.lock, open.strongest.lock)) this.#open.set(name, { ...open, strongest });
      return;
    }
    this.#close(name, from - 1);
    if (strongest) this.#open.set(name, { from, strongest, working: [] });
  }

  #follow(ordinal: number, action: TransactionAction): void {
    if (action.kind === 'savepoint') this.#savepoints.push({ name: action.name, taken: this.#taken.length });
    if (action.kind !== 'release' && action.kind !== 'rollback-to') return;
    const index = this.#savepoints.findLastIndex(({ name }) => name === action.name);
    const savepoint = this.#savepoints[index];
    if (savepoint === undefined) return;
    this.#savepoints.splice(action.kind === 'release' ? index : index + 1);
    if (action.kind === 'rollback-to') this.#goBack(ordinal, savepoint.taken);
  }

  /** A stronger lock gives way to what was held before. */
  #goBack(ordinal: number, taken: number): void {
    const givenBack = this.#taken.splice(taken);
    for (const name of givenBack) this.#held.get(name)?.pop();
    for (const name of new Set(givenBack)) this.#continue(name, this.#held.get(name)?.at(-1), ordinal + 1);
  }

  /** One that would begin behind its end is none: the transaction ends with the ROLLBACK TO. */
  #close(name: string, to: number): void {
    const open = this.#open.get(name);
    this.#open.delete(name);
    if (open === undefined || open.from > to) return;
    const { from, strongest, working } = open;
    const { relation, lock, certainty } = strongest;
    this.#ended.push({ relation, bar: { transaction: this.#first, from, to, lock, waiters: whoWaits(strongest), isAssumed: certainty === 'assumed', working } });
  }
}
