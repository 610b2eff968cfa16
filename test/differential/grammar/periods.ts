// Keys over time (18): WITHOUT OVERLAPS, and the foreign keys with PERIOD that refer to them.

import { anyOf, column, freshName, isTried, named, newName, oneOf, rarely, schema, table, tables, type Production, type Scene } from './scene.ts';
import { constant } from './values.ts';
import type { WorldColumn, WorldRelation } from '../world.ts';

const ranges = /^(?:int4range|tstzrange|daterange|tsrange|int4multirange|datemultirange)$/;

function isRange({ type }: WorldColumn): boolean {
  return ranges.test(type);
}

const create: Production = (scene) => {
  if (!isTried(scene, 18)) return undefined;
  const { random } = scene;
  const id = random.pick(['int4range', 'int4range', 'int']);
  const during = random.pick(['tstzrange', 'daterange', 'int4range']);
  const key = random.pick([', PRIMARY KEY (id, during WITHOUT OVERLAPS)', ', PRIMARY KEY (id, during WITHOUT OVERLAPS)', `, CONSTRAINT ${freshName(scene, 'tk')} UNIQUE (id, during WITHOUT OVERLAPS)`, '']);
  const target = rarely(scene, 3) ? keyed(scene) : undefined;
  const own = target ? `, ref ${target.first.type}, span ${target.last.type}, FOREIGN KEY (ref, PERIOD span) REFERENCES ${named(scene, target.of)} (${target.first.name}, PERIOD ${target.last.name})` : '';
  const parts = rarely(scene, 8) ? ' PARTITION BY LIST (id)' : '';
  return `CREATE TABLE ${schema(scene)}${newName(scene)} (id ${id}, during ${during}, note text${key}${own})${parts}`;
};

interface Keyed {
  readonly of: WorldRelation;
  readonly first: WorldColumn;
  readonly last: WorldColumn;
}

/** A table with a key that ends with a range. */
function keyed(scene: Scene): Keyed | undefined {
  const found = tables(scene, ({ persistence }) => persistence === 'p').flatMap((of) =>
    of.constraints.flatMap(({ type, columns }): Keyed[] => {
      const [first, last] = columns.map((name) => of.columns.find((one) => one.name === name));
      return (type === 'p' || type === 'u') && columns.length === 2 && first && last && isRange(last) ? [{ of, first, last }] : [];
    }),
  );
  return anyOf(scene, found);
}

const addKey: Production = (scene) => {
  const of = isTried(scene, 18) ? table(scene, ({ columns }) => columns.some(isRange)) : undefined;
  const during = of && column(scene, of, isRange);
  const other = of && column(scene, of, ({ name, type }) => name !== during?.name && (ranges.test(type) || type === 'integer'));
  if (of === undefined || during === undefined || other === undefined) return undefined;
  const hasPrimary = of.constraints.some(({ type }) => type === 'p');
  return `ALTER TABLE ${named(scene, of)} ADD CONSTRAINT ${freshName(scene, 'tk')} ${hasPrimary ? 'UNIQUE' : scene.random.pick(['UNIQUE', 'PRIMARY KEY'])} (${other.name}, ${during.name} WITHOUT OVERLAPS)`;
};

const addReference: Production = (scene) => {
  const target = isTried(scene, 18) ? keyed(scene) : undefined;
  const of = target && table(scene, ({ columns, persistence }) => persistence === 'p' && columns.some(({ type }) => type === target.first.type) && columns.some(({ type }) => type === target.last.type));
  const first = of && column(scene, of, ({ type }) => type === target?.first.type);
  const last = of && column(scene, of, ({ type, name }) => type === target?.last.type && name !== first?.name);
  if (target === undefined || of === undefined || first === undefined || last === undefined) return undefined;
  return `ALTER TABLE ${named(scene, of)} ADD FOREIGN KEY (${first.name}, PERIOD ${last.name}) REFERENCES ${named(scene, target.of)}${rarely(scene, 3) ? '' : ` (${target.first.name}, PERIOD ${target.last.name})`}${scene.random.pick(['', '', ' NOT VALID', ' DEFERRABLE'])}`;
};

const rows: Production = (scene) => {
  const target = keyed(scene);
  return target && `INSERT INTO ${named(scene, target.of)} (${target.first.name}, ${target.last.name}) VALUES (${constant(scene, target.first.type)}, ${target.last.type === 'int4range' ? "'[1,5)'" : constant(scene, target.last.type)})`;
};

export const periods = oneOf([4, create], [2, addKey], [3, addReference], [1, rows]);
