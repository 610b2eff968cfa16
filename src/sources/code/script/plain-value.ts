// A value of a script as its tool sees it, where all of it is known.

import { plainText, type Value } from './value.ts';

export type Plain = string | number | bigint | boolean | null | undefined | readonly Plain[] | PlainRecord;

export interface PlainRecord {
  readonly [name: string]: Plain;
}

/** `unknown`: only a run knows it, or a part of it. */
export type PlainReading = { readonly kind: 'plain'; readonly value: Plain } | { readonly kind: 'unknown' };

const DEEPEST = 12;

/** `special`: what a tool's own objects are worth; undefined for any other value. */
export function plainOf(value: Value, special: (value: Value) => Plain | undefined = () => undefined, depth = 0): PlainReading {
  const own = special(value);
  if (own !== undefined) return { kind: 'plain', value: own };
  if (depth > DEEPEST) return { kind: 'unknown' };
  switch (value.kind) {
    case 'text': {
      const text = plainText(value);
      return text === undefined ? { kind: 'unknown' } : { kind: 'plain', value: text };
    }
    case 'constant':
      return { kind: 'plain', value: value.value };
    case 'list': {
      const items = value.items.map((item) => plainOf(item, special, depth + 1));
      const known = items.flatMap((item) => (item.kind === 'plain' ? [item.value] : []));
      return known.length === items.length ? { kind: 'plain', value: known } : { kind: 'unknown' };
    }
    case 'record':
      return value.isWhole ? recordOf(value.entries, special, depth + 1) : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

function recordOf(entries: ReadonlyMap<string, Value>, special: (value: Value) => Plain | undefined, depth: number): PlainReading {
  const known: [string, Plain][] = [];
  for (const [name, value] of entries) {
    const reading = plainOf(value, special, depth);
    if (reading.kind === 'unknown') return reading;
    known.push([name, reading.value]);
  }
  return { kind: 'plain', value: Object.fromEntries(known) };
}

/** As `JSON.stringify` writes it; a number of any size as a text, because JSON has none. */
export function jsonOf(value: Plain): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null';
}

export function isRecord(value: Plain): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
