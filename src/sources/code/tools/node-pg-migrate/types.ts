// Types of columns as node-pg-migrate writes them, with the shorthands of a migration.
// Source: src/utils/types.ts of its source, 8.0.

import { isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';

const adapters: Readonly<Record<string, string>> = { int: 'integer', string: 'text', float: 'real', double: 'double precision', datetime: 'timestamp', bool: 'boolean' };

const byDefault: PlainRecord = { id: { type: 'serial', primaryKey: true } };

/** `{ type, … }` of a type, or of a column's options. */
export function applied(type: Plain, shorthands: PlainRecord): PlainRecord {
  const all: PlainRecord = { ...byDefault, ...shorthands };
  const options = optionsOf(type);
  const seen = new Set<Plain>([options['type']]);
  let found: PlainRecord = {};
  let last = options['type'];
  for (;;) {
    const next = typeof last === 'string' && Object.hasOwn(all, last) ? all[last] : undefined;
    if (next === undefined) break;
    found = { ...optionsOf(next), ...without(found, 'type') };
    last = found['type'];
    if (seen.has(last)) break;
    seen.add(last);
  }
  return { ...found, ...options, type: adapted(found['type'] ?? options['type']) };
}

export function adapted(type: Plain): Plain {
  return typeof type === 'string' && Object.hasOwn(adapters, type) ? adapters[type] : type;
}

function optionsOf(type: Plain): PlainRecord {
  return isRecord(type) ? type : { type };
}

function without(record: PlainRecord, name: string): PlainRecord {
  return Object.fromEntries(Object.entries(record).filter(([own]) => own !== name));
}
