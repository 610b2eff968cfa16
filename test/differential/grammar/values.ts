// Types, and what fits them: neighbours, constants, defaults and conditions.

import { anyOf, column, rarely, type Scene } from './scene.ts';
import type { WorldColumn, WorldRelation, WorldType } from '../world.ts';

const plainTypes = [
  'int', 'int', 'bigint', 'smallint', 'text', 'text', 'varchar(20)', 'varchar(50)', 'varchar', 'char(5)', 'numeric', 'numeric(10,2)', 'numeric(12,2)', 'boolean',
  'date', 'timestamp', 'timestamptz', 'timestamptz(3)', 'time', 'timetz', 'interval', 'uuid', 'json', 'jsonb', 'bytea', 'real', 'double precision', 'inet',
  'cidr', 'macaddr', 'bit(4)', 'varbit(8)', 'int[]', 'text[]', 'varchar(20)[]', 'int4range', 'tstzrange', 'tsvector', 'oid', 'xid', 'money', 'point', 'name', '"char"', 'regclass',
  'timestamp with time zone', 'timestamp(3) without time zone', 'double precision', 'float', 'float4', 'float(10)', 'int2', 'int8', 'decimal(8,3)', 'numeric(5)', 'character varying(255)', 'national character varying(10)', 'bpchar',
  'bit', 'bit varying', 'interval day to second', 'interval year to month', 'interval(3)', 'xml', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'pg_lsn', 'tsquery', 'jsonpath', 'macaddr8', 'tid', 'regtype',
  'int8range', 'numrange', 'daterange', 'tsrange', 'int4multirange', 'datemultirange', 'numeric(10,2)[]', 'timestamptz[]', 'uuid[]', 'jsonb[]', 'date[]', 'int[][]', 'text ARRAY', 'int[3]',
];

/** Of the commonest types mostly. */
export function type(scene: Scene): string {
  const own = anyOf(scene, scene.world.types);
  return own && rarely(scene, 5) ? `${own.sql}${rarely(scene, 8) ? '[]' : ''}` : scene.random.pick(plainTypes);
}

