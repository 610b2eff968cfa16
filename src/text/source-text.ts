// A migration's text under its path, and the way from offsets to the lines and columns that people see.

import type { Span } from './span.ts';

/** Both are 1-based; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A span at the edge: 1-based, `endLine` and `endColumn` point behind the last character. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A stretch of a text that stands in a file: in the text itself, or in one that it includes. */
export interface Passage extends Span {
  readonly source: SourceText;
  /** Where in that text it starts. */
  readonly offset: number;
  /** It is written otherwise there, in so many characters, and stands for them as a whole; undefined where it is the same text. */
  readonly length?: number;
}

/** What stands at an offset of a text, in its file: one character, or all that is written in its place. */
interface Place {
  readonly source: SourceText;
  readonly offset: number;
  readonly end: number;
}

export class SourceText {
  readonly path: string;
  readonly text: string;
  /** What it is put together from, in its order; empty where it is a file as it is. */
  readonly passages: readonly Passage[];
  #lineStarts: readonly number[] | undefined;

  /** `path` is what reports show: relative to the working directory, with forward slashes. */
  constructor(path: string, text: string, passages: readonly Passage[] = []) {
    this.path = path;
    this.text = text;
    this.passages = passages;
  }

  /** The file in which an offset stands. */
  fileAt(offset: number): SourceText {
    return this.#placeOf(offset).source;
  }

  /** In its file. */
  positionOf(offset: number): Position {
    const place = this.#placeOf(offset);
    return place.source.#positionHere(place.offset);
  }

  /** In the text as a whole, with all that it includes: 1-based. */
  lineOf(offset: number): number {
    return this.#positionHere(offset).line;
  }

  #placeOf(offset: number): Place {
    const { passages } = this;
    let [low, high] = [0, passages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((passages[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const passage = passages[Math.max(0, low - 1)];
    if (passage === undefined) return { source: this, offset, end: offset + 1 };
    const { source, start, end, length } = passage;
    if (length !== undefined) return { source, offset: passage.offset + (offset < end ? 0 : length), end: passage.offset + length };
    const place = passage.offset + Math.min(offset, end) - start;
    return { source, offset: place, end: place + 1 };
  }

  #positionHere(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** In the file in which it begins. */
  rangeOf(span: Span): Range {
    const start = this.#placeOf(span.start);
    const last = this.#placeOf(Math.max(span.start, span.end - 1));
    const { line, column } = start.source.#positionHere(start.offset);
    const isInOne = last.source === start.source && span.end > span.start;
    const end = start.source.#positionHere(isInOne ? last.end : start.offset);
    return { line, column, endLine: end.line, endColumn: end.column };
  }

  /** The text of a 1-based line without its line break; empty behind the last line. */
  line(number: number): string {
    const starts = this.#starts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    let end = starts[number] ?? this.text.length;
    while (end > start && /[\r\n]/.test(this.text.charAt(end - 1))) end -= 1;
    return this.text.slice(start, end);
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      this.#lineStarts = startsOfLines(this.text);
    }
    return this.#lineStarts;
  }
}

/** `\n`, `\r\n` and `\r` end lines. */
function startsOfLines(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
    return starts;
  }
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
