// What types, queries and text are made to do: aggregates, operators, casts, collations, text search; and event triggers.

import { anyOf, cascade, column, freshName, maybe, named, oneOf, rarely, table, type Production } from './scene.ts';

const aggregate: Production = (scene) => {
  const name = scene.random.pick(['added', 'joined']);
  const type = name === 'added' ? 'int' : 'text';
  const state = name === 'added' ? 'SFUNC = int4pl, STYPE = int' : 'SFUNC = textcat, STYPE = text';
  return scene.random.pick([
    `CREATE AGGREGATE ${name}(${type}) (${state}, INITCOND = '${name === 'added' ? '0' : ''}')`,
    `CREATE OR REPLACE AGGREGATE ${name}(${type}) (${state})`,
    `ALTER AGGREGATE ${name}(${type}) ${scene.random.pick(['OWNER TO CURRENT_USER', 'RENAME TO joined', 'SET SCHEMA public'])}`,
    `DROP AGGREGATE IF EXISTS ${name}(${type})${cascade(scene)}`,
    `CREATE VIEW ${freshName(scene, 'av')} AS SELECT ${name}(x) AS made FROM (VALUES (NULL::${type})) v(x)`,
  ]);
};

const operator: Production = (scene) => {
  const fits = anyOf(scene, scene.world.functions.filter(({ returns, arguments: all, kind }) => kind === 'f' && returns === 'boolean' && all.length === 1));
  return scene.random.pick([
    'CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = ===)',
    'CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)',
    'DROP OPERATOR IF EXISTS === (int, int)',
    `DROP OPERATOR IF EXISTS === (int, int) CASCADE`,
    'ALTER OPERATOR === (int, int) OWNER TO CURRENT_USER',
    ...(fits ? [`CREATE OPERATOR !!! (RIGHTARG = ${fits.arguments[0] ?? 'int'}, FUNCTION = ${fits.name})`] : []),
    'CREATE OPERATOR FAMILY own_ops USING btree',
    'CREATE OPERATOR CLASS own_int_ops FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int)',
    `DROP OPERATOR CLASS IF EXISTS own_int_ops USING btree${maybe(scene, 'CASCADE')}`,
    'DROP OPERATOR FAMILY IF EXISTS own_ops USING btree CASCADE',
  ]);
};

const withOperator: Production = (scene) => {
  const of = table(scene);
  const found = of && column(scene, of, ({ type, generated }) => type === 'integer' && generated !== 'v');
  return of && found && scene.random.pick([
    `CREATE INDEX ${freshName(scene, 'oi')} ON ${named(scene, of)} (${found.name} own_int_ops)`,
    `CREATE VIEW ${freshName(scene, 'ov')} AS SELECT ${found.name} FROM ${named(scene, of)} WHERE ${found.name} === 1`,
    `ALTER TABLE ${named(scene, of)} ADD CHECK (${found.name} === ${found.name})`,
  ]);
};

const cast: Production = (scene) => {
  const type = anyOf(scene, scene.world.types.filter(({ kind }) => kind === 'e' || kind === 'c'));
  return type && scene.random.pick([
    `CREATE CAST (text AS ${type.sql}) WITH INOUT${maybe(scene, scene.random.pick(['AS ASSIGNMENT', 'AS IMPLICIT']), 2)}`,
    `CREATE CAST (${type.sql} AS text) WITH INOUT${maybe(scene, 'AS ASSIGNMENT')}`,
    `CREATE CAST (varchar AS ${type.sql}) WITH INOUT AS IMPLICIT`,
    `DROP CAST IF EXISTS (text AS ${type.sql})${cascade(scene)}`,
  ]);
};

const collation: Production = (scene) => {
  const of = table(scene);
  const found = of && column(scene, of, ({ type }) => type === 'text');
  return scene.random.pick([
    "CREATE COLLATION own (LOCALE = 'C')",
    'CREATE COLLATION IF NOT EXISTS own FROM "C"',
    'CREATE COLLATION posix FROM "POSIX"',
    `DROP COLLATION IF EXISTS own${cascade(scene)}`,
    'DROP COLLATION IF EXISTS own CASCADE',
    'ALTER COLLATION own RENAME TO posix',
    ...(of && found ? [`CREATE INDEX ${freshName(scene, 'ci')} ON ${named(scene, of)} (${found.name} COLLATE own)`, `ALTER TABLE ${named(scene, of)} ALTER COLUMN ${found.name} TYPE text COLLATE own`, `ALTER TABLE ${named(scene, of)} ADD COLUMN IF NOT EXISTS sorted text COLLATE own`] : []),
  ]);
};

