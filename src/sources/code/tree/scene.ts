// What code does, as it is followed: what it sends, in which order and in which transactions, and what of it may not happen.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import type { Deed, Piece, Section } from '../reading/code-reading.ts';

/** Steps that are taken in a piece of code. No migration is longer that somebody has written. */
const MOST_STEPS = 100_000;

const DEEPEST_CALL = 20;

/** Texts that are put together of as many. */
const DEEPEST_EXPRESSION = 500;

type Certainty = 'surely' | 'perhaps';

export class Scene {
  readonly #mode: TransactionMode;
  readonly #sections: { readonly transaction: TransactionMode; readonly deeds: Deed[] }[];
  #steps = 0;
  #calls = 0;
  #inside = 0;
  #open = 0;
  #left: Certainty | undefined;
  /** What stays together where all is reversed: its deeds, of the last section. */
  #units: readonly Stretch[] = [];

  /** `mode`: of what says nothing else. */
  constructor(mode: TransactionMode) {
    this.#mode = mode;
    this.#sections = [{ transaction: mode, deeds: [] }];
  }

  get sections(): readonly Section[] {
    const held = this.#sections.filter(({ deeds }) => deeds.length > 0);
    return held.length > 0 ? held : [{ transaction: this.#mode, deeds: [] }];
  }

  /** Branches in branches: what is done now may not be done in a run. */
  get depth(): number {
    return this.#open;
  }

  /** What `work` does is done each on its own, behind the end of the transaction; another one begins behind it. */
  outside(work: () => void): void {
    const before = this.#sections.at(-1)?.transaction ?? this.#mode;
    this.#sections.push({ transaction: 'statement', deeds: [] });
    work();
    this.#sections.push({ transaction: before, deeds: [] });
  }

  send(pieces: readonly Piece[], place: Span): void {
    this.#do({ kind: 'message', pieces, place });
  }

  gap(why: string, place: Span): void {
    const last = this.#deeds.at(-1);
    const isSaid = last?.kind === 'gap' && last.place.start === place.start && last.place.end === place.end;
    if (!isSaid) this.#do({ kind: 'gap', why, place });
  }

  branch(step: 'begins' | 'turns' | 'ends'): void {
    this.#open += step === 'begins' ? 1 : step === 'ends' ? -1 : 0;
    if (step !== 'ends') this.#do({ kind: 'branch', step });
    else this.#endBranch();
  }

  /** One in which nothing is done is none. */
  #endBranch(): void {
    const deeds = this.#deeds;
    while (isStep(deeds.at(-1), 'turns')) deeds.pop();
    if (isStep(deeds.at(-1), 'begins')) deeds.pop();
    else this.#do({ kind: 'branch', step: 'ends' });
  }

  /** `work` may not happen. */
  perhaps<T>(work: () => T): T {
    const before = this.#left;
    this.branch('begins');
    const result = work();
    this.branch('ends');
    if (before === undefined && this.#left) this.#left = 'perhaps';
    return result;
  }

  /** The function around a block is left in it. */
  leave(how: Certainty): void {
    this.#left = this.#left === 'surely' ? 'surely' : how;
  }

  /** How it was left; undefined: it was not. It is said once. */
  takeLeft(): Certainty | undefined {
    const left = this.#left;
    this.#left = undefined;
    return left;
  }

  /** What `work` does stays in its order where it is reversed with what stands around it. */
  together(work: () => void): void {
    const [start, before] = [this.#deeds.length, this.#units];
    work();
    this.#units = [...before, { start, end: this.#deeds.length }];
  }

  /** What `work` does, the last of it first. */
  reversed(work: () => void): void {
    const [start, before] = [this.#deeds.length, this.#units];
    this.#units = [];
    work();
    const done = unitsOf(this.#deeds, start, this.#units).toReversed();
    this.#deeds.splice(start);
    this.#units = before;
    for (const unit of done) this.together(() => this.#deeds.push(...unit));
  }

  /** Undefined: what stands in each other is too deep. */
  inside<T>(work: () => T): T | undefined {
    if (this.#inside >= DEEPEST_EXPRESSION) return undefined;
    this.#inside += 1;
    const result = work();
    this.#inside -= 1;
    return result;
  }

  /** False: it goes on for too long. */
  step(): boolean {
    return (this.#steps += 1) <= MOST_STEPS;
  }

  /** Undefined: the calls go too deep. */
  deeper<T>(work: () => T): T | undefined {
    if (this.#calls >= DEEPEST_CALL) return undefined;
    this.#calls += 1;
    const result = work();
    this.#calls -= 1;
    return result;
  }

  get #deeds(): Deed[] {
    return this.#sections.at(-1)?.deeds ?? [];
  }

  #do(deed: Deed): void {
    this.#deeds.push(deed);
  }
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What is in none is one itself; a branch begins where it ended. */
function unitsOf(deeds: readonly Deed[], from: number, units: readonly Stretch[]): (readonly Deed[])[] {
  const all: (readonly Deed[])[] = [];
  for (let at = from; at < deeds.length; ) {
    const unit = units.find(({ start, end }) => start === at && end > at);
    const one = deeds.slice(at, unit?.end ?? at + 1);
    all.push(one.length === 1 ? one.map(turned) : one);
    at += one.length;
  }
  return all;
}

function turned(deed: Deed): Deed {
  return deed.kind === 'branch' && deed.step !== 'turns' ? { kind: 'branch', step: deed.step === 'begins' ? 'ends' : 'begins' } : deed;
}

function isStep(deed: Deed | undefined, step: 'begins' | 'turns'): boolean {
  return deed?.kind === 'branch' && deed.step === step;
}
