// What cures a finding, for people: what is done, the lines as they become, and each further file.

import type { OfferedCure } from '../model/cure.ts';
import type { SourceText } from '../text/source-text.ts';
import { visible } from '../text/visible.ts';
import { wrappedLine } from './code-frame.ts';
import type { Paint, Palette } from './palette.ts';
import { count } from './plain-words.ts';
import { linesElsewhere, linesIn, rewrittenLines } from './rewritten-lines.ts';
import { wrap } from './wrap.ts';

const LABEL = '  fix:  ';
const INDENT = ' '.repeat(LABEL.length);
/** Of one place, or of one file. */
const MOST_LINES = 6;
const MOST_FILES = 4;

/** The option that does it. */
export const optionFor: Readonly<Record<OfferedCure['level'], string>> = { safe: '--fix', files: '--fix', unsafe: '--fix --unsafe-fixes', human: '--plan' };

/** Lines without line breaks. */
export function cureLines(cure: OfferedCure, source: SourceText, paints: Palette, width: number): string[] {
  const [first = '', ...others] = wrap(`${visible(cure.title)} (${optionFor[cure.level]})`, width, LABEL);
  const style = { paints, width: width - INDENT.length };
  const files = cure.files.filter(({ text }) => linesIn(text).some(saysSomething));
  return [
    paints.good(LABEL) + first.slice(LABEL.length),
    ...others,
    ...changedRows(cure, source, style).map((row) => INDENT + row),
    ...linesElsewhere(cure, source).flatMap(({ path, line, added }) => [paints.faint(visible(path)), ...addedRows(added, line, style)].map((row) => INDENT + row)),
    ...files.slice(0, MOST_FILES).flatMap(({ path, text }) => [paints.faint(visible(path)), ...addedRows(linesIn(text.trimEnd()), 1, style)].map((row) => INDENT + row)),
    ...(cure.renames ?? []).map(({ from, to }) => INDENT + paints.faint(visible(`${from} → ${to}`))),
    ...(files.length > MOST_FILES ? [INDENT + paints.faint(`… and ${count(files.length - MOST_FILES, 'more file')}`)] : []),
  ];
}

/** A way down that leaves all to another one says nothing. */
function saysSomething(line: string): boolean {
  return line.trim() !== '' && !line.startsWith('--');
}

interface Style {
  readonly paints: Palette;
  readonly width: number;
}

/** Lines that go are shown where nothing takes their place. */
function changedRows(cure: OfferedCure, source: SourceText, { paints, width }: Style): string[] {
  let shift = 0;
  return rewrittenLines(cure, source).flatMap(({ line, removed, added }) => {
    const rows = added.length === 0 ? rowsOf(removed, line, '-', width, paints.error) : rowsOf(added, line + shift, '+', width, paints.good);
    shift += added.length - removed.length;
    return cutTo(MOST_LINES, rows, paints.faint);
  });
}

/** `line`: the number of the first one. */
function addedRows(lines: readonly string[], line: number, { paints, width }: Style): string[] {
  return cutTo(MOST_LINES, rowsOf(lines, line, '+', width, paints.good), paints.faint);
}

/** Each with what it takes of the terminal; without lines that are blank. */
function rowsOf(lines: readonly string[], from: number, sign: '+' | '-', width: number, paint: Paint): readonly (readonly string[])[] {
  const digits = String(from + lines.length - 1).length;
  return lines.flatMap((text, index) => {
    const gutter = `${String(from + index).padStart(digits)} ${sign}`;
    const [first = '', ...others] = wrappedLine(text, `${gutter} `, width);
    return text.trim() === '' ? [] : [[paint(gutter) + first.slice(gutter.length), ...others]];
  });
}

function cutTo(most: number, rows: readonly (readonly string[])[], paint: Paint): string[] {
  const rest = rows.length - most;
  return rest > 1 ? [...rows.slice(0, most).flat(), paint(`… ${count(rest, 'more line')}`)] : rows.flat();
}