const textSearch: Production = (scene) => {
  const of = table(scene);
  const found = of && column(scene, of, ({ type, generated }) => type === 'text' && generated !== 'v');
  return scene.random.pick([
    'CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple)',
    'CREATE TEXT SEARCH DICTIONARY own_words (TEMPLATE = pg_catalog.simple)',
    'ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING FOR asciiword WITH simple',
    `DROP TEXT SEARCH CONFIGURATION IF EXISTS words${cascade(scene)}`,
    'DROP TEXT SEARCH DICTIONARY IF EXISTS own_words CASCADE',
    ...(of && found
      ? [
          `CREATE INDEX ${freshName(scene, 'ti')} ON ${named(scene, of)} USING gin (to_tsvector('simple', ${found.name}))`,
          `CREATE INDEX ${freshName(scene, 'ti')} ON ${named(scene, of)} USING gin (to_tsvector('words'::regconfig, ${found.name}))`,
          `ALTER TABLE ${named(scene, of)} ADD COLUMN ${freshName(scene, 'search')} tsvector GENERATED ALWAYS AS (to_tsvector('english', ${found.name})) STORED`,
        ]
      : []),
  ]);
};

const extensions: Production = (scene) => {
  const name = scene.random.pick(['btree_gist', 'citext', 'hstore', 'pg_trgm', 'pgcrypto', '"uuid-ossp"', 'ltree']);
  return scene.random.pick([`CREATE EXTENSION ${name}`, `CREATE EXTENSION IF NOT EXISTS ${name}`, `CREATE EXTENSION IF NOT EXISTS ${name} WITH SCHEMA public CASCADE`, `DROP EXTENSION IF EXISTS ${name}${maybe(scene, 'CASCADE', 2)}`, 'CREATE EXTENSION btree_gist']);
};

const byExtensions: Production = (scene) => {
  const of = table(scene);
  const text = of && column(scene, of, ({ type, generated }) => type === 'text' && generated !== 'v');
  const number = of && column(scene, of, ({ type, generated }) => type === 'integer' && generated !== 'v');
  return of && scene.random.pick([
    `ALTER TABLE ${named(scene, of)} ADD COLUMN ${freshName(scene, 'ci')} citext`,
    `ALTER TABLE ${named(scene, of)} ADD COLUMN ${freshName(scene, 'h')} hstore`,
    `ALTER TABLE ${named(scene, of)} ADD COLUMN ${freshName(scene, 'u')} uuid DEFAULT uuid_generate_v4()`,
    ...(text ? [`CREATE INDEX ${freshName(scene, 'gi')} ON ${named(scene, of)} USING gin (${text.name} gin_trgm_ops)`, `ALTER TABLE ${named(scene, of)} ALTER COLUMN ${text.name} TYPE citext`] : []),
    ...(number ? [`CREATE INDEX ${freshName(scene, 'gi')} ON ${named(scene, of)} USING gist (${number.name})`, `ALTER TABLE ${named(scene, of)} ADD EXCLUDE USING gist (${number.name} WITH =)`] : []),
  ]);
};

/** They run functions that do nothing: what one does is done by every statement of the history. */
const eventTriggers: Production = (scene) => {
  const { random, world } = scene;
  const found = anyOf(scene, world.eventTriggers);
  const own = anyOf(scene, world.functions.filter(({ returns }) => returns === 'event_trigger'));
  const event = random.pick(['ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite']);
  const filter = event === 'table_rewrite' ? maybe(scene, "WHEN TAG IN ('ALTER TABLE')", 2) : maybe(scene, "WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')", 2);
  if (own === undefined || rarely(scene, 6)) return 'CREATE OR REPLACE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$';
  return random.pick([
    `CREATE EVENT TRIGGER ${freshName(scene, 'et')} ON ${event}${filter} EXECUTE FUNCTION ${own.name}()`,
    ...(found ? [`DROP EVENT TRIGGER${maybe(scene, 'IF EXISTS')} ${found}`, `ALTER EVENT TRIGGER ${found} ${random.pick(['DISABLE', 'ENABLE', 'ENABLE ALWAYS', 'OWNER TO CURRENT_USER', `RENAME TO ${freshName(scene, 'et')}`])}`, `COMMENT ON EVENT TRIGGER ${found} IS 'x'`] : []),
  ]);
};

export const otherDefinitions = oneOf([3, aggregate], [2, operator], [1, withOperator], [2, cast], [3, collation], [2, textSearch], [3, extensions], [3, byExtensions], [3, eventTriggers]);
