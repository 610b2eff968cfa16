// Indexes, views, types, functions and what hangs on a table.

import {
  anyOf, column, condition, defaultFor, freshName, literal, maybe, named, neighbour, newColumn, newName, oneOf, rarely, relation, schema, some,
  table, type, type Production, type Scene,
} from './scene.ts';
import type { WorldRelation } from '../world.ts';

const createIndex: Production = (scene) => {
  const { random, version } = scene;
  const of = rarely(scene, 8) ? relation(scene, 'm') : table(scene);
  if (of === undefined || of.columns.length === 0) return undefined;
  const element = ({ name, type: is }: { readonly name: string; readonly type: string }): string => {
    const isText = /^(text|char|varchar)/.test(is);
    const expressions = [isText ? `lower(${name}::text)` : `(${name} IS NULL)`, `${name} DESC NULLS LAST`, isText ? `${name} COLLATE "C"` : name];
    return rarely(scene, 5) ? random.pick(expressions) : name;
  };
  const list = some(scene, of.columns, 3);
  const method = random.pick(['', '', '', '', ' USING btree', ' USING hash', ' USING brin']);
  const elements = (method.endsWith('hash') ? list.slice(0, 1) : list).map(element).join(', ');
  const unique = maybe(scene, 'UNIQUE', 3);
  const extra = [
    rarely(scene, 8) ? ` INCLUDE (${random.pick(of.columns).name})` : '',
    version >= 15 && unique ? maybe(scene, 'NULLS NOT DISTINCT', 6) : '',
    rarely(scene, 10) ? ' WITH (fillfactor = 70)' : '',
    rarely(scene, 5) ? ` WHERE ${condition(scene, of)}` : '',
  ].join('');
  const name = rarely(scene, 4) ? '' : `${maybe(scene, 'IF NOT EXISTS', 6)} ${freshName(scene, 'i')}`;
  return `CREATE${unique} INDEX${maybe(scene, 'CONCURRENTLY', 5)}${name} ON${maybe(scene, 'ONLY', 10)} ${named(scene, of)}${method} (${elements})${extra}`;
};

/** With its schema. */
function index(scene: Scene): string | undefined {
  const of = anyOf(scene, scene.world.relations.filter(({ indexes }) => indexes.length > 0));
  return of && `${of.persistence === 't' ? 'pg_temp' : of.schema}.${scene.random.pick(of.indexes)}`;
}

const onIndex: Production = (scene) => {
  const name = index(scene);
  if (name === undefined) return undefined;
  return scene.random.pick([
    `DROP INDEX${maybe(scene, 'CONCURRENTLY', 4)}${maybe(scene, 'IF EXISTS', 5)} ${name}${maybe(scene, 'CASCADE', 5)}`,
    `ALTER INDEX ${name} RENAME TO ${freshName(scene, 'i')}`,
    `ALTER INDEX ${name} SET (fillfactor = 90)`,
    `ALTER INDEX ${name} SET TABLESPACE elsewhere`,
    `ALTER INDEX ${name} ATTACH PARTITION ${String(index(scene))}`,
    `REINDEX INDEX${maybe(scene, 'CONCURRENTLY', 4)} ${name}`,
  ]);
};

function query(scene: Scene): string | undefined {
  const of = relation(scene, 'r', 'p', 'v', 'm');
  if (of === undefined || of.columns.length === 0) return undefined;
  const list = rarely(scene, 4) ? '*' : some(scene, of.columns, 3).map(({ name }) => name).join(', ');
  const where = rarely(scene, 3) ? ` WHERE ${condition(scene, of)}` : '';
  const from = named(scene, of);
  return scene.random.pick([
    `SELECT ${list} FROM ${from}${where}`,
    `SELECT ${list} FROM ${from}${where}`,
    `SELECT count(*) AS n FROM ${from}${where}`,
    `SELECT DISTINCT ${list === '*' ? of.columns[0]?.name ?? '*' : list} FROM ${from}`,
    `WITH w AS (SELECT * FROM ${from}) SELECT ${list} FROM w`,
    `SELECT 1 AS one FROM ${from} WHERE EXISTS (SELECT FROM ${from}${where})`,
  ]);
}

const createView: Production = (scene) => {
  const select = query(scene);
  if (select === undefined) return undefined;
  const name = scene.random.pick(['v1', 'v2', 'v3', '"View 4"']);
  return rarely(scene, 3)
    ? `CREATE MATERIALIZED VIEW${maybe(scene, 'IF NOT EXISTS', 6)} ${schema(scene)}m${scene.random.number(3)} AS ${select}${maybe(scene, 'WITH NO DATA', 4)}`
    : `CREATE${maybe(scene, 'OR REPLACE', 3)} ${maybe(scene, 'TEMPORARY', 12)} VIEW ${schema(scene)}${name} AS ${select}`;
};

