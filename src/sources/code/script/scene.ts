// What a script does, as it is followed: what it sends, in which order, and what of it may not happen.

import type { Span } from '../../../text/span.ts';
import type { Deed, Piece } from '../reading/code-reading.ts';
import type { MadeFunction, Value } from './value.ts';

/** Steps that are taken in a script. No migration is longer that somebody has written. */
const MOST_STEPS = 100_000;

const DEEPEST_CALL = 20;

export class Scene {
  readonly #invoke: (called: MadeFunction, args: readonly Value[], scene: Scene, self: Value | undefined) => Value;
  #deeds: Deed[] = [];
  #steps = 0;
  #depth = 0;
  #open = 0;

  constructor(invoke: (called: MadeFunction, args: readonly Value[], scene: Scene, self: Value | undefined) => Value) {
    this.#invoke = invoke;
  }

  get deeds(): readonly Deed[] {
    return this.#deeds;
  }

  /** What is assigned now may not be assigned in a run. */
  get isInBranch(): boolean {
    return this.#open > 0;
  }

  /** Text that holds nothing but what only a run knows is a gap. */
  send(pieces: readonly Piece[], place: Span): void {
    this.#deeds.push({ kind: 'message', pieces, place });
  }

  gap(why: string, place: Span): void {
    const last = this.#deeds.at(-1);
    const isSaid = last?.kind === 'gap' && last.place.start === place.start && last.place.end === place.end;
    if (!isSaid) this.#deeds.push({ kind: 'gap', why, place });
  }

  branch(step: 'begins' | 'turns' | 'ends'): void {
    this.#open += step === 'begins' ? 1 : step === 'ends' ? -1 : 0;
    this.#deeds.push({ kind: 'branch', step });
  }

  /** `work` may not happen. */
  perhaps<T>(work: () => T): T {
    this.branch('begins');
    const result = work();
    this.branch('ends');
    return result;
  }

  /** False: it goes on for too long. */
  step(): boolean {
    return (this.#steps += 1) <= MOST_STEPS;
  }

  /** Undefined: the calls go too deep. */
  call(called: MadeFunction, args: readonly Value[], self?: Value): Value | undefined {
    if (this.#depth >= DEEPEST_CALL) return undefined;
    this.#depth += 1;
    const result = this.#invoke(called, args, this, self);
    this.#depth -= 1;
    return result;
  }
}
