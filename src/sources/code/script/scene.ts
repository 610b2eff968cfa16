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
  /** Those that only happen when the script has run. */
  readonly #kept = new Set<Deed>();
  #isKeeping = false;
  #steps = 0;
  #depth = 0;
  #open = 0;

  constructor(invoke: (called: MadeFunction, args: readonly Value[], scene: Scene, self: Value | undefined) => Value) {
    this.#invoke = invoke;
  }

  /** In the order in which they happen: what the tool keeps comes behind what is sent at once. */
  get deeds(): readonly Deed[] {
    const isKept = (deed: Deed): boolean => this.#kept.has(deed);
    return [...withoutEmptyBranches(this.#deeds.filter((deed) => !isKept(deed))), ...withoutEmptyBranches(this.#deeds.filter((deed) => deed.kind === 'branch' || isKept(deed)))];
  }

  /** What is assigned now may not be assigned in a run. */
  get isInBranch(): boolean {
    return this.#open > 0;
  }

  /** Text that holds nothing but what only a run knows is a gap. */
  send(pieces: readonly Piece[], place: Span): void {
    this.#add({ kind: 'message', pieces, place });
  }

  gap(why: string, place: Span): void {
    const last = this.#deeds.at(-1);
    const isSaid = last?.kind === 'gap' && last.place.start === place.start && last.place.end === place.end;
    if (!isSaid) this.#add({ kind: 'gap', why, place });
  }

  /** How many branches are open. */
  get depth(): number {
    return this.#open;
  }

  /** Does `work` do something that nobody knows? */
  hasGapOf(work: () => void): boolean {
    const before = this.#deeds.length;
    work();
    return this.#deeds.slice(before).some(({ kind }) => kind === 'gap');
  }

  #add(deed: Deed): void {
    this.#deeds.push(deed);
    if (this.#isKeeping) this.#kept.add(deed);
  }

  /** The tool keeps what `work` sends until the script has run. */
  keeping<T>(work: () => T): T {
    const before = this.#isKeeping;
    this.#isKeeping = true;
    const result = work();
    this.#isKeeping = before;
    return result;
  }

  /** Nothing of what `work` did happens where `isDone` says so of its result. */
  unless<T>(isDone: (result: T) => boolean, work: () => T): T {
    const before = this.#deeds.length;
    const result = work();
    if (isDone(result)) this.#deeds = this.#deeds.slice(0, before);
    return result;
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

/** Of a branch in which nothing happens, nobody need know. */
function withoutEmptyBranches(deeds: readonly Deed[]): readonly Deed[] {
  const left: Deed[] = [];
  for (const deed of deeds) {
    if (deed.kind === 'branch' && deed.step === 'ends') {
      const begins = left.findLastIndex((one) => one.kind !== 'branch' || one.step === 'begins' || one.step === 'ends');
      const opening = left[begins];
      if (opening?.kind === 'branch' && opening.step === 'begins') {
        left.splice(begins);
        continue;
      }
    }
    left.push(deed);
  }
  return left;
}
