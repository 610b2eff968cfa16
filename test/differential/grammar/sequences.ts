// CREATE, ALTER and DROP SEQUENCE, and defaults that draw from one.

import { anyOf, cascade, column, freshName, maybe, mostly, named, oneOf, relation, schema, table, type Production } from './scene.ts';

const create: Production = (scene) => {
  const of = table(scene);
  const found = of && column(scene, of);
  const options = scene.random.pick(['', '', ' AS smallint', ' AS int INCREMENT BY 2', ' START WITH 100 CACHE 10', ' MINVALUE 1 MAXVALUE 1000 CYCLE', ' NO MINVALUE']);
  const kind = scene.random.pick(['', '', '', ' TEMP', ...(scene.version >= 15 ? [' UNLOGGED'] : [])]);
  const isFitting = kind === '' && of?.persistence === 'p' && of.schema === 'public';
  return `CREATE${kind} SEQUENCE${maybe(scene, 'IF NOT EXISTS', 5)} ${kind === ' TEMP' || isFitting ? '' : schema(scene)}${freshName(scene, 'q')}${options}${isFitting && found ? maybe(scene, `OWNED BY ${of.sql}.${found.name}`) : ''}`;
};

const alter: Production = (scene) => {
  const found = mostly(scene, scene.world.relations.filter(({ kind }) => kind === 'S'), ({ isOwned }) => !isOwned);
  if (found === undefined) return undefined;
  const of = table(scene, ({ schema: space, persistence }) => space === found.schema && persistence === found.persistence);
  const owner = of && column(scene, of);
  const { random, version } = scene;
  const change = random.pick([
    'RESTART', 'RESTART WITH 7', 'INCREMENT 2', 'OWNED BY NONE', 'AS bigint', 'MAXVALUE 100000', 'NO MAXVALUE', 'CACHE 5', 'CYCLE', 'NO CYCLE', 'START 3',
    ...(owner ? [`OWNED BY ${of.sql}.${owner.name}`, `OWNED BY ${of.sql}.${owner.name}`] : []),
    `RENAME TO ${freshName(scene, 'q')}`, 'OWNER TO CURRENT_USER',
    ...(found.persistence === 't' ? [] : [`SET SCHEMA ${anyOf(scene, scene.world.schemas) ?? 'public'}`]),
    ...(version >= 15 && found.persistence !== 't' ? [`SET ${random.pick(['LOGGED', 'UNLOGGED'])}`] : []),
  ]);
  return `ALTER SEQUENCE${maybe(scene, 'IF EXISTS', 6)} ${named(scene, found)} ${change}`;
};

const drop: Production = (scene) => {
  const found = mostly(scene, scene.world.relations.filter(({ kind }) => kind === 'S'), ({ isOwned }) => !isOwned);
  return found && `DROP SEQUENCE${maybe(scene, 'IF EXISTS', 5)} ${named(scene, found)}${cascade(scene, found.isUsed)}`;
};

const asDefault: Production = (scene) => {
  const sequence = relation(scene, 'S');
  const of = sequence && table(scene, ({ persistence }) => (persistence === 't') === (sequence.persistence === 't'));
  const found = of && column(scene, of, ({ type, generated, identity }) => /^(?:integer|bigint)$/.test(type) && generated === '' && identity === '');
  return found && sequence && `ALTER TABLE ${named(scene, of)} ALTER COLUMN ${found.name} SET DEFAULT nextval('${sequence.sql}'${maybe(scene, '::regclass', 2).trim()})`;
};

const drawn: Production = (scene) => {
  const found = relation(scene, 'S');
  return found && scene.random.pick([`SELECT nextval('${found.sql}')`, `SELECT setval('${found.sql}', 5)`, `SELECT pg_catalog.setval('${found.sql}', 5, false)`, `SELECT currval('${found.sql}'), lastval()`, `SELECT setval('${found.sql}', (SELECT count(*) + 1 FROM pg_class))`, `SELECT last_value FROM ${found.sql}`]);
};

export const sequences = oneOf([3, create], [5, alter], [2, drop], [2, asDefault], [1, drawn]);
