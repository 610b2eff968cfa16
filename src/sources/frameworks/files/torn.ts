// Statements that a tool cuts in two, because it knows semicolons and not what stands between them.

import type { Span } from '../../../text/span.ts';
import { splitStatements } from '../../../text/split-statements.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { Unsupported } from '../framework.ts';

/**
 * `cuts`: the semicolons at which it cuts, in the order of the text. Found is the first one in each statement, be it in a string, in a body or in a
 * comment that PostgreSQL takes for one.
 */
export function tornBy(title: string, text: string, cuts: readonly Span[], help: string): readonly Unsupported[] {
  if (cuts.length === 0) return [];
  const whole = [...splitStatements(text), ...blockComments(text)].toSorted((left, right) => left.start - right.start);
  const found: Unsupported[] = [];
  let [index, behind] = [0, 0];
  for (const { start, end } of whole) {
    while ((cuts[index]?.start ?? Infinity) < Math.max(start, behind)) index += 1;
    const cut = cuts[index];
    if (cut === undefined) return found;
    if (cut.start >= end) continue;
    behind = end;
    const message = `this semicolon ends the statement for ${title}, in the middle of it, and PostgreSQL refuses both halves`;
    found.push({ span: cut, statement: { start, end }, message, help, isCertain: true });
  }
  return found;
}

/** Cuts of statements that are not torn: what is torn is read as it is meant. */
export function cutsBetween(cuts: readonly Span[], torn: readonly Unsupported[]): readonly Span[] {
  let index = 0;
  return cuts.filter(({ start }) => {
    while ((torn[index]?.statement.end ?? Infinity) <= start) index += 1;
    return (torn[index]?.statement.start ?? Infinity) > start;
  });
}

function blockComments(text: string): readonly Span[] {
  return text.includes('/*') ? [...sqlTokens(text)].filter(({ kind, start }) => kind === 'comment' && text[start] === '/') : [];
}
