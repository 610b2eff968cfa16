// The SQL of `pgm.sql` with its values filled in: `{name}`.

import { editedPieces, maskedText, type Edit } from '../../reading/edited-pieces.ts';
import type { Piece } from '../../reading/code-reading.ts';
import { isRecord, type Plain } from '../../script/plain-value.ts';
import { type Value } from '../../script/value.ts';
import { escaped, optionsOf, quoted } from './literals.ts';

/** Of what only a run knows, `${name}` stands there. */
export function filledIn(pieces: readonly Piece[], values: Value): readonly Piece[] {
  if (values.kind === 'constant') return pieces;
  const edits = Array.from(maskedText(pieces).matchAll(/\{(\w{1,100})\}/g), ({ 0: found, 1: name = '', index }): Edit[] => {
    const text = textFor(name, values);
    return text === undefined ? [] : [{ start: index, end: index + found.length, text }];
  });
  return editedPieces(pieces, edits.flat());
}

/** Undefined: nothing is filled in there. */
function textFor(name: string, values: Value): string | undefined {
  if (values.kind !== 'record') return `\${${name}}`;
  const value = values.entries.get(name);
  if (value === undefined) return values.isWhole ? undefined : `\${${name}}`;
  const reading = optionsOf(value);
  return reading.kind === 'plain' ? written(reading.value) : `\${${name}}`;
}

/** A text is a name here. */
function written(value: Plain): string {
  if (value === undefined) return '';
  return typeof value === 'string' || (isRecord(value) && 'name' in value) ? quoted(value) : escaped(value);
}
