// Edits of a text: applied, and made so that the text around them keeps its form.

import type { Around, Edit } from '../model/cure.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';

/** Of two that overlap, none may be applied with the other. */
export function overlap(left: readonly Edit[], right: readonly Edit[]): boolean {
  return left.some(({ span }) => right.some((other) => span.start <= other.span.end && other.span.start <= span.end));
}

/** Edits that do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const inOrder = edits.toSorted((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
  let result = '';
  let offset = 0;
  for (const { span, text: written } of inOrder) {
    result += text.slice(offset, span.start) + written;
    offset = span.end;
  }
  return result + text.slice(offset);
}

/** The one that makes a text into another: what comes into it, or the lines that change. */
export function editBetween(before: string, after: string): Edit {
  return insertionBetween(before, after) ?? lineEditBetween(before, after);
}

/** At the head of a line where it may as well stand there; undefined where anything goes. */
function insertionBetween(before: string, after: string): Edit | undefined {
  const length = after.length - before.length;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  if (length <= 0 || before.slice(start) !== after.slice(start + length)) return undefined;
  const isAt = (place: number): boolean => place === 0 || before[place - 1] === '\n';
  let place = start;
  while (!isAt(place) && before[place - 1] === after[place + length - 1]) place -= 1;
  const at = isAt(place) ? place : start;
  return { span: { start: at, end: at }, text: after.slice(at, at + length) };
}

function lineEditBetween(before: string, after: string): Edit {
  const [old, made] = [linesWithEnds(before), linesWithEnds(after)];
  const most = Math.min(old.length, made.length);
  let first = 0;
  while (first < most && old[first] === made[first]) first += 1;
  let last = 0;
  while (last < most - first && old.at(-1 - last) === made.at(-1 - last)) last += 1;
  const start = old.slice(0, first).join('').length;
  return { span: { start, end: start + old.slice(first, old.length - last).join('').length }, text: made.slice(first, made.length - last).join('') };
}

function linesWithEnds(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A piece of a text with the edits inside of it. */
export function editedPiece({ text }: SourceText, { start, end }: Span, edits: readonly Edit[]): string {
  return edited(text.slice(start, end), edits.map((edit) => ({ ...edit, span: { start: edit.span.start - start, end: edit.span.end - start } })));
}

/**
 * Statements behind each other, at the indentation of the one in whose place they stand, the last one without its semicolon, and without what
 * would stand behind that. `around`: lines around a statement that has semicolons in it.
 */
export function terminated(statements: readonly string[], source: SourceText, { start }: Span, around?: Around): string {
  const line = `${lineEndIn(source)}${indentationAt(start, source)}`;
  const written = statements.map((statement, index) => {
    const isApart = around !== undefined && statement.includes(';');
    return `${isApart ? around.open + line : ''}${statement}${index === statements.length - 1 ? '' : `;${isApart ? line + around.close : ''}`}`;
  });
  return written.join(line);
}

/** As the file ends its lines. */
export function lineEndIn({ text }: SourceText): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The white space before a place that begins a line; empty where something else stands before it. */
export function indentationAt(offset: number, { text }: SourceText): string {
  return /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[1] ?? '';
}

/** The lines of comment right above a statement, which speak of it; without those that a tool reads. */
export function remarkAbove(statement: Span, source: SourceText): Span | undefined {
  return linesAbove(remarks, statement, source);
}

/** With those that suppress what is found in it; of such ones at the head of the file, from the first that does. */
export function commentsAbove(statement: Span, source: SourceText): Span | undefined {
  const above = linesAbove(remarksAndSuppressions, statement, source);
  const first = above?.start === 0 ? /^[ \t]*--[ \t]*(?:pgmigrate-lint|squawk)-ignore/im.exec(source.slice(above))?.index : 0;
  return above === undefined || first === undefined ? undefined : { start: above.start + first, end: above.end };
}

const remark = '--(?![-!]|[ \\t]*[+@]|[ \\t]*\\/\\/|[ \\t]*(?:depends|migrat|atlas|no-transaction|evolve|liquibase|changeset|rollback|transactional|pgmigrate-lint|squawk|rambler|statement|up\\b|down\\b))';
const suppression = '--[ \\t]*(?:pgmigrate-lint|squawk)-ignore(?!-file)';

const remarks = linesOf(remark);
const remarksAndSuppressions = linesOf(`(?:${remark}|${suppression})`);

/** Lines that begin so, up to where the statement begins. */
function linesOf(beginning: string): RegExp {
  return new RegExp(`(?:(?<=^|[\\r\\n])[ \\t]*${beginning}[^\\r\\n]*(?:\\r\\n|\\n|\\r))+[ \\t]*$`, 'i');
}

function linesAbove(lines: RegExp, { start }: Span, { text }: SourceText): Span | undefined {
  const above = lines.exec(text.slice(Math.max(0, start - 4000), start));
  return above === null ? undefined : { start: start - above[0].length, end: start };
}

/** A statement with its semicolon, and with the lines where nothing else stands on them. */
export function removalOf(span: Span, source: SourceText): Span {
  return closedUp(wholeLines(span, source), source.text);
}

/** The same with the comment right above it. */
export function removalWithRemark(span: Span, source: SourceText): Span {
  const { start, end } = wholeLines(span, source);
  return closedUp({ start: remarkAbove(span, source)?.start ?? start, end }, source.text);
}

/** Behind its semicolon; undefined where it has none. */
export function endedAt({ end }: Span, { text }: SourceText): number | undefined {
  for (const token of sqlTokens(text, end)) {
    if (token.kind !== 'comment') return text[token.start] === ';' ? token.end : undefined;
  }
  return undefined;
}

function wholeLines({ start, end }: Span, source: SourceText): Span {
  const { text } = source;
  const behind = endedAt({ start, end }, source) ?? end;
  const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, start - 200), start))?.[1]?.length;
  const after = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(behind))?.[0].length;
  return before === undefined || after === undefined ? { start, end: behind } : { start: start - before, end: behind + after };
}

/** No blank line is left that would stand beside another one, at the beginning or at the end of the text. */
export function closedUp({ start, end }: Span, text: string): Span {
  const isBlankBefore = start === 0 || /(?:^|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(Math.max(0, start - 200), start));
  const blankBehind = /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end, end + 200))?.[0].length;
  if (isBlankBefore && blankBehind !== undefined) return { start, end: end + blankBehind };
  const blankBefore = end === text.length ? /(?:\n|\r(?!\n))([ \t]*(?:\r\n|\n|\r))$/.exec(text.slice(Math.max(0, start - 200), start))?.[1]?.length : undefined;
  return { start: start - (blankBefore ?? 0), end };
}
