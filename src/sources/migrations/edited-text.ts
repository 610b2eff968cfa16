// A text as its tool hands it to PostgreSQL: what the tool leaves out is blank, and where it cuts, a statement ends.

import type { Span } from '../../text/span.ts';
import { sqlTokens } from '../../text/sql-tokens.ts';
import type { Editing } from '../frameworks/framework.ts';

/** As long as the text, with everything where the text has it. Spans are in the order of the text. */
export function editedText(text: string, { ends = [], breaks = [], blanks = [], dropped = [], hasFlatComments = false }: Editing): string {
  const broken = withSemicolons(withBlanks(text, commentsUpTo(breaks, text)), breaks);
  const cut = withBlanks(withSemicolons(broken, ends), blanks);
  const kept = dropped.length === 0 ? cut : withoutLines(cut, dropped);
  return hasFlatComments ? withoutNesting(kept) : kept;
}

/** Everything but line breaks becomes a space. */
export function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}

function withBlanks(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let written = 0;
  for (const { start, end } of spans) {
    if (end <= written) continue;
    parts.push(text.slice(written, start), blank(text.slice(Math.max(start, written), end)));
    written = end;
  }
  return parts.join('') + text.slice(written);
}

function withSemicolons(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let written = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(written, start), blank(text.slice(start, end)).replace(' ', ';'));
    written = end;
  }
  return parts.join('') + text.slice(written);
}

/** Of the line comments in which a break stands, what comes before it. */
function commentsUpTo(breaks: readonly Span[], text: string): Span[] {
  const found: Span[] = [];
  let index = 0;
  let offset = 0;
  while (index < breaks.length) {
    const next = firstBroken(text, offset, breaks, index);
    if (next === undefined) return found;
    const { start, end } = breaks[next.index] ?? { start: text.length, end: text.length };
    found.push({ start: next.comment.start, end: start });
    [index, offset] = [next.index + 1, end];
  }
  return found;
}

interface BrokenComment {
  readonly comment: Span;
  /** Of the break. */
  readonly index: number;
}

function firstBroken(text: string, offset: number, breaks: readonly Span[], from: number): BrokenComment | undefined {
  let index = from;
  for (const comment of sqlTokens(text, offset)) {
    const isLine = comment.kind === 'comment' && text[comment.start] === '-';
    while ((breaks[index]?.start ?? Infinity) < (isLine ? comment.start : comment.end)) index += 1;
    if (index >= breaks.length) return undefined;
    if (isLine && (breaks[index]?.start ?? Infinity) < comment.end) return { comment, index };
  }
  return undefined;
}

/** A line that is a comment in any case stays: it may say something to us. */
function withoutLines(text: string, lines: readonly Span[]): string {
  const without = withBlanks(text, lines);
  const isComment = isBetweenTokens(without, lines);
  return withBlanks(text, lines.filter((line, index) => !isComment[index] || !/^[ \t]*--[^\r]*$/.test(text.slice(line.start, line.end))));
}

function isBetweenTokens(text: string, lines: readonly Span[]): readonly boolean[] {
  const are = lines.map(() => true);
  let index = 0;
  for (const { start, end } of sqlTokens(text)) {
    while ((lines[index]?.start ?? Infinity) < start) index += 1;
    for (; (lines[index]?.start ?? Infinity) < end; index += 1) are[index] = false;
    if (index >= lines.length) return are;
  }
  return are;
}

function withoutNesting(text: string): string {
  if (!text.includes('/*')) return text;
  const comments = [...sqlTokens(text, 0, text.length, 'flat')].filter(({ kind, start }) => kind === 'comment' && text[start] === '/');
  return withBlanks(text, comments.filter(({ start, end }) => text.slice(start + 2, end).includes('/*')));
}
