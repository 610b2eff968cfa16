// How node-pg-migrate writes names and values into SQL.
// Source: src/utils/{createSchemalize,escapeValue,PgLiteral,StringIdGenerator}.ts of its source, 8.0.

import { isList, isRecord, plainOf, type Plain, type PlainReading } from '../../script/plain-value.ts';
import { plainText, unknown, type Value } from '../../script/value.ts';

/** `pgm.func('now()')`: SQL that stays as it is. */
const LITERAL = 'PgLiteral';

export function literalOf(text: Value): Value {
  return plainText(text) === undefined ? unknown : { kind: 'record', made: LITERAL, entries: new Map([['value', text]]), isWhole: true };
}

export interface PgLiteral {
  readonly literal: string;
}

/** With `pgm.func()` as `{ literal }`. */
export function optionsOf(value: Value): PlainReading {
  return plainOf(value, (one) => (one.kind === 'record' && one.made === LITERAL ? { literal: plainText(one.entries.get('value')) ?? '' } : undefined));
}

/** `{ schema, name }` or a name. */
export function quoted(name: Plain): string {
  if (!isRecord(name)) return `"${String(name)}"`;
  const { schema, name: own } = name;
  return [...(schema ? [schema] : []), own].map((part) => `"${String(part)}"`).join('.');
}

export function escaped(value: Plain): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return inDollars(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isList(value)) return `ARRAY[${value.map(escaped).join(',').replaceAll('ARRAY', '')}]`;
  return isRecord(value) && typeof value['literal'] === 'string' ? value['literal'] : '';
}

/** `$pga$text$pga$`; the next letter where the text holds that. */
function inDollars(text: string): string {
  const letter = Array.from('abcdefghijklmnopqrstuvwxyz').find((one) => !text.includes(`$pg${one}$`)) ?? 'aa';
  return `$pg${letter}$${text}$pg${letter}$`;
}
