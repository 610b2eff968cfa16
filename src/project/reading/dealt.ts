// What was read of a piece, dealt to the migrations in it.

import type { ParsedText } from '../../parser/parser.ts';
import type { Cutting } from '../../sources/migrations/pieces.ts';
import { beginningIn } from '../../text/beginning-in.ts';
import type { Span } from '../../text/span.ts';

export interface DealtText {
  readonly cutting: Cutting;
  readonly text: ParsedText;
}

/** What crosses a border stays where it begins. */
export function dealt(parsed: ParsedText, cuttings: readonly Cutting[]): readonly DealtText[] {
  const places = cuttings.map((cutting, index) => [{ start: index === 0 ? 0 : startOf(cutting), end: startOf(cuttings[index + 1]) }]);
  const statements = beginningIn(places, parsed.statements, ({ span }) => span);
  const problems = beginningIn(places, parsed.problems, ({ span }) => span);
  const turns = beginningIn(places, parsed.turns, ({ at }) => ({ start: at, end: at }));
  let comments: readonly (readonly Span[])[] | undefined;
  return cuttings.map((cutting, index) => {
    const own = (): readonly Span[] => (comments ??= beginningIn(places, parsed.comments(), (span) => span))[index] ?? [];
    return { cutting, text: { statements: statements[index] ?? [], problems: problems[index] ?? [], turns: turns[index] ?? [], comments: own } };
  });
}

function startOf(cutting: Cutting | undefined): number {
  return cutting?.parts[0]?.spans[0]?.start ?? Infinity;
}