const families = {
  number: /^(?:int(?:eger|2|4|8)?|bigint|smallint|numeric|real|double precision|decimal|serial|bigserial|smallserial)(?:\(|$)/,
  text: /^(?:text|varchar|character|char|name)\b/,
  letter: /^"char"/,
  moment: /^(?:timestamp|date)/,
  clock: /^time(?:tz|\(|$| )/,
  interval: /^interval/,
  boolean: /^bool/,
  uuid: /^uuid/,
  json: /^json/,
  range: /range$/,
  net: /^(?:inet|cidr)/,
  bits: /^(?:bit|varbit)/,
  id: /^(?:oid|xid|regclass)$/,
  money: /^money/,
} as const;

export type Family = keyof typeof families | 'array' | 'other';

export function familyOf(scene: Scene, of: string): Family {
  if (of.endsWith('[]')) return 'array';
  const base = ownType(scene, of)?.base;
  if (base) return familyOf(scene, base);
  const found = Object.entries(families).find(([, pattern]) => pattern.test(of));
  const name = found?.[0];
  return isFamily(name) ? name : 'other';
}

function isFamily(name: string | undefined): name is Family {
  return name !== undefined && name in families;
}

/** A type of the history: `mood`, `public.mood`. */
export function ownType({ world }: Scene, of: string): WorldType | undefined {
  return world.types.find(({ sql }) => sql === of || sql === `public.${of}`);
}

/** Can a B-tree hold it? */
export function isOrdered(scene: Scene, of: string): boolean {
  const own = ownType(scene, of.replace('[]', ''));
  if (own?.kind === 'c') return false;
  return !/^(?:json(?:\[|$)|point|xid|xml|line|lseg|box|path|polygon|circle|jsonpath)/.test(own?.base ?? of);
}

const neighbours: readonly (readonly string[])[] = [
  ['integer', 'bigint', 'smallint', 'numeric', 'numeric(10,2)', 'text', 'real', 'double precision', 'oid', 'money'],
  ['text', 'varchar', 'varchar(20)', 'varchar(50)', 'char(5)', 'name', 'text COLLATE "C"', 'varchar(50) COLLATE "POSIX"'],
  ['timestamp', 'timestamptz', 'timestamptz(3)', 'date', 'timestamp(0)', 'text'],
  ['inet', 'cidr', 'text'],
  ['bit(4)', 'bit varying(8)', 'bit varying', 'bit(8)', 'varbit(8)', 'varbit'],
  ['json', 'jsonb', 'text'],
  ['numeric', 'numeric(10,2)', 'numeric(12,2)', 'numeric(12,4)', 'bigint'],
  ['interval', 'interval(3)', 'text'],
  ['time', 'time(3)', 'timetz', 'interval'],
  ['integer[]', 'bigint[]', 'text[]'],
  ['oid', 'bigint', 'regclass'],
];

/** A type that the column can mostly be turned into. */
export function neighbour(scene: Scene, from: string): string {
  const own = ownType(scene, from);
  if (own?.kind === 'd') return scene.random.pick([own.base ?? 'text', 'text']);
  if (own) return 'text';
  const domain = anyOf(scene, scene.world.types.filter(({ base }) => base === from));
  if (domain && rarely(scene, 6)) return domain.sql;
  const base = from.replace('character varying', 'varchar').replace(/^character/, 'char').replace(/ without time zone/, '').replace(/^(timestamp|time)(.*) with time zone/, '$1tz$2');
  const bare = (one: string): string => one.replace(/\(.*?\)| COLLATE.*/g, '');
  const family = anyOf(scene, neighbours.filter((one) => one.some((name) => bare(name) === bare(base))));
  return family ? scene.random.pick(family) : 'text';
}

/** Without a cast of its own, PostgreSQL does not turn one into the other by itself. */
export function needsUsing(scene: Scene, from: string, to: string): boolean {
  const [before, behind] = [familyOf(scene, from), familyOf(scene, to)];
  return behind !== 'text' && (before !== behind || before === 'array' || before === 'id' || before === 'bits' || before === 'json');
}

const constants: Readonly<Record<Family, (scene: Scene) => string>> = {
  number: ({ random }) => String(1 + random.number(9)),
  text: ({ random }) => random.pick(["'x'", "'y'", "'1'"]),
  letter: () => "'x'",
  moment: ({ random }) => `'2026-0${1 + random.number(9)}-01'`,
  clock: () => "'12:00'",
  interval: () => "'1 day'",
  boolean: ({ random }) => random.pick(['true', 'false']),
  uuid: ({ random }) => `'00000000-0000-0000-0000-00000000000${random.number(9)}'`,
  json: () => `'{}'`,
  range: () => "'empty'",
  net: () => "'10.0.0.0/8'",
  bits: () => "B'1010'",
  id: () => "'1'",
  money: () => "'1'",
  array: () => "'{}'",
  other: () => 'NULL',
};

const otherConstants: Readonly<Record<string, string>> = {
  xml: "'<a/>'", line: "'{1,2,3}'", lseg: "'((0,0),(1,1))'", box: "'(1,1),(0,0)'", path: "'((0,0),(1,1))'", polygon: "'((0,0),(1,1))'", circle: "'<(0,0),1>'", pg_lsn: "'0/1'", tsquery: "'x'", jsonpath: "'$'",
  macaddr8: "'08:00:2b:01:02:03:04:05'", tid: "'(0,1)'", bit: "B'1'", 'bit(1)': "B'1'", anyelement: '1', anyarray: "'{1}'", 'text ARRAY': "'{}'", 'int[3]': "'{}'",
};

/** A constant that fits the type. */
export function constant(scene: Scene, of: string): string {
  const own = ownType(scene, of);
  if (own?.kind === 'e') return `'${anyOf(scene, own.labels) ?? 'none'}'`;
  if (own?.kind === 'c') return `ROW(${own.attributes.map((one) => constant(scene, one.type)).join(', ')})`;
  if (own?.kind === 'r') return "'empty'";
  const specials: Readonly<Record<string, string>> = { bytea: "'x'", point: "'(1,2)'", tsvector: "'x'", macaddr: "'08:00:2b:01:02:03'", ...otherConstants };
  if ((own?.base ?? of).includes('multirange')) return "'{}'";
  return specials[own?.base ?? of] ?? constants[familyOf(scene, of)](scene);
}

/** A constant or, where it may be, NULL. */
export function literal(scene: Scene, { type: of, notNull }: Pick<WorldColumn, 'type' | 'notNull'>): string {
  return !notNull && rarely(scene, 8) ? 'NULL' : constant(scene, of);
}

/** Expressions of the type, functions of the history among them. */
export function defaultFor(scene: Scene, of: string): string {
  const { random, world } = scene;
  const calls = world.functions.filter(({ returns, kind, arguments: all }) => kind === 'f' && returns === of && all.length <= 1).map((one) => call(scene, one));
  const made = anyOf(scene, calls);
  if (made !== undefined && rarely(scene, 2)) return made;
  if (rarely(scene, 8)) return 'NULL';
  const family = familyOf(scene, of);
  if (family === 'moment') return random.pick(['now()', 'clock_timestamp()', 'CURRENT_TIMESTAMP', "'2026-01-01'"]);
  if (family === 'uuid') return 'gen_random_uuid()';
  if (family === 'number' && rarely(scene, 3)) return random.pick(['(random() * 9)::int', '1 + 1', "length('abc')"]);
  if (family === 'text' && rarely(scene, 4)) return random.pick(["lower('X')", "'a' || 'b'", 'CURRENT_USER']);
  return constant(scene, of);
}

export function call(scene: Scene, { name, arguments: all }: { readonly name: string; readonly arguments: readonly string[] }): string {
  return `${name}(${all.map((one) => `${constant(scene, one)}::${one === 'anyelement' ? 'int' : one}`).join(', ')})`;
}

/** A condition over a column that is mostly true of all rows. */
export function condition(scene: Scene, of: Pick<WorldRelation, 'columns'>, isForIndex = false): string {
  const found = column(scene, of, ({ generated }) => generated !== 'v');
  if (found === undefined) return 'true';
  const { name } = found;
  const isNumber = familyOf(scene, found.type) === 'number' && ownType(scene, found.type) === undefined;
  const check = anyOf(scene, scene.world.functions.filter(({ returns, arguments: all, volatility }) => returns === 'boolean' && all.length === 1 && all[0] === found.type && (!isForIndex || volatility === 'i')));
  if (check && rarely(scene, 2)) return `${check.name}(${name})`;
  return scene.random.pick([
    `${name} IS NOT NULL`,
    isNumber ? `${name} > 0` : `${name} IS NOT NULL OR ${name} IS NULL`,
    isNumber ? `${name} BETWEEN 0 AND 1000` : `${name} IS NOT NULL`,
    ...(isForIndex ? [] : [isNumber ? `${name} > 0 AND ${name} IS NOT NULL` : `${name} IS NULL OR true`, 'true']),
  ]);
}
