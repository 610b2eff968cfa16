// The SQL of `sequelize.query` with its replacements filled in: `?` and `:name`.
// Source: injectReplacements() in src/utils/sql.ts, and escape() in src/sql-string.js of its source, 6.37.

import { editedPieces, maskedText, type Edit } from '../../reading/edited-pieces.ts';
import type { Piece } from '../../reading/code-reading.ts';
import { plainOf, isList, type Plain } from '../../script/plain-value.ts';
import { unknown, type Value } from '../../script/value.ts';

/** What stands in quotes, dollars and comments is left alone. */
const tokens = /"[^"]*"?|[eE]'(?:[^'\\]|\\[^])*'?|'[^']*'?|-- [^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?|(?<!\w)\$(?<tag>(?:[a-z_]\w*)?)\$|\?(?![|&])|:(?<name>[a-z_]\w*)(?=\)|,|$|\s|::|;|\])/gi;

/** What may stand before a mark. */
const before = /^$|[\s(>,=[]/;

export function replaced(pieces: readonly Piece[], values: Value): readonly Piece[] {
  const text = maskedText(pieces);
  const edits: Edit[] = [];
  let index = 0;
  let from = 0;
  for (const { 0: found, index: start, groups = {} } of text.matchAll(tokens)) {
    if (start < from) continue;
    if (found.startsWith('$')) from = endOfDollars(text, start, found);
    const { name } = groups;
    const isMark = found === '?' ? values.kind !== 'record' : name !== undefined && values.kind !== 'list';
    if (!isMark || !before.test(text.slice(Math.max(0, start - 1), start))) continue;
    const value = name === undefined ? (values.kind === 'list' ? values.items[index++] : unknown) : values.kind === 'record' ? values.entries.get(name) : unknown;
    edits.push({ start, end: start + found.length, text: escaped(value ?? unknown, name ?? 'value') });
  }
  return editedPieces(pieces, edits);
}

function endOfDollars(text: string, start: number, tag: string): number {
  const end = text.toLowerCase().indexOf(tag.toLowerCase(), start + tag.length);
  return end < 0 ? text.length : end + tag.length;
}

/** `${name}`: only a run knows it. */
function escaped(value: Value, name: string): string {
  const reading = plainOf(value);
  return reading.kind === 'plain' ? (literalOf(reading.value) ?? `\${${name}}`) : `\${${name}}`;
}

function literalOf(value: Plain): string | undefined {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (!isList(value)) return undefined;
  const items = value.map(literalOf);
  return items.includes(undefined) ? undefined : items.join(', ');
}
