// Ways to cut a file into what runs together.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import type { Cut, SqlFile } from '../framework.ts';

/** All of it is the way up. */
export function uncut({ text }: Pick<SqlFile, 'text'>, transaction: TransactionMode): Cut {
  return { up: [{ spans: [{ start: 0, end: text.length }], transaction }], down: [] };
}

/**
 * Lines that start the way up and the way down again and again. What comes before the first of them is the way up: no tool runs it,
 * but it must not go unread.
 */
export function cutAtLines(
  { text }: Pick<SqlFile, 'text'>,
  lines: { readonly up?: RegExp; readonly down: RegExp },
  transactions: { readonly up: TransactionMode; readonly down: TransactionMode },
): Cut {
  const starts = [...startsOf(text, lines.up, 'up'), ...startsOf(text, lines.down, 'down')].toSorted((a, b) => a.start - b.start);
  const sections = [{ start: 0, direction: 'up' }, ...starts].map(({ start, direction }, index) => ({
    direction,
    span: { start, end: starts[index]?.start ?? text.length },
  }));
  const spansOf = (direction: string): Span[] => sections.filter((one) => one.direction === direction).map(({ span }) => span);
  const down = spansOf('down');
  return {
    up: [{ spans: spansOf('up'), transaction: transactions.up }],
    down: down.length === 0 ? [] : [{ spans: down, transaction: transactions.down }],
  };
}

function startsOf(text: string, line: RegExp | undefined, direction: 'up' | 'down'): { start: number; direction: string }[] {
  return line === undefined ? [] : Array.from(text.matchAll(line), ({ index }) => ({ start: index, direction }));
}