const onView: Production = (scene) => {
  const view = relation(scene, 'v', 'm');
  if (view === undefined) return undefined;
  const kind = view.kind === 'm' ? 'MATERIALIZED VIEW' : 'VIEW';
  const first = view.columns[0]?.name ?? 'a';
  return scene.random.pick([
    `DROP ${kind}${maybe(scene, 'IF EXISTS')} ${named(scene, view)}${maybe(scene, 'CASCADE', 2)}`,
    `ALTER ${kind} ${named(scene, view)} RENAME TO ${scene.random.pick(['v1', 'v2', 'm0', 'm1'])}`,
    `ALTER ${kind} ${named(scene, view)} RENAME COLUMN ${first} TO ${newColumn(scene)}`,
    `ALTER ${kind} ${named(scene, view)} SET SCHEMA ${scene.random.pick(scene.world.schemas)}`,
    ...(kind === 'VIEW' ? [`ALTER VIEW ${named(scene, view)} ALTER COLUMN ${first} SET DEFAULT NULL`] : []),
    ...(view.kind === 'm' ? Array.from({ length: 4 }, () => `REFRESH MATERIALIZED VIEW${maybe(scene, 'CONCURRENTLY', 4)} ${named(scene, view)}${maybe(scene, 'WITH NO DATA', 5)}`) : []),
  ]);
};

const createType: Production = (scene) => {
  const { random } = scene;
  const name = `${schema(scene)}${random.pick(['mood', 'state', 'price', 'address', '"My Type"'])}`;
  const domain = anyOf(scene, scene.world.types.filter(({ kind }) => kind === 'd'));
  return random.pick([
    `CREATE TYPE ${name} AS ENUM ('x', 'y', 'z')`,
    `CREATE TYPE ${name} AS (street text, number int)`,
    `CREATE TYPE ${name} AS RANGE (subtype = ${random.pick(['int', 'timestamptz', 'float8'])})`,
    `CREATE DOMAIN ${name} AS ${random.pick(['int', 'text', 'varchar(20)', 'numeric(10,2)', domain?.sql ?? 'int'])}${maybe(scene, 'NOT NULL', 5)}${maybe(scene, 'CHECK (VALUE IS NOT NULL)', 3)}${maybe(scene, 'DEFAULT NULL', 6)}`,
  ]);
};

const onType: Production = (scene) => {
  const { random } = scene;
  const found = anyOf(scene, scene.world.types);
  if (found === undefined) return undefined;
  const { sql, kind } = found;
  const word = kind === 'd' ? 'DOMAIN' : 'TYPE';
  const constraint = anyOf(scene, found.constraints);
  const attribute = anyOf(scene, found.attributes);
  const forms: Readonly<Record<string, readonly string[]>> = {
    e: [`ALTER TYPE ${sql} ADD VALUE${maybe(scene, 'IF NOT EXISTS')} 'w${random.number(9)}'`, `ALTER TYPE ${sql} RENAME VALUE 'x' TO 'x${random.number(9)}'`],
    c: [
      `ALTER TYPE ${sql} ADD ATTRIBUTE ${newColumn(scene)} ${type(scene)}${maybe(scene, 'CASCADE')}`,
      ...(attribute ? [`ALTER TYPE ${sql} DROP ATTRIBUTE ${attribute}${maybe(scene, 'CASCADE')}`, `ALTER TYPE ${sql} ALTER ATTRIBUTE ${attribute} TYPE ${neighbour(scene, 'text')}${maybe(scene, 'CASCADE')}`, `ALTER TYPE ${sql} RENAME ATTRIBUTE ${attribute} TO ${newColumn(scene)}${maybe(scene, 'CASCADE')}`] : []),
    ],
    d: [
      `ALTER DOMAIN ${sql} SET NOT NULL`, `ALTER DOMAIN ${sql} DROP NOT NULL`, `ALTER DOMAIN ${sql} SET DEFAULT NULL`,
      `ALTER DOMAIN ${sql} ADD CONSTRAINT ${freshName(scene, 'd')} CHECK (VALUE IS NOT NULL)${maybe(scene, 'NOT VALID')}`,
      ...(constraint ? [`ALTER DOMAIN ${sql} VALIDATE CONSTRAINT ${constraint}`, `ALTER DOMAIN ${sql} DROP CONSTRAINT ${constraint}`] : []),
    ],
    r: [],
  };
  return random.pick([
    ...(forms[kind] ?? []),
    ...(forms[kind] ?? []),
    `DROP ${word}${maybe(scene, 'IF EXISTS')} ${sql}${maybe(scene, 'CASCADE', 2)}`,
    `ALTER ${word} ${sql} RENAME TO ${random.pick(['mood', 'state', 'price'])}`,
    `ALTER ${word} ${sql} SET SCHEMA ${random.pick(scene.world.schemas)}`,
  ]);
};

