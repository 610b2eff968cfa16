// The lines of a text that a cure changes: what they were, and what they become.

import type { OfferedCure, PlacedEdit } from '../model/cure.ts';
import type { SourceText } from '../text/source-text.ts';

/** Lines without line breaks. Where one of the two is empty, lines only come or only go. */
export interface RewrittenLines {
  /** Of the first one, as the text is. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** In the order of the text. */
export function rewrittenLines({ edits }: Pick<OfferedCure, 'edits'>, source: SourceText): readonly RewrittenLines[] {
  return groupsOf(edits.filter(({ path }) => path === source.path)).map((group) => {
    const { line, endLine } = extentOf(group);
    const removed = linesOf(source, line, endLine);
    return withoutCommon({ line, removed, added: linesIn(applied(removed.join('\n'), group, line, removed)) });
  });
}

/** The text of some whole lines as it becomes; undefined where a cure changes others too. */
export function rewrittenRange({ edits }: Pick<OfferedCure, 'edits'>, source: SourceText, { line, endLine }: Pick<PlacedEdit, 'line' | 'endLine'>): readonly string[] | undefined {
  if (edits.some((edit) => edit.path !== source.path || edit.line < line || edit.endLine > endLine)) return undefined;
  const removed = linesOf(source, line, endLine);
  return linesIn(applied(removed.join('\n'), edits, line, removed));
}

/** Of other files that are there, a list of all migrations or a way down: what comes into them, without the signs that only part it from the rest. */
export function linesElsewhere({ edits }: Pick<OfferedCure, 'edits'>, source: SourceText): readonly (Pick<PlacedEdit, 'path' | 'line'> & { readonly added: readonly string[] })[] {
  return edits.flatMap(({ path, line, text }) => {
    const lines = linesIn(text);
    const from = lines.findIndex(saysSomething);
    return path === source.path || from < 0 ? [] : [{ path, line: line + from, added: lines.slice(from, lines.findLastIndex(saysSomething) + 1) }];
  });
}

function saysSomething(line: string): boolean {
  return /\w/.test(line);
}

export function linesIn(text: string): readonly string[] {
  return text.split(/\r\n?|\n/);
}

/** Edits that touch the same lines stand together. */
function groupsOf(edits: readonly PlacedEdit[]): readonly (readonly PlacedEdit[])[] {
  const groups: PlacedEdit[][] = [];
  for (const edit of edits.toSorted(byPlace)) {
    const last = groups.at(-1);
    if (last && edit.line <= extentOf(last).endLine) last.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function byPlace(left: PlacedEdit, right: PlacedEdit): number {
  return left.line - right.line || left.column - right.column || left.endLine - right.endLine || left.endColumn - right.endColumn;
}

function extentOf(edits: readonly PlacedEdit[]): Pick<PlacedEdit, 'line' | 'endLine'> {
  return { line: Math.min(...edits.map(({ line }) => line)), endLine: Math.max(...edits.map(({ endLine }) => endLine)) };
}

function linesOf(source: SourceText, line: number, endLine: number): readonly string[] {
  return Array.from({ length: endLine - line + 1 }, (_, index) => source.line(line + index));
}

/** `first`: the line with which the text begins. */
function applied(text: string, edits: readonly PlacedEdit[], first: number, lines: readonly string[]): string {
  const starts = lines.reduce<number[]>((offsets, line) => [...offsets, (offsets.at(-1) ?? 0) + line.length + 1], [0]);
  const offsetOf = (line: number, column: number): number => (starts[line - first] ?? 0) + column - 1;
  let [result, offset] = ['', 0];
  for (const edit of edits.toSorted(byPlace)) {
    result += text.slice(offset, offsetOf(edit.line, edit.column)) + edit.text;
    offset = offsetOf(edit.endLine, edit.endColumn);
  }
  return result + text.slice(offset);
}

function withoutCommon({ line, removed, added }: RewrittenLines): RewrittenLines {
  const most = Math.min(removed.length, added.length);
  let [before, behind] = [0, 0];
  while (before < most && removed[before] === added[before]) before += 1;
  while (behind < most - before && removed.at(-1 - behind) === added.at(-1 - behind)) behind += 1;
  return { line: line + before, removed: removed.slice(before, removed.length - behind), added: added.slice(before, added.length - behind) };
}
