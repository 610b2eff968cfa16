// A value of code as its tool sees it, where all of it is known.

import { plainText, type Value } from './value.ts';

export type Plain = string | number | boolean | null | Raw | readonly Plain[] | PlainRecord;

export type PlainRecord = ReadonlyMap<string, Plain>;

/** SQL that a tool writes as it stands. */
export class Raw {
  readonly sql: string;

  constructor(sql: string) {
    this.sql = sql;
  }
}

const DEEPEST = 12;

/** `special`: what a tool's own objects are worth. Undefined: only a run knows it, or a part of it. */
export function plainOf(value: Value, special: (value: Value) => Plain | undefined = () => undefined, depth = 0): Plain | undefined {
  const own = special(value);
  if (own !== undefined || depth > DEEPEST) return own;
  switch (value.kind) {
    case 'text':
      return plainText(value);
    case 'constant':
      return value.value;
    case 'list': {
      const items = value.items.map((item) => plainOf(item, special, depth + 1));
      const known = items.filter((item) => item !== undefined);
      return known.length === items.length ? known : undefined;
    }
    case 'record':
      return value.isWhole ? plainRecord(value.entries, special, depth + 1) : undefined;
    default:
      return undefined;
  }
}

export function plainRecord(entries: ReadonlyMap<string, Value>, special?: (value: Value) => Plain | undefined, depth = 0): PlainRecord | undefined {
  const known = new Map<string, Plain>();
  for (const [name, value] of entries) {
    const plain = plainOf(value, special, depth);
    if (plain === undefined) return undefined;
    known.set(name, plain);
  }
  return known;
}

export function isRecord(value: Plain | undefined): value is PlainRecord {
  return value instanceof Map;
}

export function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

/** One, or several in a list. */
export function listOf(value: Plain | undefined): readonly Plain[] {
  return isList(value) ? value : value === undefined || value === null ? [] : [value];
}