const createFunction: Production = (scene) => {
  const { random } = scene;
  const name = random.pick(['twice', 'tag', 'fits']);
  const volatility = random.pick(['', ' IMMUTABLE', ' STABLE']);
  return random.pick([
    `CREATE${maybe(scene, 'OR REPLACE', 2)} FUNCTION ${name}(x int) RETURNS int LANGUAGE sql${volatility} AS 'SELECT x * 2'`,
    `CREATE${maybe(scene, 'OR REPLACE', 2)} FUNCTION ${name}(x text) RETURNS text LANGUAGE plpgsql${volatility} AS $$ BEGIN RETURN x; END $$`,
    `CREATE${maybe(scene, 'OR REPLACE', 2)} FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
  ]);
};

const onFunction: Production = (scene) => {
  const found = anyOf(scene, scene.world.functions);
  if (found === undefined) return undefined;
  return scene.random.pick([
    `DROP FUNCTION${maybe(scene, 'IF EXISTS')} ${found}${maybe(scene, 'CASCADE', 2)}`,
    `ALTER FUNCTION ${found} RENAME TO ${scene.random.pick(['twice', 'tag', 'fits'])}`,
    `ALTER FUNCTION ${found} IMMUTABLE`,
    `ALTER FUNCTION ${found} SET search_path = public`,
  ]);
};

const hangOn: Production = (scene) => {
  const { random, world, version } = scene;
  const of = table(scene);
  if (of === undefined) return undefined;
  const on = named(scene, of);
  const trigger = world.functions.find((one) => one.includes('touch()'));
  const found = column(scene, of);
  const sequence = anyOf(scene, world.relations.filter(({ kind }) => kind === 'S'));
  return random.pick([
    ...(trigger ? [`CREATE${maybe(scene, 'OR REPLACE', 4)} TRIGGER ${freshName(scene, 't')} ${random.pick(['BEFORE', 'AFTER'])} ${random.pick(['INSERT', 'UPDATE', `UPDATE OF ${found?.name ?? 'a'}`, 'INSERT OR DELETE'])} ON ${on} FOR EACH ROW${rarely(scene, 3) && found ? ` WHEN (NEW.${found.name} IS NOT NULL)` : ''} EXECUTE FUNCTION ${trigger}`] : []),
    `CREATE POLICY ${freshName(scene, 'p')} ON ${on} USING (${condition(scene, of)})`,
    `CREATE RULE ${freshName(scene, 'r')} AS ON INSERT TO ${on} DO ALSO NOTHING`,
    ...(found ? [`CREATE STATISTICS ${freshName(scene, 's')} ON ${some(scene, of.columns, 3).map(({ name }) => name).join(', ')} FROM ${on}`] : []),
    `CREATE PUBLICATION ${freshName(scene, 'pub')} FOR TABLE ${on}`,
    ...(world.publications.length > 0 ? [`ALTER PUBLICATION ${random.pick(world.publications)} ${random.pick(['ADD', 'DROP', 'SET'])} TABLE ${on}`, `DROP PUBLICATION ${random.pick(world.publications)}`] : []),
    ...(world.statistics.length > 0 ? [`DROP STATISTICS ${random.pick(world.statistics)}`] : []),
    ...(of.triggers.length > 0 ? [`DROP TRIGGER ${random.pick(of.triggers)} ON ${on}`, `ALTER TRIGGER ${random.pick(of.triggers)} ON ${on} RENAME TO ${freshName(scene, 't')}`] : []),
    ...(of.policies.length > 0 ? [`DROP POLICY ${random.pick(of.policies)} ON ${on}`] : []),
    ...(of.rules.length > 0 ? [`DROP RULE ${random.pick(of.rules)} ON ${on}`] : []),
    `COMMENT ON TABLE ${on} IS 'x'`,
    ...(found ? [`COMMENT ON COLUMN ${on}.${found.name} IS 'x'`] : []),
    `GRANT SELECT ON ${on} TO PUBLIC`,
    `CREATE SEQUENCE ${freshName(scene, 'q')}${found && /^(int|bigint)/.test(found.type) ? ` OWNED BY ${of.sql}.${found.name}` : ''}`,
    ...(sequence ? [`ALTER SEQUENCE ${sequence.sql} ${random.pick(['RESTART', 'INCREMENT 2', 'OWNED BY NONE', 'AS bigint'])}`, `DROP SEQUENCE ${sequence.sql}${maybe(scene, 'CASCADE', 2)}`] : []),
    ...(sequence && found ? [`ALTER TABLE ${on} ALTER COLUMN ${found.name} SET DEFAULT nextval('${sequence.sql}')`] : []),
    ...(version >= 15 && found ? [`CREATE PUBLICATION ${freshName(scene, 'pub')} FOR TABLE ${on} (${found.name})`] : []),
  ]);
};

function values(scene: Scene, { columns }: WorldRelation): string {
  const written = columns.filter(({ generated, identity }) => generated === '' && identity !== 'a');
  return written.length === 0 ? 'DEFAULT VALUES' : `(${written.map(({ name }) => name).join(', ')}) VALUES (${written.map(({ type: of, notNull }) => (notNull ? defaultFor(scene, of) : literal(scene, of))).join(', ')})`;
}

const data: Production = (scene) => {
  const { random } = scene;
  const of = relation(scene, 'r', 'r', 'r', 'p', 'v');
  if (of === undefined || of.columns.length === 0) return undefined;
  const on = named(scene, of);
  const found = column(scene, of, ({ generated, identity }) => generated === '' && identity !== 'a');
  const insert = `INSERT INTO ${on} ${values(scene, of)}${maybe(scene, 'ON CONFLICT DO NOTHING', 6)}`;
  return random.pick([
    insert,
    insert,
    `DELETE FROM ${on}${maybe(scene, `WHERE ${condition(scene, of)}`, 2)}`,
    ...(found ? [`UPDATE ${on} SET ${found.name} = ${literal(scene, found.type)}${maybe(scene, `WHERE ${condition(scene, of)}`, 2)}`] : []),
    `WITH gone AS (DELETE FROM ${on} WHERE false RETURNING *) SELECT count(*) FROM gone`,
    ...(scene.version >= 15 && found ? [`MERGE INTO ${on} USING (SELECT 1 AS one) s ON false WHEN MATCHED THEN DELETE`] : []),
    `SELECT * FROM ${on} FOR UPDATE`,
    `COPY ${on} TO STDOUT`,
  ]);
};

const maintenance: Production = (scene) => {
  const { random } = scene;
  const of = rarely(scene, 8) ? relation(scene, 'v', 'm') : table(scene);
  if (of === undefined) return undefined;
  const on = named(scene, of);
  const index = anyOf(scene, of.indexes);
  return random.pick([
    `TRUNCATE ${on}${maybe(scene, 'CASCADE', 2)}`,
    `TRUNCATE ${on}${maybe(scene, 'RESTART IDENTITY', 3)}`,
    `LOCK TABLE ${on} IN ${random.pick(['ACCESS EXCLUSIVE', 'SHARE', 'ROW EXCLUSIVE', 'EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE'])} MODE`,
    `REINDEX TABLE${maybe(scene, 'CONCURRENTLY', 3)} ${on}`,
    `ANALYZE ${on}`,
    `VACUUM${maybe(scene, '(FULL)', 2)} ${on}`,
    ...(index ? [`CLUSTER ${on} USING ${index}`] : []),
  ]);
};

const schemas: Production = (scene) => {
  const { random, world } = scene;
  return random.pick([
    `CREATE SCHEMA${maybe(scene, 'IF NOT EXISTS', 2)} ${random.pick(['app', 'audit', '"My Schema"'])}`,
    `CREATE SCHEMA${maybe(scene, 'IF NOT EXISTS', 2)} ${random.pick(['app', 'audit', '"My Schema"'])}`,
    ...(world.schemas.length > 1 ? [`ALTER SCHEMA ${random.pick(world.schemas.filter((one) => one !== 'public'))} RENAME TO ${random.pick(['app', 'audit', 'old'])}`] : []),
    ...(rarely(scene, 3) && world.schemas.length > 1 ? [`DROP SCHEMA ${random.pick(world.schemas.filter((one) => one !== 'public'))}${maybe(scene, 'CASCADE', 2)}`] : []),
  ]);
};

const drop: Production = (scene) => {
  const of = relation(scene, 'r', 'p', 'S');
  if (of === undefined) return undefined;
  const name = newName(scene);
  return rarely(scene, 6)
    ? `DROP TABLE IF EXISTS ${name}`
    : `DROP ${of.kind === 'S' ? 'SEQUENCE' : 'TABLE'}${maybe(scene, 'IF EXISTS', 5)} ${named(scene, of)}${maybe(scene, 'CASCADE', 2)}`;
};

export const objects = oneOf(
  [8, createIndex], [4, onIndex], [4, createView], [3, onView], [3, createType], [4, onType], [2, createFunction], [1, onFunction],
  [7, hangOn], [6, data], [4, maintenance], [1, schemas], [2, drop],
);
