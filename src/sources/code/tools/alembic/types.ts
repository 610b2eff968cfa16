// Types of SQLAlchemy, as its dialect for PostgreSQL prints them.
// Source: PGTypeCompiler in sqlalchemy/dialects/postgresql/base.py.

import { Given, textsOf } from '../../tree/given.ts';
import type { Call, Value } from '../../tree/value.ts';
import { literal, quoted } from './identifiers.ts';

export interface ColumnType {
  readonly sql: string;
  /** The statement that makes it, where it is a type of the project's own that a table brings with it. */
  readonly creation?: string;
  /** What an integer that counts up by itself is called. */
  readonly serial?: string;
}

const nowhere = { start: 0, end: 0 };

const noArguments: Call = { args: [], named: new Map(), isWhole: true, place: nowhere, step: nowhere, isAlone: false };

/** Undefined for a type that is not known here. */
export function typeOf(value: Value | undefined): ColumnType | undefined {
  if (value?.kind !== 'made' && value?.kind !== 'imported') return undefined;
  const name = /^(?:sqlalchemy|sqlmodel)(?:\.(?:types|sqltypes|sql\.sqltypes|sql|dialects\.postgresql|dialects\.postgresql\.\w+))?\.(\w+)$/.exec(value.path)?.[1];
  if (name === undefined) return undefined;
  const call = value.kind === 'made' ? value.call : noArguments;
  const make = types[name];
  return make?.(call);
}

type Make = (call: Call) => ColumnType | undefined;

/** Of a type that takes no arguments which it prints. */
function plain(sql: string, serial?: string): Make {
  return (call) => (understood(new Given(call, []), ['as_uuid', 'astext_type', 'none_as_null', 'create_constraint', 'name', 'asdecimal', 'native_uuid', 'native', 'text_type']) && call.args.length === 0 ? { sql, ...(serial === undefined ? {} : { serial }) } : undefined);
}

function understood(given: Given, meaningless: readonly string[]): boolean {
  given.pass(...meaningless);
  return given.isUnderstood;
}

function sized(sql: string): Make {
  return (call) => {
    const given = new Given(call, ['length']);
    const length = numberOf(given.take('length'));
    const collation = given.text('collation');
    if (length === 'other' || !understood(given, [])) return undefined;
    return { sql: `${sql}${length === undefined ? '' : `(${length})`}${collation === undefined ? '' : ` COLLATE "${collation}"`}` };
  };
}

/** Undefined where none is said. */
function numberOf(value: Value | undefined): number | undefined | 'other' {
  if (value === undefined) return undefined;
  if (value.kind !== 'constant') return 'other';
  return value.value === null ? undefined : Number(value.value);
}

function numeric(sql: string): Make {
  return (call) => {
    const given = new Given(call, ['precision', 'scale']);
    const [precision, scale] = [numberOf(given.take('precision')), numberOf(given.take('scale'))];
    if (precision === 'other' || scale === 'other' || !understood(given, ['asdecimal', 'decimal_return_scale'])) return undefined;
    return { sql: precision === undefined ? sql : `${sql}(${precision}${scale === undefined ? '' : `, ${scale}`})` };
  };
}

function float(call: Call): ColumnType | undefined {
  const given = new Given(call, ['precision']);
  const precision = numberOf(given.take('precision'));
  return precision === 'other' || !understood(given, ['asdecimal', 'decimal_return_scale']) ? undefined : { sql: precision === undefined ? 'FLOAT' : `FLOAT(${precision})` };
}

function timed(sql: string): Make {
  return (call) => {
    const given = new Given(call, ['timezone', 'precision']);
    const hasZone = given.flag('timezone') ?? false;
    const precision = numberOf(given.take('precision'));
    if (precision === 'other' || !given.isUnderstood) return undefined;
    return { sql: `${sql}${precision === undefined ? '' : `(${precision})`} ${hasZone ? 'WITH' : 'WITHOUT'} TIME ZONE` };
  };
}

function bit(call: Call): ColumnType | undefined {
  const given = new Given(call, ['length', 'varying']);
  const length = numberOf(given.take('length'));
  const isVarying = given.flag('varying') ?? false;
  if (length === 'other' || !given.isUnderstood) return undefined;
  if (isVarying) return { sql: `BIT VARYING${length === undefined ? '' : `(${length})`}` };
  return { sql: `BIT(${length ?? 1})` };
}

function interval(call: Call): ColumnType | undefined {
  return call.args.length === 0 && understood(new Given(call, []), ['native', 'second_precision', 'day_precision']) ? { sql: 'INTERVAL' } : undefined;
}

