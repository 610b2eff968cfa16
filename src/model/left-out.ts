// What stands in a linted migration and was not linted, because its tool does not run it there.

import type { Span } from '../text/span.ts';

/** `down`: the way back · `elsewhere`: for another database · `ignored`: its own marks say that nobody runs it. */
export const leftOutKinds = ['down', 'elsewhere', 'ignored'] as const;

export type LeftOutKind = (typeof leftOutKinds)[number];

export interface LeftOutSection {
  readonly kind: LeftOutKind;
  readonly span: Span;
  /** Those that hold something. */
  readonly lines: number;
}

/** Sections of one kind, put together. */
export interface LeftOutSum {
  readonly kind: LeftOutKind;
  readonly sections: number;
  readonly lines: number;
}

/** One for each kind that there is, in the order of the kinds. */
export function sumOfLeftOut(sections: readonly LeftOutSection[]): readonly LeftOutSum[] {
  return leftOutKinds.flatMap((kind) => {
    const own = sections.filter((section) => section.kind === kind);
    return own.length === 0 ? [] : [{ kind, sections: own.length, lines: own.reduce((sum, { lines }) => sum + lines, 0) }];
  });
}
