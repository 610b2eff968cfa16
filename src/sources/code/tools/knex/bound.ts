// The SQL of `knex.raw` with its bindings: `?` and `:name` for values, `??` and `:name:` for names.
// Source: lib/formatter/rawFormatter.js, lib/formatter/wrappingFormatter.js, and positionBindings() in lib/dialects/postgres/index.js, 3.3.

import { editedPieces, maskedText, type Edit } from '../../reading/edited-pieces.ts';
import type { Piece } from '../../reading/code-reading.ts';
import { plainText, unknown, type Value } from '../../script/value.ts';
import { sqlOfKnex } from './sent.ts';
import { wrapped } from './wrapped.ts';

/** Values become `$1`, `$2`. */
export function bound(pieces: readonly Piece[], bindings: Value | undefined): readonly Piece[] {
  const isNamed = bindings?.kind === 'record';
  const numbers = { next: 1 };
  const edits = isNamed ? namedEdits(pieces, bindings.entries, numbers) : listedEdits(pieces, bindings, numbers);
  return editedPieces(pieces, edits);
}

interface Numbers {
  next: number;
}

function listedEdits(pieces: readonly Piece[], bindings: Value | undefined, numbers: Numbers): readonly Edit[] {
  const values = bindings?.kind === 'list' ? bindings.items : bindings === undefined || isNothing(bindings) ? undefined : [bindings];
  let index = 0;
  return Array.from(maskedText(pieces).matchAll(/\\?\?\??/g), ({ 0: found, index: start }): Edit => {
    const end = start + found.length;
    if (found.startsWith('\\')) return { start, end, text: '?' + (found.endsWith('??') ? nextNumber(numbers) : '') };
    const isName = found === '??' && values !== undefined;
    if (isName) return { start, end, text: nameFor(values[index++] ?? unknown) };
    const value = values?.[index];
    index += 1;
    return { start, end, text: valueFor(value, numbers) + (found === '??' ? nextNumber(numbers) : '') };
  });
}

/** Question marks behind a backslash are operators, here too. */
function namedEdits(pieces: readonly Piece[], bindings: ReadonlyMap<string, Value>, numbers: Numbers): readonly Edit[] {
  const found = maskedText(pieces).matchAll(/\\\?|(?<before>\\|:)?:(?<name>\w{1,100})(?<after>:(?!:))?/g);
  return Array.from(found, ({ 0: all, index, groups = {} }): Edit[] => {
    const { before, name = '', after } = groups;
    const place = { start: index, end: index + all.length };
    if (all === '\\?') return [{ ...place, text: '?' }];
    const value = bindings.get(name);
    if (before !== undefined || value === undefined) return [];
    return [{ ...place, text: after === undefined ? valueFor(value, numbers) : nameFor(value) }];
  }).flat();
}

function isNothing(value: Value): boolean {
  return value.kind === 'constant' && (value.value === undefined || value.value === null);
}

function nextNumber(numbers: Numbers): string {
  return `$${numbers.next++}`;
}

/** A value that is SQL itself stands there as it is. */
function valueFor(value: Value | undefined, numbers: Numbers): string {
  const sql = value && sqlOfKnex(value);
  return sql ? textOf(sql) : nextNumber(numbers);
}

function textOf(sql: Value): string {
  return sql.kind === 'text' ? sql.pieces.map(({ text }) => text).join('') : '${value}';
}

/** A list of names is written with commas. */
function nameFor(value: Value): string {
  if (value.kind === 'list') return value.items.map(nameFor).join(', ');
  const sql = sqlOfKnex(value);
  if (sql) return textOf(sql);
  const name = plainText(value);
  return name === undefined ? '${name}' : wrapped(name);
}
