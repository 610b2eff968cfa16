// SQL in pieces in which a tool fills in values, as it does before it sends them.

import type { Piece } from './code-reading.ts';

export interface Edit {
  /** In the text of all pieces. */
  readonly start: number;
  readonly end: number;
  /** What stands there then; it is placed where the mark was. */
  readonly text: string;
}

/** `edits`: in the order of the text, none over another. */
export function editedPieces(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const edited: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    let from = 0;
    for (const edit of edits) {
      const start = edit.start - offset;
      const end = edit.end - offset;
      if (end <= from || start >= piece.text.length) continue;
      edited.push(part(piece, from, Math.max(start, from)));
      if (start >= 0) edited.push({ text: edit.text, place: part(piece, Math.max(start, from), Math.min(end, piece.text.length)).place });
      from = Math.min(end, piece.text.length);
    }
    edited.push(part(piece, from, piece.text.length));
    offset += piece.text.length;
  }
  return edited.filter(({ text }) => text !== '');
}

/** What is written as it is has its part of the place. */
function part({ text, place }: Piece, from: number, end: number): Piece {
  const isAsWritten = place.end - place.start === text.length;
  return { text: text.slice(from, end), place: isAsWritten ? { start: place.start + from, end: place.start + end } : place };
}

/** The text in which marks are looked for: of the same length, with nothing in the place of what only a run knows. */
export function maskedText(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => (text.startsWith('${') ? ' '.repeat(text.length) : text)).join('');
}
