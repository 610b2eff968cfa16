// What was read of a piece, dealt to the migrations in it.

import type { ParsedText } from '../parser/parser.ts';
import type { Cutting } from '../sources/pieces.ts';
import type { Span } from '../text/span.ts';

export interface DealtText {
  readonly cutting: Cutting;
  readonly text: ParsedText;
}

/** What crosses a border stays where it begins. */
export function dealt(parsed: ParsedText, cuttings: readonly Cutting[]): readonly DealtText[] {
  const statements = byStart(parsed.statements, ({ span }) => span, cuttings);
  const problems = byStart(parsed.problems, ({ span }) => span, cuttings);
  let comments: readonly (readonly Span[])[] | undefined;
  return cuttings.map((cutting, index) => {
    const own = (): readonly Span[] => (comments ??= byStart(parsed.comments(), (span) => span, cuttings))[index] ?? [];
    return { cutting, text: { statements: statements[index] ?? [], problems: problems[index] ?? [], comments: own } };
  });
}

function byStart<T>(items: readonly T[], spanOf: (item: T) => Span, cuttings: readonly Cutting[]): readonly (readonly T[])[] {
  const hands: T[][] = cuttings.map(() => []);
  let index = 0;
  for (const item of items.toSorted((a, b) => spanOf(a).start - spanOf(b).start)) {
    while (spanOf(item).start >= startOf(cuttings[index + 1])) index += 1;
    hands[index]?.push(item);
  }
  return hands;
}

function startOf(cutting: Cutting | undefined): number {
  return cutting?.parts[0]?.spans[0]?.start ?? Infinity;
}
