// What stands in DO blocks, functions and procedures: statements about a table, straight on, in branches, loops and handlers, or put together while they run.

import { anyOf, freshName, maybe, newColumn, newName, rarely, table, type Scene } from './scene.ts';
import { condition, defaultFor, literal, neighbour } from './values.ts';
import type { WorldRelation } from '../world.ts';

/** `isBlock`: of a DO block, which nobody calls again. */
export function body(scene: Scene, of: WorldRelation, isBlock = false): string {
  const [one, two] = [scene.random.pick(statements(scene, of, isBlock)), scene.random.pick(statements(scene, of, isBlock))];
  return scene.random.pick(shapes(scene, of, one, two));
}

/** With its DECLARE. */
export function blockOf(scene: Scene, of: WorldRelation, isBlock = false): string {
  const inner = body(scene, of, isBlock);
  const names = [/\br\./.test(inner) || /\bFOR r IN\b/.test(inner) ? 'r record;' : '', /\bn\b/.test(inner) ? 'n int := 0;' : '', /\bname\b/.test(inner) ? `name text := '${of.sql.replaceAll("'", "''")}';` : ''].filter((word) => word !== '');
  return `${names.length === 0 ? '' : `DECLARE ${names.join(' ')} `}BEGIN ${inner} END`;
}

function statements(scene: Scene, of: WorldRelation, isBlock: boolean): string[] {
  const found = anyOf(scene, of.columns.filter(({ generated, identity }) => generated === '' && identity === ''));
  const index = freshName(scene, 'i');
  const safe = anyOf(scene, of.columns)?.name ?? 'a';
  const other = table(scene) ?? of;
  const column = newColumn(scene, of);
  const constraint = anyOf(scene, of.constraints.filter(({ isInherited }) => !isInherited));
  return [
    `ALTER TABLE ${of.sql} ADD COLUMN IF NOT EXISTS ${column} int;`,
    `ALTER TABLE ${of.sql} ADD COLUMN IF NOT EXISTS ${column} timestamptz DEFAULT clock_timestamp();`,
    `ALTER TABLE ${of.sql} ALTER COLUMN ${safe} SET NOT NULL;`,
    `ALTER TABLE ${of.sql} DROP COLUMN IF EXISTS ${column} CASCADE;`,
    `CREATE INDEX IF NOT EXISTS ${index} ON ${of.sql} (${safe});`,
    `DROP INDEX IF EXISTS ${index};`,
    `EXECUTE 'ALTER TABLE ${of.sql.replaceAll("'", "''")} ADD COLUMN IF NOT EXISTS ${column} text';`,
    `EXECUTE format('ALTER TABLE %I.%I ADD COLUMN IF NOT EXISTS ${column} int', '${bare(of.schema)}', '${bare(of.name)}');`,
    `EXECUTE format('CREATE INDEX IF NOT EXISTS ${index} ON %s (%I)', '${of.sql.replaceAll("'", "''")}', '${bare(safe)}');`,
    `EXECUTE 'LOCK TABLE ' || quote_ident('${bare(of.schema)}') || '.' || quote_ident('${bare(of.name)}') || ' IN SHARE MODE';`,
    `DELETE FROM ${of.sql};`,
    `DELETE FROM ${of.sql} WHERE ${condition(scene, of)};`,
    `PERFORM count(*) FROM ${of.sql};`,
    `PERFORM 1 FROM ${of.sql} FOR UPDATE;`,
    `LOCK TABLE ${of.sql} IN SHARE MODE;`,
    `LOCK TABLE ${of.sql}, ${other.sql} IN SHARE ROW EXCLUSIVE MODE;`,
    `CREATE TABLE IF NOT EXISTS ${newName(scene)} (id int);`,
    `CREATE TEMP TABLE IF NOT EXISTS work_${index} (id int) ON COMMIT DROP;`,
    `DROP TABLE IF EXISTS ${newName(scene)};`,
    ...(isBlock ? [`TRUNCATE ${of.sql} CASCADE;`, `COMMENT ON TABLE ${of.sql} IS 'x';`, `GRANT SELECT ON ${of.sql} TO PUBLIC;`] : []),
    `NULL;`,
    `RAISE NOTICE 'now %', clock_timestamp();`,
    ...(constraint && isBlock ? [`ALTER TABLE ${of.sql} DROP CONSTRAINT ${constraint.name};`, `ALTER TABLE ${of.sql} RENAME CONSTRAINT ${constraint.name} TO ${freshName(scene, 'k')};`] : []),
    ...(found
      ? [
          `UPDATE ${of.sql} SET ${found.name} = ${literal(scene, found)};`,
          `ALTER TABLE ${of.sql} ALTER COLUMN ${found.name} SET DEFAULT ${defaultFor(scene, found.type)};`,
          ...(isBlock ? [`ALTER TABLE ${of.sql} ALTER COLUMN ${found.name} TYPE ${neighbour(scene, found.type)};`] : []),
          `ALTER TABLE ${of.sql} ADD CONSTRAINT ${freshName(scene, 'k')} CHECK (${found.name} IS NOT NULL OR ${found.name} IS NULL)${maybe(scene, 'NOT VALID')};`,
        ]
      : []),
  ];
}

function shapes(scene: Scene, of: WorldRelation, one: string, two: string): string[] {
  const safe = anyOf(scene, of.columns)?.name ?? 'a';
  return [
    one,
    one,
    one,
    `${one} ${two}`,
    `IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'nothing') THEN ${one} END IF;`,
    `IF EXISTS (SELECT FROM ${of.sql}) THEN ${one} ELSE ${two} END IF;`,
    `IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = '${bare(of.name)}' AND column_name = 'nothing') THEN ${one} ELSIF false THEN ${two} END IF;`,
    `FOR i IN 1..2 LOOP ${one} END LOOP;`,
    `FOR r IN SELECT relname FROM pg_class WHERE relname = '${bare(of.name)}' LOOP ${one} END LOOP;`,
    `WHILE n < 2 LOOP ${one} n := n + 1; END LOOP;`,
    `LOOP ${one} EXIT; END LOOP;`,
    `CASE WHEN true THEN ${one} ELSE ${two} END CASE;`,
    `BEGIN ${one} EXCEPTION WHEN OTHERS THEN NULL; END;`,
    `BEGIN ${one} EXCEPTION WHEN duplicate_object OR duplicate_table OR duplicate_column THEN NULL; WHEN undefined_table THEN ${two} END;`,
    `BEGIN ${one} RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN ${two} END;`,
    `BEGIN BEGIN ${one} EXCEPTION WHEN division_by_zero THEN NULL; END; ${two} EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%', SQLERRM; END;`,
    ...(rarely(scene, 3) ? [`FOR r IN SELECT '${of.sql.replaceAll("'", "''")}' AS it LOOP EXECUTE 'ANALYZE ' || r.it; END LOOP;`, `EXECUTE 'ANALYZE ' || name;`, `EXECUTE format('CREATE INDEX ON %s (${safe})', name);`, 'EXECUTE format($f$COMMENT ON TABLE %s IS %L$f$, name, n);'] : []),
  ];
}

/** Without its quotes. */
function bare(name: string): string {
  return name.replace(/^"(.*)"$/, '$1').replaceAll('""', '"').replaceAll("'", "''");
}
