// What a production of the grammar can ask for: names of what is there and of what may be made, and dice.

import type { PostgresVersion } from '../../../src/model/version.ts';
import type { Random } from '../../fuzz/random.ts';
import type { World, WorldColumn, WorldRelation } from '../world.ts';

export interface Scene {
  readonly random: Random;
  readonly world: World;
  readonly version: PostgresVersion;
}

/** A statement without its semicolon; undefined where there is nothing that it could be about. */
export type Production = (scene: Scene) => string | undefined;

/** One of them, each as often as its weight says. */
export function oneOf(...choices: readonly (readonly [weight: number, production: Production])[]): Production {
  const all = choices.flatMap(([weight, production]) => Array.from({ length: weight }, () => production));
  return (scene) => scene.random.pick(all)(scene);
}

/** True once in `times`. */
export function rarely({ random }: Scene, times = 5): boolean {
  return random.number(times) === 0;
}

/** The words, now and then. */
export function maybe(scene: Scene, words: string, times = 3): string {
  return rarely(scene, times) ? ` ${words}` : '';
}

export function some<T>({ random }: Scene, items: readonly T[], most: number): T[] {
  const shuffled = items.map((item) => ({ item, key: random.number(1_000_000) })).toSorted((left, right) => left.key - right.key);
  return shuffled.slice(0, 1 + random.number(Math.min(most, Math.max(1, items.length)))).map(({ item }) => item);
}

export function anyOf<T>({ random }: Scene, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : random.pick(items);
}

const tableNames = ['orders', 'items', 'users', 'events', 'accounts', 'lines', 'notes', 'logs', '"Order Lines"', 'größe', '"select"'];
const columnNames = ['a', 'b', 'c', 'd', 'e', 'f', 'note', 'amount', '"Full Name"', 'straße', '"order"'];

export function newName({ random }: Scene): string {
  return random.pick(tableNames);
}

export function newColumn({ random }: Scene): string {
  return random.pick(columnNames);
}

/** A name that is hardly taken: `x17`. */
export function freshName({ random }: Scene, prefix = 'x'): string {
  return `${prefix}${random.number(400)}`;
}

export function schema(scene: Scene): string {
  return rarely(scene, 6) ? `${scene.random.pick(scene.world.schemas)}.` : '';
}

const isTable = ({ kind }: WorldRelation): boolean => kind === 'r' || kind === 'p';

export function tables({ world }: Scene, isWanted: (table: WorldRelation) => boolean = () => true): WorldRelation[] {
  return world.relations.filter((relation) => isTable(relation) && isWanted(relation));
}

export function table(scene: Scene, isWanted?: (table: WorldRelation) => boolean): WorldRelation | undefined {
  return anyOf(scene, tables(scene, isWanted));
}

export function relation(scene: Scene, ...kinds: readonly string[]): WorldRelation | undefined {
  return anyOf(
    scene,
    scene.world.relations.filter(({ kind }) => kinds.includes(kind)),
  );
}

/** As it is written: with its schema, or without it where that is `public`. */
export function named(scene: Scene, { sql, schema: space, name, persistence }: WorldRelation): string {
  const isFound = space === 'public' || persistence === 't';
  return isFound && !rarely(scene, 4) ? name : persistence === 't' ? `pg_temp.${name}` : sql;
}

/** A column of it, or seldom one that it has not. */
export function column(scene: Scene, { columns }: WorldRelation, isWanted: (column: WorldColumn) => boolean = () => true): WorldColumn | undefined {
  return anyOf(scene, columns.filter(isWanted));
}

const plainTypes = [
  'int', 'bigint', 'smallint', 'text', 'varchar(20)', 'varchar(50)', 'varchar', 'char(5)', 'numeric', 'numeric(10,2)', 'numeric(12,2)', 'boolean',
  'date', 'timestamp', 'timestamptz', 'timestamptz(3)', 'time', 'interval', 'uuid', 'json', 'jsonb', 'bytea', 'real', 'double precision', 'inet',
  'cidr', 'bit(4)', 'varbit(8)', 'int[]', 'text[]', 'int4range', 'tsvector', 'oid', 'xid', 'money', 'point', 'name',
];

