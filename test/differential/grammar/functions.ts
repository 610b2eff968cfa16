// Functions and procedures, calls of them, and blocks.

import { anyOf, cascade, fresh, freshName, maybe, newColumn, newName, oneOf, rarely, table, tables, type Production, type Scene } from './scene.ts';
import { call, constant, literal } from './values.ts';
import type { WorldRelation } from '../world.ts';

const functionNames = ['twice', 'tag', 'fits', 'label', '"My Fn"'];

const createFunction: Production = (scene) => {
  const { random, world } = scene;
  const again = maybe(scene, 'OR REPLACE', 2);
  const name = fresh(scene, functionNames, again === '' ? world.functions.map((one) => one.name.replace(/^public\./, '')) : []);
  const kind = random.pick(['', ' IMMUTABLE', ' IMMUTABLE', ' STABLE', ' IMMUTABLE STRICT', ' SECURITY DEFINER']);
  const of = table(scene);
  return random.pick([
    `CREATE${again} FUNCTION ${name}(x int) RETURNS int LANGUAGE sql${kind} AS 'SELECT x * 2'`,
    `CREATE${again} FUNCTION ${name}(x int) RETURNS int LANGUAGE sql${kind} RETURN x * 2`,
    `CREATE${again} FUNCTION ${name}(x text) RETURNS text LANGUAGE plpgsql${kind} AS $$ BEGIN RETURN x; END $$`,
    `CREATE${again} FUNCTION ${name}(x int) RETURNS boolean LANGUAGE sql${kind} AS 'SELECT x > 0'`,
    `CREATE${again} FUNCTION ${name}(x text) RETURNS boolean LANGUAGE sql${kind} AS 'SELECT true'`,
    `CREATE${again} FUNCTION ${name}() RETURNS int LANGUAGE sql${kind} AS 'SELECT 1'`,
    `CREATE${again} FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
    `CREATE${again} FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
    ...(of ? [`CREATE${again} FUNCTION ${fresh(scene, ['work', 'job'], [])}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${body(scene, of)} END $$`] : []),
    ...(of ? [`CREATE${again} PROCEDURE ${fresh(scene, ['run_it', 'do_it'], [])}() LANGUAGE plpgsql AS $$ BEGIN ${body(scene, of)} END $$`] : []),
    ...(of?.columns[0] ? [`CREATE${again} FUNCTION counted() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM ${of.sql}'`, `CREATE${again} FUNCTION first_of() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(${of.columns[0].name}) FROM ${of.sql}; END`] : []),
  ]);
};

const onFunction: Production = (scene) => {
  const found = anyOf(scene, scene.world.functions);
  if (found === undefined) return undefined;
  const { random, world } = scene;
  const word = random.pick([found.kind === 'p' ? 'PROCEDURE' : 'FUNCTION', 'ROUTINE']);
  const bare = found.sql.replace(/\(.*$/, '');
  return random.pick([
    `DROP ${word}${maybe(scene, 'IF EXISTS')} ${rarely(scene, 3) ? bare : found.sql}${cascade(scene, found.isUsed)}`,
    `ALTER ${word} ${found.sql} RENAME TO ${fresh(scene, functionNames, [])}`,
    `ALTER ${word} ${found.sql} SET search_path = public`,
    `ALTER ${word} ${found.sql} SET SCHEMA ${anyOf(scene, world.schemas) ?? 'public'}`,
    `ALTER ${word} ${found.sql} OWNER TO CURRENT_USER`,
    ...(found.kind === 'f' ? [`ALTER FUNCTION ${found.sql} ${random.pick(['IMMUTABLE', 'STABLE', 'VOLATILE', 'STRICT', 'COST 10', 'PARALLEL SAFE'])}`] : []),
    `GRANT EXECUTE ON ${word} ${found.sql} TO PUBLIC`,
  ]);
};

const called: Production = (scene) => {
  const found = anyOf(scene, scene.world.functions.filter(({ returns }) => returns !== 'trigger'));
  return found && (found.kind === 'p' ? `CALL ${call(scene, found)}` : scene.random.pick([`SELECT ${call(scene, found)}`, `SELECT * FROM ${call(scene, found)}`]));
};

/** Statements of PL/pgSQL about a table. */
function body(scene: Scene, of: WorldRelation, isBlock = false): string {
  const found = anyOf(scene, of.columns.filter(({ generated, identity }) => generated === '' && identity === ''));
  const index = freshName(scene, 'i');
  const { random } = scene;
  const safe = anyOf(scene, of.columns)?.name ?? 'a';
  const statements = [
    `ALTER TABLE ${of.sql} ADD COLUMN IF NOT EXISTS ${newColumn(scene, of)} int;`,
    `ALTER TABLE ${of.sql} ALTER COLUMN ${safe} SET NOT NULL;`,
    `CREATE INDEX IF NOT EXISTS ${index} ON ${of.sql} (${safe});`,
    `EXECUTE 'ALTER TABLE ${of.sql} ADD COLUMN IF NOT EXISTS ${newColumn(scene, of)} text';`,
    `DELETE FROM ${of.sql};`,
    `PERFORM count(*) FROM ${of.sql};`,
    `LOCK TABLE ${of.sql} IN SHARE MODE;`,
    `CREATE TABLE IF NOT EXISTS ${newName(scene)} (id int);`,
    `DROP TABLE IF EXISTS ${newName(scene)};`,
    ...(isBlock ? [`TRUNCATE ${of.sql} CASCADE;`] : []),
    `NULL;`,
    ...(found ? [`UPDATE ${of.sql} SET ${found.name} = ${literal(scene, found)};`] : []),
  ];
  const one = random.pick(statements);
  const two = random.pick(statements);
  return random.pick([
    one,
    one,
    `${one} ${two}`,
    `IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'nothing') THEN ${one} END IF;`,
    `IF EXISTS (SELECT FROM ${of.sql}) THEN ${one} ELSE ${two} END IF;`,
    `FOR i IN 1..2 LOOP ${one} END LOOP;`,
    `BEGIN ${one} EXCEPTION WHEN OTHERS THEN NULL; END;`,
    `BEGIN ${one} RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN ${two} END;`,
  ]);
}

const block: Production = (scene) => {
  const of = anyOf(scene, tables(scene, ({ persistence }) => persistence !== 't'));
  return of && `DO ${scene.random.pick(['', '', 'LANGUAGE plpgsql '])}$$ BEGIN ${body(scene, of, true)} END $$`;
};

const aggregate: Production = (scene) => (rarely(scene, 2) ? `CREATE OR REPLACE AGGREGATE ${freshName(scene, 'agg')}(int) (SFUNC = int4pl, STYPE = int, INITCOND = ${constant(scene, 'text').includes('x') ? "'0'" : "'1'"})` : undefined);

export const functions = oneOf([8, createFunction], [5, onFunction], [3, called], [8, block], [1, aggregate]);
