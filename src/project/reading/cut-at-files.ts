// A script that includes files which are migrations by themselves is several migrations, in one session.

import type { Part } from '../../model/migration.ts';
import type { Included } from '../../sources/includes/included-text.ts';
import type { Cutting, Piece } from '../../sources/migrations/pieces.ts';
import type { Span } from '../../text/span.ts';
import { skipTrivia } from '../../text/sql-tokens.ts';

export function cutAtFiles(piece: Piece, included: Included | undefined): Piece {
  if (included === undefined || included.turns.length === 0) return piece;
  return { ...piece, cuttings: piece.cuttings.flatMap((cutting) => cutOne(cutting, piece.text, included)) };
}

interface Stretch extends Span {
  readonly file: string | undefined;
}

/** Without stretches in which nothing stands, unless nothing stands in all of them. */
function cutOne(cutting: Cutting, text: string, { turns }: Included): Cutting[] {
  const first: Stretch = { start: 0, end: turns[0]?.at ?? text.length, file: undefined };
  const stretches = [first, ...turns.map(({ at, file }, index): Stretch => ({ start: at, end: turns[index + 1]?.at ?? text.length, file }))];
  const cut = stretches
    .map((stretch) => ({ ...cutting, file: stretch.file, parts: partsIn(cutting.parts, stretch) }))
    .filter(({ parts }) => parts.some(({ spans }) => spans.some(({ start, end }) => holdsSql(text, start, end))));
  return cut.length === 0 ? [cutting] : cut.map((one, index) => (index === 0 ? one : { ...one, joins: 'transaction' }));
}

/** More than space, comments, semicolons and what psql takes for itself. */
function holdsSql(text: string, start: number, end: number): boolean {
  for (let offset = skipTrivia(text, start, end); offset < end; ) {
    const character = text.charAt(offset);
    if (character !== ';' && character !== '\\') return true;
    const lineEnd = character === ';' ? offset + 1 : text.slice(offset, end).search(/[\n\r]/);
    offset = character === ';' ? skipTrivia(text, lineEnd, end) : lineEnd < 0 ? end : skipTrivia(text, offset + lineEnd, end);
  }
  return false;
}

function partsIn(parts: readonly Part[], stretch: Span): Part[] {
  return parts.flatMap((part) => {
    const spans = part.spans.flatMap(({ start, end }) => {
      const common = { start: Math.max(start, stretch.start), end: Math.min(end, stretch.end) };
      return common.start < common.end ? [common] : [];
    });
    return spans.length === 0 ? [] : [{ ...part, spans }];
  });
}
