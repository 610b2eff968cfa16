// Texts into which values are filled in: `'… %s' % value`, `'… {}'.format(value)`.

import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';
import { unknown, type Call, type Text, type Value } from './value.ts';

/** The pieces of a value, where it is filled in. */
type Show = (value: Value) => readonly Piece[];

/** `%s`, `%d`, `%(name)s`, `%%`; anything else leaves nobody knows what. */
export function filledIn(text: Text, value: Value, show: Show): Value {
  const items = value.kind === 'list' ? value.items : [value];
  let next = 0;
  return replaced(text, /%(?:\((\w{1,60})\))?([%sdir])/g, ([, name, kind]) => {
    if (kind === '%') return '%';
    const named = name !== undefined && value.kind === 'record' ? value.entries.get(name) : undefined;
    return show((name === undefined ? items[next++] : named) ?? unknown);
  });
}

/** `{}`, `{0}`, `{name}`, `{{`, `}}`. */
export function formatted(text: Text, { args, named }: Call, show: Show): Value {
  let next = 0;
  return replaced(text, /\{\{|\}\}|\{(\w{0,60})(?:![rsa])?\}/g, ([found, name]) => {
    if (name === undefined) return found.slice(1);
    return show((name === '' ? args[next++] : /^\d+$/.test(name) ? args[Number(name)] : named.get(name)) ?? unknown);
  });
}

/** Everything that the pattern finds in what is written, by what stands for it. */
function replaced({ pieces }: Text, pattern: RegExp, by: (match: RegExpExecArray) => string | readonly Piece[]): Text {
  return { kind: 'text', pieces: pieces.flatMap((piece) => replacedIn(piece, pattern, by)) };
}

function replacedIn(piece: Piece, pattern: RegExp, by: (match: RegExpExecArray) => string | readonly Piece[]): readonly Piece[] {
  const { text } = piece;
  const done: Piece[] = [];
  let from = 0;
  const keep = (end: number): void => {
    if (end > from) done.push({ text: text.slice(from, end), place: placeIn(piece, from, end) });
  };
  for (const match of text.matchAll(pattern)) {
    keep(match.index);
    from = match.index + match[0].length;
    const place = placeIn(piece, match.index, from);
    const found = by(match);
    done.push(...(typeof found === 'string' ? [{ text: found, place }] : found.map((one) => (one.text.startsWith('${') ? { ...one, place } : one))));
  }
  keep(text.length);
  return done;
}

/** Where a stretch of a piece stands in the code. */
export function placeIn({ text, place }: Piece, start: number, end: number): Span {
  const isAsWritten = place.end - place.start === text.length;
  return isAsWritten ? { start: place.start + start, end: place.start + end } : place;
}
