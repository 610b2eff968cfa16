// Functions and procedures, calls of them, and blocks.

import { blockOf } from './bodies.ts';
import { anyOf, cascade, fresh, maybe, oneOf, rarely, table, tables, type Production } from './scene.ts';
import { call } from './values.ts';

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
    `CREATE${again} FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$`,
    `CREATE${again} FUNCTION ${name}(x int, y int DEFAULT 1) RETURNS int LANGUAGE plpgsql${kind} AS $$ BEGIN RETURN x + y; END $$`,
    `CREATE${again} FUNCTION ${name}(INOUT x int, OUT y text) LANGUAGE sql${kind} AS 'SELECT x, ''y'''`,
    `CREATE${again} FUNCTION ${name}(VARIADIC x int[]) RETURNS int LANGUAGE sql${kind} AS 'SELECT cardinality(x)'`,
    `CREATE${again} FUNCTION ${name}(x anyelement) RETURNS anyelement LANGUAGE sql${kind} AS 'SELECT x'`,
    `CREATE${again} FUNCTION ${name}(x text) RETURNS text LANGUAGE sql${kind} BEGIN ATOMIC SELECT lower(x); END`,
    `CREATE${again} PROCEDURE step(x int) LANGUAGE sql AS 'SELECT 1'`,
    `CREATE${again} PROCEDURE in_batches() LANGUAGE plpgsql AS $$ BEGIN ${random.pick(['COMMIT;', 'ROLLBACK;', 'FOR i IN 1..2 LOOP COMMIT; END LOOP;', of ? `DELETE FROM ${of.sql}; COMMIT;` : 'COMMIT;'])} END $$`,
    ...(of ? [`CREATE${again} FUNCTION ${fresh(scene, ['work', 'job'], [])}() RETURNS void LANGUAGE plpgsql AS $$ ${blockOf(scene, of)} $$`] : []),
    ...(of ? [`CREATE${again} PROCEDURE ${fresh(scene, ['run_it', 'do_it'], [])}() LANGUAGE plpgsql AS $$ ${blockOf(scene, of)} $$`] : []),
    ...(of?.columns[0] ? [`CREATE${again} FUNCTION counted() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM ${of.sql}'`, `CREATE${again} FUNCTION rows_of() RETURNS SETOF ${of.sql} LANGUAGE sql STABLE AS 'SELECT * FROM ${of.sql}'`, `CREATE${again} FUNCTION listed() RETURNS TABLE (n bigint) LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT count(*) FROM ${of.sql}; END $$`, `CREATE${again} FUNCTION put(x ${of.columns[0].type}) RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM ${of.sql}; END`, `CREATE${again} FUNCTION first_of() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(${of.columns[0].name}) FROM ${of.sql}; END`] : []),
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
    ...(found.kind === 'f' ? [`ALTER FUNCTION ${found.sql} ${random.pick(['IMMUTABLE', 'STABLE', 'VOLATILE', 'STRICT', 'COST 10', 'PARALLEL SAFE', 'LEAKPROOF', 'RESET ALL', "SET work_mem = '8MB' IMMUTABLE", 'SECURITY DEFINER'])}`] : []),
    `GRANT EXECUTE ON ${word} ${found.sql} TO PUBLIC`,
  ]);
};

const called: Production = (scene) => {
  const found = anyOf(scene, scene.world.functions.filter(({ returns }) => returns !== 'trigger'));
  return found && (found.kind === 'p' ? `CALL ${call(scene, found)}` : scene.random.pick([`SELECT ${call(scene, found)}`, `SELECT * FROM ${call(scene, found)}`]));
};

const block: Production = (scene) => {
  const of = anyOf(scene, tables(scene, ({ persistence }) => persistence !== 't'));
  return of && `DO ${scene.random.pick(['', '', 'LANGUAGE plpgsql '])}$$ ${blockOf(scene, of, true)} $$`;
};

export const functions = oneOf([8, createFunction], [5, onFunction], [3, called], [8, block]);
