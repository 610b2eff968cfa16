// All that a database holds, as PostgreSQL itself writes it, and how many rows its tables have: to compare two databases of one server.

import type { Connection } from './connection.ts';

/** What it is, by what it is called: `column public.orders.total` → `numeric not null`. */
export type Schema = ReadonlyMap<string, string>;

export async function schemaOf(connection: Connection): Promise<Schema> {
  // A migration may have left a transaction open, and settings.
  for (const sql of ['ROLLBACK', 'DISCARD ALL']) await connection.run(sql);
  const rows = await connection.rows<{ readonly key: string; readonly value: string | null }>(`${names} ${questions.map((question) => `(${question})`).join(' UNION ALL ')}`);
  return new Map([...rows.map(({ key, value }) => [key, value ?? ''] as const), ...(await rowCounts(connection))]);
}

async function rowCounts(connection: Connection): Promise<readonly (readonly [string, string])[]> {
  const tables = await connection.rows<{ readonly name: string }>(`${names} SELECT name FROM relations WHERE relkind = 'r' ORDER BY name`);
  const counts: (readonly [string, string])[] = [];
  for (const { name } of tables) {
    const [row] = await connection.rows<{ readonly count: string }>(`SELECT count(*)::text AS count FROM ${name}`);
    counts.push([`rows of ${name}`, row?.count ?? '']);
  }
  return counts;
}

/** In words, in the order of what there was; empty where the two hold the same. */
export function schemaDifferences(before: Schema, after: Schema): readonly string[] {
  const all = [...new Set([...before.keys(), ...after.keys()])];
  return all.flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (old === now) return [];
    if (old === undefined) return [`${key} is new: ${now}`];
    return [now === undefined ? `${key} is missing: ${old}` : `${key} was ${old}, and is ${now}`];
  });
}

/** Nothing of PostgreSQL itself, of extensions, and of tables that end with the session. */
const names = `WITH schemas AS (SELECT oid, nspname FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_(?:toast|temp)'),
  extended AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
  relations AS (SELECT c.*, format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN schemas s ON s.oid = relnamespace
    WHERE NOT EXISTS (SELECT FROM extended WHERE classid = 'pg_class'::regclass AND objid = c.oid))`;

/** The role of a trace has another name each time. */
const privileges = (list: string): string => `replace(${list}::text, current_user, 'owner')`;

const questions: readonly string[] = [
  `SELECT 'schema ' || nspname AS key, obj_description(oid, 'pg_namespace') AS value FROM schemas`,
  `SELECT 'relation ' || name AS key, concat_ws(' ', relkind, relpersistence, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid), reloptions::text, 'row security'::text || relrowsecurity || relforcerowsecurity,
      relreplident, ${privileges('relacl')}, (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = relations.oid), obj_description(oid, 'pg_class')) AS value
    FROM relations WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')`,
  `SELECT 'columns ' || name AS key, string_agg(attname, ', ' ORDER BY attnum) AS value FROM relations JOIN pg_attribute ON attrelid = relations.oid
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c') GROUP BY name`,
  `SELECT format('column %s.%I', name, attname) AS key, concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
      'default ' || pg_get_expr(adbin, adrelid), nullif(attidentity, ''), nullif(attgenerated, ''), nullif(attcollation, 0)::regcollation::text, ${privileges('attacl')}, col_description(attrelid, attnum)) AS value
    FROM relations JOIN pg_attribute ON attrelid = relations.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c')`,
  `SELECT format('constraint %s.%I', name, conname) AS key, concat_ws(' ', pg_get_constraintdef(c.oid), CASE WHEN NOT convalidated THEN 'not validated' END) AS value
    FROM pg_constraint c JOIN relations ON relations.oid = conrelid`,
  `SELECT 'index ' || name AS key, concat_ws(' ', pg_get_indexdef(oid), CASE WHEN NOT indisvalid THEN 'invalid' END, CASE WHEN indisclustered THEN 'clustered' END, CASE WHEN indisreplident THEN 'replica identity' END) AS value
    FROM pg_index JOIN relations ON oid = indexrelid`,
  `SELECT format('trigger %s.%I', name, tgname) AS key, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text AS value FROM pg_trigger t JOIN relations ON relations.oid = tgrelid WHERE NOT tgisinternal`,
  `SELECT format('rule %s.%I', name, rulename) AS key, pg_get_ruledef(r.oid) AS value FROM pg_rewrite r JOIN relations ON relations.oid = ev_class`,
  `SELECT format('policy %s.%I', name, polname) AS key, concat_ws(' ', polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) AS value FROM pg_policy JOIN relations ON relations.oid = polrelid`,
  `SELECT 'sequence ' || name AS key, concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle) AS value FROM pg_sequence JOIN relations ON oid = seqrelid`,
  `SELECT format('function %I.%s', nspname, p.oid::regprocedure) AS key, concat_ws(' ', CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) END, ${privileges('proacl')}) AS value
    FROM pg_proc p JOIN schemas ON schemas.oid = pronamespace WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND deptype IN ('e', 'i'))`,
  `SELECT format('type %I.%I', nspname, typname) AS key, concat_ws(' ', typtype, format_type(nullif(typbasetype, 0), typtypmod), CASE WHEN typnotnull THEN 'not null' END, typdefault,
      (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
      (SELECT string_agg(conname || ' ' || pg_get_constraintdef(c.oid) || convalidated, ', ' ORDER BY conname) FROM pg_constraint c WHERE contypid = t.oid)) AS value
    FROM pg_type t JOIN schemas ON schemas.oid = typnamespace WHERE typtype IN ('e', 'd', 'r') AND NOT EXISTS (SELECT FROM extended WHERE classid = 'pg_type'::regclass AND objid = t.oid)`,
  `SELECT format('statistics %I.%I', nspname, stxname) AS key, pg_get_statisticsobjdef(x.oid) AS value FROM pg_statistic_ext x JOIN schemas ON schemas.oid = stxnamespace`,
  `SELECT 'publication ' || pubname AS key, concat_ws(' ', puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, (SELECT string_agg(prrelid::regclass::text, ', ' ORDER BY prrelid::regclass::text) FROM pg_publication_rel WHERE prpubid = p.oid)) AS value
    FROM pg_publication p`,
  `SELECT 'extension ' || extname AS key, extversion AS value FROM pg_extension`,
];