export function type(scene: Scene): string {
  const own = anyOf(scene, scene.world.types);
  return own && rarely(scene, 4) ? `${own.sql}${maybe(scene, '[]', 8).trim()}` : scene.random.pick(plainTypes);
}

/** A type that the column can mostly be turned into. */
export function neighbour(scene: Scene, from: string): string {
  const families = [
    ['integer', 'bigint', 'smallint', 'numeric', 'numeric(10,2)', 'text', 'oid', 'real', 'double precision'],
    ['text', 'varchar', 'varchar(20)', 'varchar(50)', 'char(5)', 'name', 'text COLLATE "C"'],
    ['timestamp', 'timestamptz', 'timestamptz(3)', 'date', 'timestamp(0)'],
    ['inet', 'cidr', 'text'],
    ['bit(4)', 'varbit(8)', 'varbit', 'bit(8)'],
    ['json', 'jsonb', 'text'],
    ['numeric', 'numeric(10,2)', 'numeric(12,2)', 'numeric(12,4)', 'bigint'],
    ['interval', 'interval(3)', 'text'],
    ['time', 'time(3)', 'timetz'],
  ];
  const base = from.replace('character varying', 'varchar').replace('character', 'char').replace(/ with(out)? time zone/, '');
  const mine = families.filter((family) => family.some((one) => base.startsWith(one.replace(/[ (].*/, ''))));
  const family = anyOf(scene, mine);
  return family ? scene.random.pick(family) : type(scene);
}

/** A constant that casts to most columns of the type, or NULL. */
export function literal(scene: Scene, of: string): string {
  if (rarely(scene, 8)) return 'NULL';
  if (/^(int|bigint|smallint|numeric|real|double|oid|money)/.test(of)) return String(1 + scene.random.number(9));
  if (/^(text|varchar|character|char|name)/.test(of)) return "'x'";
  if (/^bool/.test(of)) return 'true';
  if (/^(timestamp|date)/.test(of)) return "'2026-01-01'";
  if (/^json/.test(of)) return "'{}'";
  if (/\[\]$|range$/.test(of)) return of.endsWith('[]') ? "'{}'" : "'empty'";
  if (/^uuid/.test(of)) return "'00000000-0000-0000-0000-000000000000'";
  const own = scene.world.types.find(({ sql, kind }) => kind === 'e' && sql.endsWith(of.replace(/^.*\./, '')));
  const label = own && anyOf(scene, own.labels);
  return label === undefined ? 'NULL' : `'${label}'`;
}

export function defaultFor(scene: Scene, of: string): string {
  const { random } = scene;
  if (/^timestamp/.test(of)) return random.pick(['now()', 'clock_timestamp()', 'CURRENT_TIMESTAMP', "'2026-01-01'"]);
  if (/^uuid/.test(of)) return 'gen_random_uuid()';
  if (/^(int|bigint|numeric|real|double)/.test(of) && rarely(scene, 3)) return random.pick(['(random() * 9)::int', '1 + 1', 'length(\'abc\')']);
  return literal(scene, of);
}

/** A condition over a column of the table. */
export function condition(scene: Scene, of: WorldRelation): string {
  const found = column(scene, of);
  if (found === undefined) return 'true';
  const isNumber = /^(int|bigint|smallint|numeric|real|double)/.test(found.type);
  return scene.random.pick([
    `${found.name} IS NOT NULL`,
    `${found.name} IS NOT NULL`,
    isNumber ? `${found.name} > 0` : `${found.name} IS NOT NULL OR ${found.name} IS NULL`,
    isNumber ? `${found.name} BETWEEN 0 AND 1000` : 'true',
  ]);
}
