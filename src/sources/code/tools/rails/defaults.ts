// Defaults of columns as ActiveRecord writes them, which looks at the type of the column first.
// Source: quote_default_expression in activerecord/lib/active_record/connection_adapters/postgresql/quoting.rb, and the types in
// activerecord/lib/active_record/connection_adapters/postgresql/oid/ and activemodel/lib/active_model/type/ of Rails 8.0.

import { isList, isRecord, Raw, type Plain } from '../../tree/plain.ts';
import { literal } from './names.ts';

/** `sql`: its type. Undefined for what is not known here. */
export function defaultSql(value: Plain, sql: string): string | undefined {
  if (value instanceof Raw) return value.sql;
  if (value === null) return 'NULL';
  if (sql === 'uuid' && typeof value === 'string' && value.includes('()')) return value;
  if (sql.endsWith('[]')) return isList(value) ? arraySql(value) : typeof value === 'string' ? literal(value) : undefined;
  const family = families.find(([pattern]) => pattern.test(sql));
  return family ? family[1](value) : typeof value === 'string' ? literal(value) : undefined;
}

type Serialize = (value: Plain) => string | undefined;

const falsehoods: ReadonlySet<Plain> = new Set<Plain>([false, 0, '0', 'f', 'F', 'false', 'FALSE', 'off', 'OFF']);

const boolean: Serialize = (value) => (value === '' ? 'NULL' : falsehoods.has(value) ? 'FALSE' : 'TRUE');

const integer: Serialize = (value) => {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(Math.trunc(value));
  return typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? String(Number(value)) : undefined;
};

/** Ruby writes `1.0`. */
const fraction: Serialize = (value) => {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  if (number === undefined || /e/i.test(String(number))) return undefined;
  return Number.isInteger(number) ? `${number}.0` : String(number);
};

const json: Serialize = (value) => {
  const text = jsonOf(value);
  return text === undefined ? undefined : literal(text);
};

const hstore: Serialize = (value) => {
  if (typeof value === 'string') return literal(value);
  if (!isRecord(value)) return undefined;
  const quoted = (one: string): string => `"${one.replace(/["\\]/g, '\\$&')}"`;
  return literal(Array.from(value, ([name, one]) => `${quoted(name)}=>${one === null ? 'NULL' : quoted(String(one))}`).join(', '));
};

const text: Serialize = (value) => {
  if (typeof value === 'boolean') return literal(value ? 't' : 'f');
  return typeof value === 'string' || typeof value === 'number' ? literal(String(value)) : undefined;
};

/** What ActiveRecord turns into something else before it writes it. */
const unknown: Serialize = () => undefined;

const families: readonly (readonly [RegExp, Serialize])[] = [
  [/^boolean/, boolean],
  [/^(?:integer|bigint|smallint|bigserial|serial|oid)\b/, integer],
  [/^(?:float|decimal|numeric|double precision|real)\b/, fraction],
  [/^jsonb?$/, json],
  [/^hstore$/, hstore],
  [/^(?:character varying|varchar|text|citext)\b/, text],
  [/^(?:timestamp|timestamptz|time|date|interval|bytea|bit|money|point|line|lseg|box|path|polygon|circle|\w+range|xml)\b/, unknown],
];

/** Slashes, and what a browser would take for a tag, are written as they are in a text of a migration. */
function jsonOf(value: Plain): string | undefined {
  if (value instanceof Raw) return undefined;
  if (isRecord(value)) return wrapped('{', Array.from(value, ([name, one]) => [JSON.stringify(name), jsonOf(one)].join(':')), '}');
  if (isList(value)) return wrapped('[', value.map(jsonOf), ']');
  const written = JSON.stringify(value);
  return /[<>&\u2028\u2029]/.test(written) ? undefined : written;
}

function wrapped(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.some((part) => part === undefined || part.endsWith(':')) ? undefined : `${open}${parts.join(',')}${close}`;
}

function arraySql(items: readonly Plain[]): string | undefined {
  const parts = items.map((item) => {
    if (item === null) return 'NULL';
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    if (typeof item !== 'string') return undefined;
    return /^$|[\s{},"\\]|^null$/i.test(item) ? `"${item.replace(/["\\]/g, '\\$&')}"` : item;
  });
  return parts.includes(undefined) ? undefined : literal(`{${parts.join(',')}}`);
}
