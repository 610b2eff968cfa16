// Types of columns as Sequelize writes them, and SQL of its own making: `Sequelize.literal('now()')`, `Sequelize.fn('now')`.
// Source: src/data-types.js, src/dialects/postgres/data-types.js and src/utils.js of its source, 6.37.

import { isList, isRecord, plainOf, type Plain, type PlainReading, type PlainRecord } from '../../script/plain-value.ts';
import { unknown, type Handle, type Value } from '../../script/value.ts';

/** What handles stand for: `{ isType: true, type }`, `{ literal }`, or `{ isMade: true }` for a value that Sequelize makes itself. */
const known = new WeakMap<Handle, PlainRecord>();

export function plainOfSequelize(value: Value): PlainReading {
  return plainOf(value, (one) => (one.kind === 'handle' ? known.get(one) : undefined));
}

/** `Sequelize` and `DataTypes`: what hangs on either hangs on both. */
export const sequelizeClass: Handle = {
  kind: 'handle',
  get: (name) => (name === 'Sequelize' || name === 'DataTypes' || name === 'default' ? sequelizeClass : (makerOf(name) ?? typeHandle(name, []) ?? unknown)),
  call: (name = '', { args }) => (Object.hasOwn(makers, name) ? makers[name]?.(args) : undefined) ?? typeHandle(name, args) ?? unknown,
};

export const makers: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  literal: ([sql]) => stands((text) => ({ literal: String(text) }), sql),
  fn: ([name, ...args]) => {
    const reading = plainOfSequelize({ kind: 'list', items: args });
    const texts = reading.kind === 'plain' && isList(reading.value) ? reading.value.map(argument) : [undefined];
    return texts.includes(undefined) ? unknown : stands((own) => ({ literal: `${String(own)}(${texts.join(', ')})` }), name);
  },
  col: ([name]) => stands((own) => ({ literal: String(own).split('.').map((part) => (part === '*' ? part : `"${part}"`)).join('.') }), name),
};

/** `literal`, `fn` or `col`, by itself. */
export function makerOf(name: string): Handle | undefined {
  return Object.hasOwn(makers, name) ? { kind: 'handle', get: () => unknown, call: (method, { args }) => (method === undefined ? makers[name]?.(args) : undefined) } : undefined;
}

function argument(value: Plain): string | undefined {
  if (isRecord(value)) return typeof value['literal'] === 'string' ? value['literal'] : undefined;
  return isList(value) ? undefined : escapedText(value);
}

export function escapedText(value: Plain): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''").replaceAll('\0', '\\0')}'` : String(value);
}

function stands(make: (value: Plain) => PlainRecord, value: Value | undefined): Value {
  const reading = plainOfSequelize(value ?? unknown);
  return reading.kind === 'plain' && typeof reading.value === 'string' ? handleFor(make(reading.value), () => undefined) : unknown;
}

function handleFor(what: PlainRecord, call: Handle['call'], get: Handle['get'] = () => unknown): Handle {
  const handle: Handle = { kind: 'handle', get, call };
  known.set(handle, what);
  return handle;
}

/** It may be called for its length, and has others of its kind: `INTEGER.UNSIGNED`. Undefined for a name of no type. */
function typeHandle(name: string, args: readonly Value[]): Handle | undefined {
  const made = name === 'NOW' || name.startsWith('UUIDV');
  if (!made && !Object.hasOwn(types, name)) return undefined;
  const reading = plainOfSequelize({ kind: 'list', items: [...args] });
  const type = reading.kind === 'plain' && isList(reading.value) ? types[name]?.(reading.value) : undefined;
  if (!made && type === undefined && args.length > 0) return undefined;
  const variant = (own: string): Value => (own === 'BINARY' ? handleFor({ isType: true, type: 'BYTEA' }, () => undefined) : own === 'UNSIGNED' || own === 'ZEROFILL' ? handle : unknown);
  const handle: Handle = handleFor(made ? { isMade: true } : { ...type, isType: true }, (method, { args: more }) => (method === undefined ? (typeHandle(name, more) ?? unknown) : undefined), variant);
  return handle;
}

type Type = (args: readonly Plain[]) => PlainRecord | undefined;

function plain(type: string): Type {
  return () => ({ type });
}

function sized(type: string, otherwise: string): Type {
  return ([size]) => {
    const length = isRecord(size) ? size['length'] : size;
    return { type: `${type}${length === undefined ? otherwise : `(${String(length)})`}` };
  };
}

const decimal: Type = ([precision, scale]) => {
  const size = isRecord(precision) ? [precision['precision'], precision['scale']] : [precision, scale];
  const said = size.filter((one) => one !== undefined && one !== null);
  return { type: `DECIMAL${said.length === 0 ? '' : `(${said.map(String).join(',')})`}` };
};

const enumerated: Type = (args) => {
  const [first] = args;
  const values = isList(first) ? first : isRecord(first) ? first['values'] : args;
  return { type: 'ENUM', values: isList(values) ? values : [] };
};

const array: Type = ([of]) => {
  const item = isRecord(of) && isRecord(of['type']) ? of['type'] : of;
  return isRecord(item) && item['isType'] === true && typeof item['type'] === 'string' ? { ...item, type: `${item['type']}[]`, isArray: true } : undefined;
};

const ranges: Readonly<Record<string, string>> = { INTEGER: 'int4range', BIGINT: 'int8range', DECIMAL: 'numrange', DATE: 'daterange', 'TIMESTAMP WITH TIME ZONE': 'tstzrange' };

const range: Type = ([of]) => {
  const name = isRecord(of) ? String(of['type']) : 'INTEGER';
  const type = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  return type === undefined ? undefined : { type };
};

function spatial(type: string): Type {
  return ([kind, srid]) => ({ type: kind === undefined ? type : `${type}(${String(kind)}${srid ? `,${String(srid)}` : ''})` });
}

const same = ['TEXT', 'CITEXT', 'BIGINT', 'SMALLINT', 'INTEGER', 'TINYINT', 'MEDIUMINT', 'REAL', 'BOOLEAN', 'TIME', 'UUID', 'JSON', 'JSONB', 'INET', 'CIDR', 'MACADDR', 'TSVECTOR', 'HSTORE'];

const types: Readonly<Record<string, Type>> = {
  ...Object.fromEntries(same.map((name) => [name, plain(name)])),
  STRING: sized('VARCHAR', '(255)'),
  CHAR: sized('CHAR', '(255)'),
  FLOAT: (args) => (args.length > 1 ? { type: 'FLOAT' } : sized('FLOAT', '')(args)),
  DOUBLE: plain('DOUBLE PRECISION'),
  DECIMAL: decimal,
  NUMERIC: decimal,
  DATE: plain('TIMESTAMP WITH TIME ZONE'),
  DATEONLY: plain('DATE'),
  BLOB: plain('BYTEA'),
  ENUM: enumerated,
  ARRAY: array,
  RANGE: range,
  GEOMETRY: spatial('GEOMETRY'),
  GEOGRAPHY: spatial('GEOGRAPHY'),
};
