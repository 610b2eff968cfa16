// The lines of a source text around a range, with the range underlined: what a person looks at first.

import type { Range, SourceText } from '../text/source-text.ts';
import { displayWidth } from './display-width.ts';
import type { Paint } from './palette.ts';
import { isPlain, visibleCharacters } from '../text/visible.ts';
import { wrap } from './wrap.ts';

export interface FrameStyle {
  /** For line numbers and their bar. */
  readonly gutter: Paint;
  readonly mark: Paint;
  /** Columns of the terminal. */
  readonly width: number;
}

const WIDEST_FRAME = 160;
const NARROWEST_LINE = 20;
/** A longer range is shown by its first two lines and its last. */
const MOST_LINES = 4;
const TAB_STOP = 4;
const CUT = '…';

/** Lines without line breaks, at most `width` columns wide; the range's neighbours are shown where they are not blank. */
export function codeFrame(source: SourceText, range: Range, { gutter, mark, width }: FrameStyle): string[] {
  const digits = String(range.endLine + 1).length;
  const room = Math.max(NARROWEST_LINE, Math.min(width, WIDEST_FRAME) - digits - ' | '.length);
  const row = (label: string, text: string): string => `${gutter(`${label.padStart(digits)} |`)} ${text}`.trimEnd();
  return shownLines(source, range).flatMap((number) => {
    if (number === 'gap') return [gutter(CUT.padStart(digits))];
    const line = source.line(number);
    const { text, underline } = renderLine(line, marksOn(line, number, range), room);
    const numbered = row(String(number), text);
    return underline === '' ? [numbered] : [numbered, row('', mark(underline))];
  });
}

/** Some lines of a terminal that show a line, broken between words; of one that is longer than that, as much as a frame shows. */
export function wrappedLine(line: string, first: string, width: number): string[] {
  const room = Math.max(NARROWEST_LINE, width - first.length);
  if (line.length > MOST_WRAPPED * room) return [first + renderLine(line, undefined, Math.min(room, WIDEST_FRAME)).text.trimEnd()];
  const { cells } = cellsOf(line, undefined, line.length + 1);
  const shown = cells.map(({ text }) => text).join('').trimEnd();
  const start = shown.length - shown.trimStart().length;
  return wrap(shown.slice(start), width, first + shown.slice(0, start));
}

const MOST_WRAPPED = 3;

function shownLines(source: SourceText, range: Range): readonly (number | 'gap')[] {
  const last = lastLineOf(range);
  const around = (number: number): number[] => (source.line(number).trim() === '' ? [] : [number]);
  return [...around(range.line - 1), ...linesOfRange(range.line, last), ...around(last + 1)];
}

/** A range that ends before the first character of a line does not touch that line. */
function lastLineOf({ line, endLine, endColumn }: Range): number {
  return endColumn === 1 && endLine > line ? endLine - 1 : endLine;
}

function linesOfRange(first: number, last: number): (number | 'gap')[] {
  if (last - first < MOST_LINES) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [first, first + 1, 'gap', last];
}

/** Half-open, in UTF-16 code units of the line. */
interface Marks {
  readonly from: number;
  readonly to: number;
}

function marksOn(line: string, number: number, range: Range): Marks | undefined {
  if (number < range.line || number > lastLineOf(range)) return undefined;
  const from = number === range.line ? range.column - 1 : line.length - line.trimStart().length;
  const to = number === range.endLine ? range.endColumn - 1 : line.trimEnd().length;
  const isPoint = range.line === range.endLine && range.column === range.endColumn;
  return { from, to: isPoint ? from + 1 : to };
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly isMarked: boolean;
}

interface RenderedLine {
  readonly text: string;
  readonly underline: string;
}

