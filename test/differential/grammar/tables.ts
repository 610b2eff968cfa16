// CREATE TABLE in its forms.

import { columnConstraints, tableConstraint } from './constraints.ts';
import {
  anyOf, defaultFor, maybe, named, newColumn, newName, oneOf, rarely, relation, schema, some, table, tables, type,
  type Production, type Scene,
} from './scene.ts';

export function definition(scene: Scene, name: string): string {
  const of = type(scene);
  if (rarely(scene, 14)) return `${name} ${scene.random.pick(['serial', 'bigserial', 'smallserial'])}${maybe(scene, 'PRIMARY KEY')}`;
  if (rarely(scene, 14)) return `${name} bigint GENERATED ${scene.random.pick(['ALWAYS', 'BY DEFAULT'])} AS IDENTITY${maybe(scene, 'PRIMARY KEY')}`;
  const initial = rarely(scene, 3) ? ` DEFAULT ${defaultFor(scene, of)}` : '';
  return `${name} ${of}${initial}${columnConstraints(scene)}`;
}

/** A key first, so that others can refer to it. */
function definitions(scene: Scene): string {
  const names = some(scene, ['a', 'b', 'c', 'd', 'e', 'f', 'note', 'amount', '"Full Name"', 'straße'], 6);
  const id = rarely(scene, 6) ? [] : [`id ${scene.random.pick(['int', 'bigint', 'uuid', 'bigint GENERATED ALWAYS AS IDENTITY', 'serial'])}${rarely(scene, 4) ? '' : ' PRIMARY KEY'}`];
  const generated = rarely(scene, 8) ? [`g int GENERATED ALWAYS AS (1 + 1) ${scene.version >= 18 && rarely(scene, 2) ? 'VIRTUAL' : 'STORED'}`] : [];
  const bare = { columns: names.map((name) => ({ name, type: 'text', notNull: false, hasDefault: false, identity: '', generated: '' })) };
  const constraint = rarely(scene, 4) ? [tableConstraint(scene, bare)] : [];
  return [...id, ...names.map((name) => definition(scene, name)), ...generated, ...constraint].join(', ');
}

const plain: Production = (scene) => {
  const kind = scene.random.pick(['', '', '', '', '', '', 'UNLOGGED ', 'TEMPORARY ']);
  const space = kind === 'TEMPORARY ' ? '' : schema(scene);
  return `CREATE ${kind}TABLE${maybe(scene, 'IF NOT EXISTS', 6)} ${space}${newName(scene)} (${definitions(scene)})`;
};

const partitioned: Production = (scene) => {
  const key = scene.random.pick(['RANGE (id)', 'LIST (id)', 'HASH (id)', 'RANGE (at)']);
  const at = key.endsWith('(at)');
  const primary = rarely(scene, 2) ? `, PRIMARY KEY (${at ? 'id, at' : 'id'})` : '';
  return `CREATE TABLE ${schema(scene)}${newName(scene)} (id int NOT NULL, at timestamptz NOT NULL, ${definition(scene, newColumn(scene))}${primary}) PARTITION BY ${key}`;
};

export function bound(scene: Scene, strategy: string, keyIsTime: boolean): string {
  const low = scene.random.number(9);
  if (strategy === 'h') return `FOR VALUES WITH (MODULUS 4, REMAINDER ${scene.random.number(4)})`;
  if (rarely(scene, 5)) return 'DEFAULT';
  if (strategy === 'l') return `FOR VALUES IN (${low}, ${low + 100})`;
  const value = (at: number): string => (keyIsTime ? `'20${20 + at}-01-01'` : String(at * 10));
  return `FOR VALUES FROM (${value(low)}) TO (${value(low + 1)})`;
}

/** Is its key the column `at`? Only the generator's own tables are partitioned. */
export function boundOf(scene: Scene, strategy: string): string {
  return bound(scene, strategy, rarely(scene, 4));
}

const partition: Production = (scene) => {
  const parent = table(scene, ({ kind }) => kind === 'p');
  if (!parent?.strategy) return undefined;
  const deeper = rarely(scene, 6) ? ` PARTITION BY ${scene.random.pick(['RANGE (id)', 'LIST (id)', 'HASH (id)'])}` : '';
  return `CREATE TABLE ${newName(scene)} PARTITION OF ${named(scene, parent)} ${boundOf(scene, parent.strategy)}${deeper}`;
};

const child: Production = (scene) => {
  const parents = some(scene, tables(scene, ({ kind, isPartition, persistence }) => kind === 'r' && !isPartition && persistence !== 't'), 2);
  if (parents.length === 0) return undefined;
  const own = rarely(scene, 2) ? definition(scene, newColumn(scene)) : '';
  return `CREATE TABLE ${newName(scene)} (${own}) INHERITS (${parents.slice(0, rarely(scene, 4) ? 2 : 1).map((one) => named(scene, one)).join(', ')})`;
};

const like: Production = (scene) => {
  const source = relation(scene, 'r', 'r', 'p', 'v', 'm');
  if (source === undefined) return undefined;
  const options = scene.random.pick(['', ' INCLUDING ALL', ' INCLUDING DEFAULTS', ' INCLUDING CONSTRAINTS INCLUDING INDEXES', ' INCLUDING IDENTITY INCLUDING GENERATED', ' INCLUDING ALL EXCLUDING INDEXES']);
  const own = rarely(scene, 3) ? `, ${definition(scene, newColumn(scene))}` : '';
  return `CREATE TABLE ${schema(scene)}${newName(scene)} (LIKE ${named(scene, source)}${options}${own})`;
};

const fromQuery: Production = (scene) => {
  const source = relation(scene, 'r', 'p', 'v', 'm');
  if (source === undefined) return undefined;
  const { columns } = source;
  const list = columns.length > 0 && rarely(scene, 2) ? some(scene, columns, 3).map(({ name }) => name).join(', ') : '*';
  const name = newName(scene);
  if (rarely(scene, 4)) return `SELECT ${list} INTO ${name} FROM ${named(scene, source)}`;
  return `CREATE TABLE ${name} AS SELECT ${list} FROM ${named(scene, source)}${maybe(scene, 'WITH NO DATA')}`;
};

const ofType: Production = (scene) => {
  const composite = anyOf(scene, scene.world.types.filter(({ kind }) => kind === 'c'));
  return composite && `CREATE TABLE ${newName(scene)} OF ${composite.sql}`;
};

export const createTable = oneOf([9, plain], [3, partitioned], [5, partition], [3, child], [2, like], [2, fromQuery], [1, ofType]);