function array(call: Call): ColumnType | undefined {
  const given = new Given(call, ['item_type']);
  const item = typeOf(given.take('item_type'));
  const dimensions = numberOf(given.take('dimensions'));
  if (item === undefined || dimensions === 'other' || !understood(given, ['as_tuple', 'zero_indexes'])) return undefined;
  const { sql, creation } = item;
  return { sql: `${sql}${'[]'.repeat(Math.min(dimensions ?? 1, 6))}`, ...(creation === undefined ? {} : { creation }) };
}

/** Of labels, or of a class of labels, which is not followed. */
function enumeration(call: Call): ColumnType | undefined {
  const given = new Given(call, []);
  const labels = textsOf({ kind: 'list', items: call.args });
  const name = given.text('name');
  const schema = given.text('schema');
  const isNative = given.flag('native_enum') ?? true;
  const isMade = given.flag('create_type') ?? true;
  if (labels === undefined || !understood(given, ['create_constraint', 'metadata', 'validate_strings', 'checkfirst', 'inherit_schema', 'values_callable', 'length', 'native_enum', '_create_events'])) return undefined;
  if (!isNative) return call.named.has('length') || call.named.has('create_constraint') ? undefined : { sql: `VARCHAR(${Math.max(0, ...labels.map((label) => label.length))})` };
  if (name === undefined) return undefined;
  const sql = `${schema === undefined ? '' : `${quoted(schema)}.`}${quoted(name)}`;
  return { sql, ...(isMade ? { creation: `CREATE TYPE ${sql} AS ENUM (${labels.map(literal).join(', ')})` } : {}) };
}

const text = sized('TEXT');

const varchar = sized('VARCHAR');

const json = (sql: string): Make => plain(sql);

const types: Readonly<Record<string, Make>> = {
  Integer: plain('INTEGER', 'SERIAL'),
  INTEGER: plain('INTEGER', 'SERIAL'),
  INT: plain('INTEGER', 'SERIAL'),
  BigInteger: plain('BIGINT', 'BIGSERIAL'),
  BIGINT: plain('BIGINT', 'BIGSERIAL'),
  SmallInteger: plain('SMALLINT', 'SMALLSERIAL'),
  SMALLINT: plain('SMALLINT', 'SMALLSERIAL'),
  String: varchar,
  Unicode: varchar,
  VARCHAR: varchar,
  AutoString: varchar,
  CHAR: sized('CHAR'),
  Text: text,
  UnicodeText: text,
  TEXT: text,
  Boolean: plain('BOOLEAN'),
  BOOLEAN: plain('BOOLEAN'),
  Date: plain('DATE'),
  DATE: plain('DATE'),
  DateTime: timed('TIMESTAMP'),
  TIMESTAMP: timed('TIMESTAMP'),
  DATETIME: timed('TIMESTAMP'),
  Time: timed('TIME'),
  TIME: timed('TIME'),
  Interval: interval,
  Numeric: numeric('NUMERIC'),
  NUMERIC: numeric('NUMERIC'),
  DECIMAL: numeric('DECIMAL'),
  Float: float,
  FLOAT: float,
  Double: plain('DOUBLE PRECISION'),
  DOUBLE_PRECISION: plain('DOUBLE PRECISION'),
  REAL: plain('REAL'),
  LargeBinary: plain('BYTEA'),
  BYTEA: plain('BYTEA'),
  Uuid: plain('UUID'),
  UUID: plain('UUID'),
  JSON: json('JSON'),
  JSONB: json('JSONB'),
  ARRAY: array,
  Enum: enumeration,
  ENUM: enumeration,
  BIT: bit,
  INET: plain('INET'),
  CIDR: plain('CIDR'),
  MACADDR: plain('MACADDR'),
  MACADDR8: plain('MACADDR8'),
  MONEY: plain('MONEY'),
  OID: plain('OID'),
  REGCLASS: plain('REGCLASS'),
  TSVECTOR: plain('TSVECTOR'),
  TSQUERY: plain('TSQUERY'),
  CITEXT: plain('CITEXT'),
  INT4RANGE: plain('INT4RANGE'),
  INT8RANGE: plain('INT8RANGE'),
  NUMRANGE: plain('NUMRANGE'),
  DATERANGE: plain('DATERANGE'),
  TSRANGE: plain('TSRANGE'),
  TSTZRANGE: plain('TSTZRANGE'),
};