function renderLine(line: string, marks: Marks | undefined, room: number): RenderedLine {
  if (line.length < room && isPlain(line)) return { text: line, underline: marks ? underlineOf(marks, line.length) : '' };
  const { cells, cutBefore, cutBehind } = clip(cellsOf(line, marks, room), room);
  const underline = cells.map(({ width, isMarked }) => (isMarked ? '^' : ' ').repeat(width)).join('');
  return {
    text: (cutBefore ? CUT : '') + cells.map(({ text }) => text).join('') + (cutBehind ? CUT : ''),
    underline: ((cutBefore ? ' ' : '') + underline).trimEnd(),
  };
}

/** Of a line whose characters take a column each. What begins behind its end is a column there. */
function underlineOf({ from, to }: Marks, length: number): string {
  const end = from >= length ? length + 1 : Math.min(to, length);
  const start = Math.min(from, length);
  return ' '.repeat(start) + '^'.repeat(Math.max(0, end - start));
}

/** Some cells of a line, and whether the line has more on either side. */
interface Piece {
  readonly cells: readonly Cell[];
  readonly cutBefore: boolean;
  readonly cutBehind: boolean;
}

/** Looks at no more of a line than may be shown: a minified migration is one line of megabytes. */
function cellsOf(line: string, marks: Marks | undefined, room: number): Piece {
  const middle = marks?.from ?? 0;
  const start = Math.max(0, middle - room);
  const end = Math.min(line.length, middle + room);
  const cells: Cell[] = [];
  let offset = start;
  let column = 0;
  const part = line.slice(start, end);
  const shown = visibleCharacters(part);
  for (const [index, character] of Array.from(part).entries()) {
    const text = shownAs(character, shown[index] ?? '', offset, column);
    const width = displayWidth(text);
    cells.push({ text, width, isMarked: marks !== undefined && offset >= marks.from && offset < marks.to });
    offset += character.length;
    column += width;
  }
  if (marks && marks.from >= line.length) cells.push({ text: ' ', width: 1, isMarked: true });
  return { cells, cutBefore: start > 0, cutBehind: end < line.length };
}

/** `shown`: where it is neither a tab nor a byte order mark. */
function shownAs(character: string, shown: string, offset: number, column: number): string {
  if (character === '\t') return ' '.repeat(TAB_STOP - (column % TAB_STOP));
  const isByteOrderMark = character === '\ufeff' && offset === 0;
  return isByteOrderMark ? '' : shown;
}

/** As much as there is room for, with the beginning of the marks in it and, where they fit, all of them. */
function clip({ cells, cutBefore, cutBehind }: Piece, room: number): Piece {
  if (!cutBefore && !cutBehind && widthOf(cells) <= room) return { cells, cutBefore, cutBehind };
  const start = cutBefore || !fitsFromTheStart(cells, room) ? startOfWindow(cells, room) : 0;
  const hasBefore = cutBefore || start > 0;
  const end = endOfWindow(cells, start, room - (hasBefore ? 2 : 1));
  return { cells: cells.slice(start, end), cutBefore: hasBefore, cutBehind: cutBehind || end < cells.length };
}

function fitsFromTheStart(cells: readonly Cell[], room: number): boolean {
  const last = cells.findLastIndex(({ isMarked }) => isMarked);
  return widthOf(cells.slice(0, last + 1)) < room;
}

function startOfWindow(cells: readonly Cell[], room: number): number {
  const marked = widthOf(cells.filter(({ isMarked }) => isMarked));
  const context = Math.max(room >> 3, (room - marked) >> 1);
  let start = Math.max(
    0,
    cells.findIndex(({ isMarked }) => isMarked),
  );
  let width = 0;
  for (; start > 0; start -= 1) {
    width += cells[start - 1]?.width ?? 0;
    if (width > context) break;
  }
  return start;
}

function endOfWindow(cells: readonly Cell[], start: number, room: number): number {
  let end = start;
  let width = 0;
  for (; end < cells.length; end += 1) {
    width += cells[end]?.width ?? 0;
    if (width > room) break;
  }
  return end;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
