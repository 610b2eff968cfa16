// Foreign tables, and what they need: wrappers without a handler, whose rows nobody can reach, and file_fdw, which reads files.

import { boundFor } from './partitions.ts';
import { anyOf, cascade, fresh, freshName, maybe, mostly, named, newColumn, newName, oneOf, rarely, relation, schema, some, table, tables, type Production, type Scene } from './scene.ts';
import { condition, defaultFor, neighbour, type } from './values.ts';
import type { WorldRelation } from '../world.ts';

const create: Production = (scene) => {
  const { random, world } = scene;
  const server = anyOf(scene, world.servers);
  if (server === undefined) return underneath(scene);
  const columns = some(scene, ['a', 'b', 'c', 'note', '"Full Name"'], 3).map((name) => columnOf(scene, name));
  const options = server.wrapper === 'file_fdw' ? " OPTIONS (filename '/dev/null', format 'csv')" : maybe(scene, "OPTIONS (anything 'x')", 4);
  const parent = rarely(scene, 4) ? anyOf(scene, tables(scene, ({ kind, persistence }) => kind === 'p' && persistence === 'p')) : undefined;
  const bound = parent && boundFor(scene, parent);
  if (parent && bound) return `CREATE FOREIGN TABLE ${newName(scene)} PARTITION OF ${named(scene, parent)} ${bound} SERVER ${server.name}${options}`;
  const above = rarely(scene, 8) ? table(scene, ({ kind, isPartition, persistence }) => kind === 'r' && !isPartition && persistence === 'p') : undefined;
  const more = rarely(scene, 5) ? `, CHECK (${random.pick(['id > 0', 'id IS NOT NULL'])})${maybe(scene, 'NO INHERIT', 4)}` : '';
  return `CREATE FOREIGN TABLE${maybe(scene, 'IF NOT EXISTS', 6)} ${schema(scene)}${newName(scene)} (id int${maybe(scene, 'NOT NULL')}, ${columns.join(', ')}${more})${above ? ` INHERITS (${named(scene, above)})` : ''} SERVER ${server.name}${options}`;
};

function columnOf(scene: Scene, name: string): string {
  const of = type(scene);
  return `${name} ${of}${scene.random.pick(['', '', " OPTIONS (force_null 'true')"])}${scene.random.pick(['', '', ' NOT NULL', ` DEFAULT ${defaultFor(scene, of)}`, ' CHECK (true)'])}`;
}

const underneath: Production = (scene) => {
  const { wrappers, servers } = scene.world;
  const wrapper = anyOf(scene, wrappers);
  if (wrapper === undefined) return scene.random.pick(['CREATE EXTENSION file_fdw', 'CREATE EXTENSION IF NOT EXISTS file_fdw', 'CREATE FOREIGN DATA WRAPPER far']);
  const name = fresh(scene, ['files', 'there', '"Far Away"'], servers.map((one) => one.name));
  const found = anyOf(scene, servers);
  return scene.random.pick([
    `CREATE SERVER${maybe(scene, 'IF NOT EXISTS', 5)} ${name} FOREIGN DATA WRAPPER ${wrapper}`,
    `CREATE SERVER ${name} TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER ${wrapper}`,
    `CREATE FOREIGN DATA WRAPPER ${freshName(scene, 'w')} NO HANDLER NO VALIDATOR`,
    ...(found ? [`CREATE USER MAPPING${maybe(scene, 'IF NOT EXISTS', 3)} FOR CURRENT_USER SERVER ${found.name}`, `ALTER SERVER ${found.name} ${scene.random.pick(["VERSION '2'", 'OWNER TO CURRENT_USER', `RENAME TO ${freshName(scene, 'srv')}`])}`] : []),
  ]);
};

/** Of the server, and of what it is reached with. */
const drop: Production = (scene) => {
  const found = anyOf(scene, scene.world.servers);
  const of = relation(scene, 'f');
  return scene.random.pick([
    ...(of ? [`DROP FOREIGN TABLE${maybe(scene, 'IF EXISTS', 5)} ${named(scene, of)}${cascade(scene, of.isUsed)}`] : []),
    ...(found ? [`DROP SERVER${maybe(scene, 'IF EXISTS', 5)} ${found.name}${maybe(scene, 'CASCADE', 2)}`, `DROP USER MAPPING IF EXISTS FOR CURRENT_USER SERVER ${found.name}`] : []),
    ...(found && rarely(scene, 3) ? [found.wrapper === 'file_fdw' ? `DROP EXTENSION file_fdw${maybe(scene, 'CASCADE', 1)}` : `DROP FOREIGN DATA WRAPPER ${found.wrapper}${maybe(scene, 'CASCADE', 1)}`] : []),
    'DROP FOREIGN TABLE IF EXISTS nothing',
  ]);
};

