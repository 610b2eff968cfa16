// What cures a finding, in SARIF: section 3.55 of 2.1.0. Its consumer replaces regions of files as they are; a file that is not there yet has
// one region without length, at its beginning.

import type { OfferedCure, PlacedEdit } from '../model/cure.ts';
import { visible } from '../text/visible.ts';

interface Replacement {
  readonly deletedRegion: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
  readonly insertedContent: { readonly text: string };
}

/** `artifactOf`: where a file is. */
export function sarifFixes(cure: OfferedCure | undefined, artifactOf: (path: string) => object): { readonly fixes?: readonly object[] } {
  // It has no word for another name of a file.
  if (cure === undefined || cure.edits.length + cure.files.length === 0) return {};
  const paths = [...new Set(cure.edits.map(({ path }) => path))];
  const edited = paths.map((path) => ({
    artifactLocation: artifactOf(path),
    replacements: inPlaces(cure.edits.filter((edit) => edit.path === path)).map(replacementOf),
  }));
  const made = cure.files.map(({ path, text }) => ({ artifactLocation: artifactOf(path), replacements: [replacementOf({ line: 1, column: 1, endLine: 1, endColumn: 1, text })] }));
  const unsafe = cure.level === 'unsafe' ? ' (unsafe: it changes the result, or the order of what is done)' : '';
  return { fixes: [{ description: { text: visible(cure.title + unsafe) }, artifactChanges: [...edited, ...made] }] };
}

function replacementOf({ line, column, endLine, endColumn, text }: Omit<PlacedEdit, 'path'>): Replacement {
  return { deletedRegion: { startLine: line, startColumn: column, endLine, endColumn }, insertedContent: { text } };
}

/** In the order of the text; of those that insert in one place, which no consumer need keep in order, one is made. */
function inPlaces(edits: readonly PlacedEdit[]): readonly PlacedEdit[] {
  const all: PlacedEdit[] = [];
  for (const edit of edits.toSorted((left, right) => left.line - right.line || left.column - right.column || left.endLine - right.endLine || left.endColumn - right.endColumn)) {
    const last = all.at(-1);
    const isJoined = last !== undefined && last.endLine === edit.line && last.endColumn === edit.column;
    if (isJoined) all[all.length - 1] = { ...last, endLine: edit.endLine, endColumn: edit.endColumn, text: last.text + edit.text };
    else all.push(edit);
  }
  return all;
}
