// Migrations in a file of several, by their names and by their texts.

import type { Cutting, Piece } from './pieces.ts';

/** The last one that is called so; undefined where none is. */
export function lastNamed(cuttings: readonly Cutting[], name: string): Cutting | undefined {
  return cuttings.findLast((cutting) => cutting.name === name || cutting.aliases.includes(name));
}

/** What `versionOf` says of all migrations in the pieces of a text. */
export function versionsIn(text: string, pieces: readonly Piece[]): ReadonlySet<string> {
  return new Set(pieces.flatMap(({ cuttings }) => cuttings.map((cutting) => versionOf(text, cutting))));
}

/** The same for migrations of one name and one text, however its lines end. */
export function versionOf(text: string, { name, direction, span }: Cutting): string {
  const own = span === undefined ? text : text.slice(span.start, span.end);
  return [name, direction, own.replace(/\r\n?/g, '\n').trim()].join('\0');
}
