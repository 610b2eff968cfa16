// The versions of PostgreSQL that the files of a folder mention, and where. What only looks like one is left out: it is better to know
// of none than of a wrong one.

import { postgresVersions } from '../../model/version.ts';
import { withoutComments } from './comments.ts';
import { patternsFor } from './patterns.ts';
import type { TellingFile } from './telling-files.ts';
import { definitionsOf } from './variables.ts';

export interface Mention {
  readonly major: number;
  /** As it stands there: `15.4`. */
  readonly written: string;
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
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
  const mentions = telling.flatMap((file) => valuesIn(file, telling).flatMap(mentionsOf));
  return [...new Map(mentions.map((mention) => [`${mention.major} ${mention.line} ${mention.path}`, mention])).values()];
}

/** Without any of these words, no pattern matches. */
const hints = /postg|pg|spilo|citus|timescale|\bage:|paradedb|vchord|major_version/i;

function valuesIn(file: TellingFile, folder: readonly TellingFile[]): Value[] {
  if (!hints.test(file.text)) return [];
  let start = 0;
  return file.text.split(borders[file.language] ?? never).flatMap((section) => {
    const from = start;
    start += section.length;
    const matches = patternsFor(file.language, section).flatMap((pattern) => [...section.matchAll(pattern)]);
    return matches.flatMap((match) => {
      const { tag, list, name, fallback } = match.groups ?? {};
      const valueOf = (text: string | undefined): Value[] =>
        text === undefined ? [] : [{ file, at: from + match.index + match[0].lastIndexOf(text), text }];
      return name === undefined ? valueOf(tag ?? list) : definitionsOf(name, valueOf(fallback), file, folder);
    });
  });
}

/** Between what stands together and what does not. */
const borders: Readonly<Partial<Record<TellingFile['language'], RegExp>>> = { hcl: /(?<=^\}\n)/m, services: /^(?=---)/m };
const never = /(?!)/;

/** Others are not there yet, or belong to something else: drivers, charts, ports. */
const plausible = { oldest: 9, newest: Math.max(...postgresVersions) + 3 };

function mentionsOf({ file, at, text }: Value): Mention[] {
  return Array.from(text.matchAll(/(?:^|[[,\n]|-[ \t])[ \t]*["']?v?(\d{1,2}(?:[._]\d{1,3})*)(?!\d)/g), (match): Mention => {
    const written = (match[1] ?? '').replaceAll('_', '.');
    return { major: Number.parseInt(written, 10), written, path: file.path, line: lineAt(file.text, at + match.index + match[0].length) };
  }).filter(({ major }) => major >= plausible.oldest && major <= plausible.newest);
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
