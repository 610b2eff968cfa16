// What a production of the grammar can ask for: what is there, what it may be called, and dice.

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

/** One at least, in any order. */
export function some<T>({ random }: Scene, items: readonly T[], most: number): T[] {
  const shuffled = items.map((item) => ({ item, key: random.number(1_000_000) })).toSorted((left, right) => left.key - right.key);
  return shuffled.slice(0, 1 + random.number(Math.min(most, Math.max(1, items.length)))).map(({ item }) => item);
}

export function anyOf<T>({ random }: Scene, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : random.pick(items);
}

/** One of those that are wanted; once in five any, for what is refused has to be seen too. */
export function mostly<T>(scene: Scene, items: readonly T[], isWanted: (item: T) => boolean): T | undefined {
  return anyOf(scene, rarely(scene, 5) ? items : items.filter(isWanted));
}

const tableNames = ['orders', 'items', 'users', 'events', 'accounts', 'lines', 'notes', 'logs', '"Order Lines"', 'größe', '"select"', 'customers', 'invoices', 'parts', '"Ünï 1"', 'bills', 'payments', 'a_table_whose_name_is_so_long_that_what_is_made_of_it_is_cut'];
const columnNames = ['a', 'b', 'c', 'd', 'e', 'f', 'note', 'amount', '"Full Name"', 'straße', '"order"', 'kind', 'total', '"so ""called"""', 'a_column_with_a_name_of_some_length'];

/** Of a relation that is not there yet, mostly. */
export function newName(scene: Scene): string {
  return fresh(scene, tableNames, scene.world.relations.map(({ name }) => name));
}

export function newColumn(scene: Scene, of?: Pick<WorldRelation, 'columns'>): string {
  return fresh(scene, columnNames, of?.columns.map(({ name }) => name) ?? []);
}

/** Not one that is taken, but once in nine. */
export function fresh(scene: Scene, names: readonly string[], taken: readonly string[]): string {
  const free = names.filter((name) => !taken.includes(name));
  return scene.random.pick(free.length > 0 && !rarely(scene, 9) ? free : names);
}

/** A name that is hardly taken: `x17`. */
export function freshName({ random }: Scene, prefix = 'x'): string {
  return `${prefix}${random.number(900)}`;
}

export function schema(scene: Scene): string {
  const space = rarely(scene, 6) ? anyOf(scene, scene.world.schemas) : undefined;
  return space === undefined ? '' : `${space}.`;
}

export function cascade(scene: Scene, isNeeded = false): string {
  return isNeeded && !rarely(scene, 6) ? ' CASCADE' : maybe(scene, scene.random.pick(['CASCADE', 'RESTRICT']), 6);
}

export function tables({ world }: Scene, isWanted: (table: WorldRelation) => boolean = () => true): WorldRelation[] {
  return world.relations.filter((relation) => (relation.kind === 'r' || relation.kind === 'p') && isWanted(relation));
}

export function table(scene: Scene, isWanted?: (table: WorldRelation) => boolean): WorldRelation | undefined {
  return anyOf(scene, tables(scene, isWanted));
}

export function relation(scene: Scene, ...kinds: readonly string[]): WorldRelation | undefined {
  const kind = scene.random.pick(kinds);
  return anyOf(scene, scene.world.relations.filter((one) => one.kind === kind));
}

/** A version that has it, or now and then one that does not, which says so. */
export function isTried(scene: Scene, since: PostgresVersion): boolean {
  return scene.version >= since || rarely(scene, 40);
}

/** As it is written: with its schema, or without it where that is `public`. */
export function named(scene: Scene, { sql, schema: space, name, persistence }: Pick<WorldRelation, 'sql' | 'schema' | 'name' | 'persistence'>): string {
  const isFound = space === 'public' || persistence === 't';
  return isFound && !rarely(scene, 4) ? name : sql;
}

export function column(scene: Scene, { columns }: Pick<WorldRelation, 'columns'>, isWanted: (column: WorldColumn) => boolean = () => true): WorldColumn | undefined {
  return anyOf(scene, columns.filter(isWanted));
}

/** Of a partition too, what its parent decides. */
export function isBelow({ parents }: WorldRelation): boolean {
  return parents.length > 0;
}
