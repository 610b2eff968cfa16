// Schemas, and what drops or hands on many things at once.

import { anyOf, fresh, maybe, named, newName, oneOf, rarely, some, tables, type Production } from './scene.ts';

const schemaNames = ['app', 'audit', '"My Schema"', 'lager'];

const create: Production = (scene) => {
  const name = fresh(scene, schemaNames, scene.world.schemas);
  if (rarely(scene, 6)) return `CREATE SCHEMA ${name} CREATE TABLE ${newName(scene)} (id int PRIMARY KEY)${maybe(scene, 'CREATE VIEW shown AS SELECT 1 AS one', 2)}`;
  return `CREATE SCHEMA${maybe(scene, 'IF NOT EXISTS', 3)} ${name}${maybe(scene, 'AUTHORIZATION CURRENT_USER', 8)}`;
};

const drop: Production = (scene) => {
  const name = anyOf(scene, scene.world.schemas.filter((one) => one !== 'public'));
  const isFull = scene.world.relations.some(({ schema }) => schema === name);
  return name && `DROP SCHEMA${maybe(scene, 'IF EXISTS', 5)} ${name}${isFull && !rarely(scene, 4) ? ' CASCADE' : maybe(scene, 'CASCADE', 3)}`;
};

export const dropTables: Production = (scene) => {
  if (rarely(scene, 8)) return `DROP TABLE IF EXISTS ${newName(scene)}`;
  const dropped = some(scene, tables(scene, ({ isPartition }) => !isPartition || rarely(scene, 3)), rarely(scene, 5) ? 2 : 1);
  const isUsed = dropped.some((one) => one.isUsed || one.children.length > 0);
  return dropped.length === 0 ? undefined : `DROP TABLE${maybe(scene, 'IF EXISTS', 5)} ${dropped.map((one) => named(scene, one)).join(', ')}${isUsed && !rarely(scene, 6) ? ' CASCADE' : maybe(scene, scene.random.pick(['CASCADE', 'RESTRICT']), 5)}`;
};

/** `clerk` is a role that the run has made. */
const owned: Production = (scene) => {
  const of = anyOf(scene, tables(scene));
  return scene.random.pick([
    ...(of ? [`ALTER TABLE ${named(scene, of)} OWNER TO clerk`, `ALTER TABLE ${named(scene, of)} OWNER TO clerk`] : []),
    'REASSIGN OWNED BY clerk TO CURRENT_USER',
    'REASSIGN OWNED BY clerk TO postgres',
    `DROP OWNED BY clerk${maybe(scene, 'CASCADE', 2)}`,
  ]);
};

const extensions: Production = (scene) => scene.random.pick(['CREATE EXTENSION IF NOT EXISTS plpgsql', 'DROP EXTENSION IF EXISTS nothing', 'DISCARD TEMP', 'RESET ALL', 'CHECKPOINT']);

export const schemas = oneOf([6, create], [2, drop], [2, owned], [1, extensions]);
