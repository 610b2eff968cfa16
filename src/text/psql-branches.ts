// Which branches of a script psql takes: \if, \elif, \else, \endif. Source: src/fe_utils/conditional.c, src/bin/psql/command.c.

import type { Span } from './span.ts';

export type BranchStep = 'begins' | 'turns' | 'ends';

/** `perhaps`: only a run decides. */
export type BranchState = 'taken' | 'perhaps' | 'skipped';

interface Frame {
  /** Where it stands. */
  readonly outer: BranchState;
  readonly state: BranchState;
  /** One of its arms is taken for sure, so that none behind it is. */
  readonly isDecided: boolean;
  /** An arm of it was told that may not be taken. */
  readonly isTold: boolean;
}

export class PsqlBranches {
  readonly skipped: Span[] = [];
  readonly #frames: Frame[] = [];
  #skippedSince: number | undefined;

  get state(): BranchState {
    return this.#frames.at(-1)?.state ?? 'taken';
  }

  /** What a command is for the story; undefined where it decides nothing that is open. `truth`: what the condition is. */
  take(name: string, { start, end }: Span, truth: () => boolean | undefined): BranchStep | undefined {
    const before = this.state;
    const step = this.#step(name, truth);
    if (before !== 'skipped' && this.state === 'skipped') this.#skippedSince = end;
    if (before === 'skipped' && this.state !== 'skipped') this.end(start);
    return step;
  }

  /** What is skipped ends here. */
  end(at: number): void {
    if (this.#skippedSince !== undefined) this.skipped.push({ start: this.#skippedSince, end: at });
    this.#skippedSince = undefined;
  }

  #step(name: string, truth: () => boolean | undefined): BranchStep | undefined {
    if (name === 'if') {
      const outer = this.state;
      return this.#arm({ outer, state: outer, isDecided: false, isTold: false }, outer === 'skipped' ? false : truth());
    }
    if (name !== 'elif' && name !== 'else' && name !== 'endif') return undefined;
    const frame = this.#frames.pop();
    if (frame === undefined) return undefined;
    if (name === 'endif') return frame.isTold ? 'ends' : undefined;
    const isOpen = frame.outer !== 'skipped' && !frame.isDecided;
    return this.#arm(frame, !isOpen ? false : name === 'else' ? true : truth());
  }

  #arm({ outer, isDecided, isTold }: Frame, truth: boolean | undefined): BranchStep | undefined {
    const isSkipped = truth === false;
    const isSure = truth === true && !isTold;
    const state = isSkipped ? 'skipped' : isSure ? outer : 'perhaps';
    const step = isSkipped || isSure ? undefined : isTold ? 'turns' : 'begins';
    this.#frames.push({ outer, state, isDecided: isDecided || truth === true, isTold: isTold || step !== undefined });
    return step;
  }
}
