// The versions of PostgreSQL that the files of a folder mention, and where. What only looks like one is left out: it is better to know
// of none than of a wrong one.

import { postgresVersions } from '../../model/version.ts';
import { withoutComments } from './comments.ts';
import { patternsFor } from './patterns.ts';
import type { TellingFile } from './telling-files.ts';
import { definitionsIn } from './variables.ts';

export interface Mention {
  readonly major: number;
  /** As it stands there: `15.4`. */
  readonly written: string;
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** It is the version of the server that a schema was dumped from. */
  readonly isOfDump: boolean;
}

/** A piece of a file that begins with a version, or is a list of such pieces. */
export interface Value {
  readonly file: TellingFile;
  readonly at: number;
  readonly text: string;
}

/** In the order of the files; each once. */
export function mentionsIn(files: readonly TellingFile[]): Mention[] {
  const telling = files.map(withoutComments);
  const valueOf = definitionsIn(telling);
  const mentions = telling.flatMap((file) => valuesIn(file, valueOf).flatMap(mentionsOf));
  return [...new Map(mentions.map((mention) => [`${mention.major} ${mention.line} ${mention.path}`, mention])).values()];
}

/** Of one file; what says more is no configuration. */
const most = 100;

function valuesIn(file: TellingFile, definitionsOf: ReturnType<typeof definitionsIn>): Value[] {
  const sections = windowsIn(file.text).flatMap((window) => sectionsIn(window, file));
  const found = sections.flatMap(({ start, text }) =>
    patternsFor(file.language, text).flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => ({ start, match }))),
  );
  return found.slice(0, most).flatMap(({ start, match }) => {
    const { tag, list, scope = '', name, fallback } = match.groups ?? {};
    const valueOf = (text: string | undefined): Value[] =>
      text === undefined ? [] : [{ file, at: start + match.index + match[0].lastIndexOf(text), text }];
    if (name === undefined) return valueOf(tag ?? list);
    return definitionsOf({ name, isOfMatrix: /\bmatrix\./.test(scope), fallback: valueOf(fallback) }, file);
  });
}

interface Section {
  /** In the text of the file. */
  readonly start: number;
  readonly text: string;
}

/** Without any of these words near it, no pattern matches. */
const hints = /postg|pg|spilo|citus|timescale|\bage:|paradedb|vchord|major_version/gi;

/** So many lines before and behind a hint are looked at. */
const reach = { before: 6, behind: 25 };

function windowsIn(text: string): Section[] {
  const windows: { start: number; end: number }[] = [];
  for (const { index } of text.matchAll(hints)) {
    const last = windows.at(-1);
    if (last && index < last.end) continue;
    let [start, end] = [index, index];
    for (let line = 0; line <= reach.before && start >= 0; line += 1) start = start === 0 ? -1 : text.lastIndexOf('\n', start - 1);
    for (let line = 0; line <= reach.behind && end >= 0; line += 1) end = text.indexOf('\n', end + 1);
    windows.push({ start: Math.max(start + 1, last?.end ?? 0), end: end < 0 ? text.length : end + 1 });
  }
  return windows.map(({ start, end }) => ({ start, text: text.slice(start, end) }));
}

/** Two blocks of Terraform, or two documents of YAML, do not stand together. */
function sectionsIn({ start, text }: Section, { language }: TellingFile): Section[] {
  let next = start;
  return text.split(borders[language] ?? never).map((section) => {
    const own = { start: next, text: section };
    next += section.length;
    return own;
  });
}

const borders: Readonly<Partial<Record<TellingFile['language'], RegExp>>> = { hcl: /(?<=^\}\n)/m, services: /^(?=---)/m };
const never = /(?!)/;

/** Others are not there yet, or belong to something else: drivers, charts, ports. */
const plausible = { oldest: 9, newest: Math.max(...postgresVersions) + 3 };

function mentionsOf({ file, at, text }: Value): Mention[] {
  return Array.from(text.matchAll(/(?:^|[[,\n]|-[ \t])[ \t]*["']?v?(\d{1,2}(?:[._]\d{1,3})*)(?!\d)/g), (match): Mention => {
    const written = (match[1] ?? '').replaceAll('_', '.');
    return { major: Number.parseInt(written, 10), written, path: file.path, line: lineAt(file.text, at + match.index + match[0].length), isOfDump: file.language === 'dump' };
  }).filter(({ major }) => major >= plausible.oldest && major <= plausible.newest);
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