const alter: Production = (scene) => {
  const of = relation(scene, 'f');
  if (of === undefined) return undefined;
  const made = Array.from({ length: rarely(scene, 4) ? 2 : 1 }, () => action(scene, of)).filter((one) => one !== undefined);
  if (made.length === 0) return undefined;
  return `ALTER ${scene.random.pick(['FOREIGN TABLE', 'FOREIGN TABLE', 'TABLE'])}${maybe(scene, 'IF EXISTS', 8)} ${named(scene, of)} ${made.join(', ')}`;
};

function action(scene: Scene, of: WorldRelation): string | undefined {
  const found = mostly(scene, of.columns, ({ isInherited }) => !isInherited);
  const check = anyOf(scene, of.constraints.filter(({ type: kind, isInherited }) => kind === 'c' && !isInherited));
  const parent = rarely(scene, 3) ? table(scene, ({ kind, isPartition }) => kind === 'r' && !isPartition) : undefined;
  return scene.random.pick([
    `ADD COLUMN ${columnOf(scene, newColumn(scene, of))}`,
    `ADD${maybe(scene, `CONSTRAINT ${freshName(scene, 'k')}`, 2)} CHECK (${condition(scene, of)})${maybe(scene, 'NOT VALID')}`,
    `OPTIONS (${of.columns.length % 2 === 0 ? "ADD delimiter ','" : "SET format 'csv'"})`,
    ...(found
      ? [
          `DROP COLUMN ${found.name}${cascade(scene, found.isUsed)}`,
          `ALTER COLUMN ${found.name} TYPE ${neighbour(scene, found.type)}`,
          `ALTER COLUMN ${found.name} TYPE ${found.type}`,
          `ALTER COLUMN ${found.name} ${scene.random.pick(['SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT', `SET DEFAULT ${defaultFor(scene, found.type)}`, 'SET STATISTICS 100'])}`,
          `ALTER COLUMN ${found.name} OPTIONS (force_not_null 'true')`,
        ]
      : []),
    ...(check ? [`DROP CONSTRAINT ${check.name}`, `VALIDATE CONSTRAINT ${check.name}`] : []),
    ...(parent ? [of.parents.length > 0 ? `NO INHERIT ${of.parents[0] ?? ''}` : `INHERIT ${named(scene, parent)}`] : []),
    'OWNER TO CURRENT_USER',
    `${scene.random.pick(['ENABLE', 'DISABLE'])} TRIGGER ALL`,
  ]);
}

const renamed: Production = (scene) => {
  const of = relation(scene, 'f');
  const found = of && anyOf(scene, of.columns);
  return of && `ALTER ${scene.random.pick(['FOREIGN TABLE', 'TABLE'])} ${named(scene, of)} ${scene.random.pick([`RENAME TO ${newName(scene)}`, ...(found ? [`RENAME COLUMN ${found.name} TO ${newColumn(scene, of)}`] : []), `SET SCHEMA ${anyOf(scene, scene.world.schemas) ?? 'public'}`])}`;
};

/** As tables are used, where PostgreSQL allows it or not. */
const used: Production = (scene) => {
  const of = relation(scene, 'f');
  const parent = of && anyOf(scene, tables(scene, ({ sql }) => of.parents.includes(sql)));
  const touch = anyOf(scene, scene.world.functions.filter(({ returns }) => returns === 'trigger'));
  if (of === undefined) return undefined;
  const on = named(scene, of);
  return scene.random.pick([
    `SELECT * FROM ${on}`,
    `INSERT INTO ${on} (${of.columns[0]?.name ?? 'id'}) VALUES (NULL)`,
    `ANALYZE ${on}`,
    `LOCK TABLE ${on} IN ACCESS EXCLUSIVE MODE`,
    `TRUNCATE ${on}`,
    `VACUUM ${on}`,
    `CREATE INDEX ON ${on} (${of.columns[0]?.name ?? 'id'})`,
    `CREATE VIEW ${freshName(scene, 'fv')} AS SELECT * FROM ${on}`,
    `CREATE MATERIALIZED VIEW ${freshName(scene, 'fm')} AS SELECT * FROM ${on}`,
    `CREATE TABLE ${newName(scene)} (LIKE ${on} INCLUDING ALL)`,
    `COMMENT ON FOREIGN TABLE ${on} IS 'x'`,
    `GRANT SELECT ON ${on} TO PUBLIC`,
    ...(touch ? [`CREATE TRIGGER ${freshName(scene, 't')} BEFORE INSERT ON ${on} FOR EACH ROW EXECUTE FUNCTION ${touch.sql}`] : []),
    ...(parent && of.isPartition ? [`ALTER TABLE ${named(scene, parent)} DETACH PARTITION ${on}${maybe(scene, 'CONCURRENTLY', 5)}`] : []),
  ]);
};

export const foreign = oneOf([3, underneath], [6, create], [6, alter], [2, drop], [2, renamed], [4, used]);
