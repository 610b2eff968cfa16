// What stands in a linted migration and was not linted, because its tool does not run it there.

import type { Span } from '../text/span.ts';

/** `down`: the way back · `elsewhere`: for another database · `ignored`: its own marks say that nobody runs it. */
const leftOutKinds = ['down', 'elsewhere', 'ignored'] as const;

export type LeftOutKind = (typeof leftOutKinds)[number];

export interface LeftOutSection {
  readonly kind: LeftOutKind;
  readonly span: Span;
  /** Those that hold something. */
  readonly lines: number;
}

/** All of one kind, put together. */
export interface LeftOutSum {
  readonly kind: LeftOutKind;
  /** Of files that are linted, and how many lines they have. */
  readonly sections: number;
  readonly lines: number;
  /** Whole files, which were asked for. */
  readonly files: number;
}

/** One for each kind that there is, in the order of the kinds. `files`: the kind of each. */
export function sumOfLeftOut(sections: readonly LeftOutSection[], files: readonly LeftOutKind[]): readonly LeftOutSum[] {
  const sums = leftOutKinds.map((kind): LeftOutSum => {
    const own = sections.filter((section) => section.kind === kind);
    const lines = own.reduce((sum, section) => sum + section.lines, 0);
    return { kind, sections: own.length, lines, files: files.filter((one) => one === kind).length };
  });
  return sums.filter((sum) => sum.sections + sum.files > 0);
}
