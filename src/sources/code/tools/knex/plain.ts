// Values that Knex writes into SQL.
// Source: lib/formatter/formatterUtils.js, lib/formatter/wrappingFormatter.js, and _escapeBinding in lib/dialects/postgres/index.js, 3.3.

import { isList, isRecord, jsonOf, plainOf, type Plain, type PlainReading } from '../../script/plain-value.ts';
import type { Value } from '../../script/value.ts';
import { sqlOfKnex } from './sent.ts';
import { wrapped } from './wrapped.ts';

/** SQL of `knex.raw` is `{ raw }`; with bindings in it, nobody knows it. */
export function plainOfKnex(value: Value): PlainReading {
  return plainOf(value, (one) => {
    const sql = sqlOfKnex(one);
    const text = sql?.kind === 'text' ? sql.pieces.map((piece) => piece.text).join('') : undefined;
    return text === undefined || /\$\d|\$\{/.test(text) ? undefined : { raw: text };
  });
}

/** A list is written with commas. */
export function columnized(names: Plain): string {
  if (isList(names)) return names.map(columnized).join(', ');
  return isRecord(names) && typeof names['raw'] === 'string' ? names['raw'] : wrapped(String(names));
}

/** Of DEFAULT; `type`: as Knex calls it. */
export function defaultOf(value: Plain, type: string): string {
  if (value === undefined) return '';
  if (value === null) return 'null';
  if (isRecord(value) && typeof value['raw'] === 'string') return value['raw'];
  if (type === 'bool') return `'${value && value !== 'false' ? 1 : 0}'`;
  const isObject = isRecord(value) || isList(value);
  if (isObject && (type === 'json' || type === 'jsonb')) return `'${jsonOf(value)}'`;
  return literalOf(String(value));
}

export function literalOf(value: Plain): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value !== 'string') return String(value);
  const doubled = value.replaceAll("'", "''").replaceAll('\\', '\\\\');
  return `${value.includes('\\') ? 'E' : ''}'${doubled}'`;
}
