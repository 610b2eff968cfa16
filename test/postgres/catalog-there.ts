// What a server holds in its catalogs, line by line: the same words as in catalog-here.ts.

import type { PostgresVersion } from '../../src/model/version.ts';
import type { Connection } from '../../src/trace/connection.ts';
import type { CatalogLines } from './catalog-lines.ts';

/** Nothing that belongs to an extension, and no constructors of types. An extension's types are named without their schema, which no migration shows. */
export async function linesThere(connection: Connection, version: PostgresVersion): Promise<CatalogLines> {
  return linesOf(connection, questionFor(version));
}

/** Asks again and again without being planned again; `DISCARD ALL` forgets it, so the connection is one that asks alone. */
export async function prepareLinesThere(connection: Connection, version: PostgresVersion): Promise<() => Promise<CatalogLines>> {
  await connection.run(`PREPARE lines_there AS ${questionFor(version)}`);
  return () => linesOf(connection, 'EXECUTE lines_there');
}

async function linesOf(connection: Connection, question: string): Promise<CatalogLines> {
  const rows = await connection.rows<{ readonly key: string; readonly value: string }>(question);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** Older catalogs have no constraints that are not enforced, and no schemas in publications, and take triggers that partitions have from above for their own. */
function questionFor(version: PostgresVersion): string {
  const all = `${names} ${questions.map((question) => `(${question})`).join(' UNION ALL ')}`;
  const enforced = version >= 18 ? all : all.replaceAll('NOT conenforced', 'false');
  return version >= 15 ? enforced : enforced.replace(schemasOfPublication, 'NULL::text').replace(triggersOfUsers, `(${triggersOfUsers} OR tgparentid <> 0)`);
}

const triggersOfUsers = 'NOT tgisinternal';

const schemasOfPublication =
  `(SELECT string_agg(name || '.*', ', ' ORDER BY name COLLATE "C") FROM pg_publication_namespace JOIN schemas s ON s.oid = pnnspid WHERE pnpubid = p.oid)`;

/** What an interval is cut to is no number in our catalog. */
const typeWords = (type: string, element: string, modifier: string): string =>
  `coalesce(${element}.word, ${type}.word) || CASE WHEN coalesce(${element}.typname, ${type}.typname) = 'interval' THEN ''
        ELSE coalesce(substring(format_type(${type}.oid, ${modifier}) from '\\([\\d,]+\\)'), '') END
        || CASE WHEN ${element}.oid IS NULL THEN '' ELSE '[]' END`;

const names = `
  WITH schemas AS (SELECT oid, regexp_replace(nspname, '^pg_temp_.*', 'pg_temp') AS name FROM pg_namespace
    WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_toast'),
  extended AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
  relations AS (SELECT c.*, s.name AS schema, s.name || '.' || c.relname AS name FROM pg_class c JOIN schemas s ON s.oid = relnamespace
    WHERE c.oid >= 16384 AND (SELECT count(*) FROM extended e WHERE classid = 'pg_class'::regclass AND e.objid = c.oid) = 0),
  tables AS (SELECT * FROM relations WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')),
  types AS (SELECT t.*, s.name || '.' || t.typname AS name, CASE WHEN s.name IS NULL OR EXISTS (SELECT FROM extended e WHERE classid = 'pg_type'::regclass AND e.objid = t.oid) THEN t.typname ELSE s.name || '.' || t.typname END AS word
    FROM pg_type t LEFT JOIN schemas s ON s.oid = typnamespace),
  typed AS (SELECT a.attrelid, a.attnum, a.attname,
      ${typeWords('t', 'e', 'a.atttypmod')} AS word
    FROM pg_attribute a JOIN types t ON t.oid = a.atttypid LEFT JOIN types e ON e.oid = t.typelem AND t.typcategory = 'A'
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid >= 16384),
  read AS (SELECT v.name AS view, r.name AS relation, array_remove(array_agg(DISTINCT a.attname::text COLLATE "C"), NULL) AS columns
    FROM pg_depend d JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND w.rulename = '_RETURN'
    JOIN tables v ON v.oid = w.ev_class JOIN tables r ON d.refclassid = 'pg_class'::regclass AND d.refobjid = r.oid AND r.oid <> v.oid
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
    WHERE d.objid >= 16384 GROUP BY 1, 2)`;

const columnNames = (relation: string, numbers: string): string =>
  `(SELECT coalesce(string_agg(attname, ', ' ORDER BY place), '') FROM unnest(${numbers}) WITH ORDINALITY AS one(number, place)
     JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = one.number)`;

/**
 * It is no means of another constraint: a foreign key to a partitioned table has one more for each partition, which depends on it internally. `conparentid`
 * does not tell, because DETACH forgets it in 14.
 */
const stands = `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_constraint'::regclass AND d.objid = c.oid
   AND d.refclassid = 'pg_constraint'::regclass AND d.deptype = 'i')`;

const questions: readonly string[] = [
  `SELECT 'relation ' || name AS key, concat_ws(' ',
     CASE relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END,
     CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned-table' WHEN 'f' THEN 'foreign-table' WHEN 'v' THEN 'view'
       WHEN 'm' THEN 'materialized-view' ELSE 'sequence' END,
     (SELECT CASE WHEN t.relispartition THEN 'partition of ' ELSE 'inherits ' END || string_agg(p.name, ', ' ORDER BY inhseqno)
        FROM pg_inherits JOIN relations p ON p.oid = inhparent WHERE inhrelid = t.oid),
     (SELECT 'of ' || name FROM types WHERE reloftype <> 0 AND types.oid = reloftype), CASE WHEN relrowsecurity THEN 'row security' END,
     (SELECT 'in ' || spcname FROM pg_tablespace s WHERE s.oid = reltablespace)) AS value
   FROM tables t`,
  `SELECT 'columns ' || name AS key, coalesce(string_agg(attname, ' ' ORDER BY attnum), '') AS value
   FROM tables t LEFT JOIN typed ON attrelid = t.oid WHERE relkind <> 'S' GROUP BY t.oid, name`,
  `SELECT 'column ' || name || '.' || a.attname AS key, concat_ws(' ', word, CASE WHEN a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint
         WHERE conrelid = a.attrelid AND contype = 'n' AND conkey = ARRAY[a.attnum] AND NOT convalidated) THEN 'not null' END,
     CASE WHEN a.atthasdef AND a.attgenerated = '' THEN 'default' END, CASE WHEN a.attidentity <> '' THEN 'identity' END,
     CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END, CASE WHEN NOT a.attislocal THEN 'inherited' END) AS value
   FROM tables t JOIN typed ON attrelid = t.oid JOIN pg_attribute a USING (attrelid, attnum) WHERE relkind <> 'S'`,
  `SELECT 'constraint ' || t.name || '.' || conname AS key, concat_ws(' ',
     CASE contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign-key' WHEN 'u' THEN 'unique' WHEN 'p' THEN 'primary-key'
       WHEN 'x' THEN 'exclusion' WHEN 'n' THEN 'not-null' END
       || CASE WHEN contype = 'c' THEN '' ELSE '(' || ${columnNames('conrelid', 'conkey')} || ')' END,
     (SELECT r.name || '(' || ${columnNames('confrelid', 'confkey')} || ')' FROM relations r WHERE r.oid = confrelid),
     CASE WHEN condeferred AND contype = 'f' THEN 'deferred' END, CASE WHEN contype IN ('c', 'n') AND connoinherit THEN 'no inherit' END, CASE WHEN NOT convalidated THEN 'not valid' END,
     CASE WHEN NOT conenforced THEN 'not enforced' END, CASE WHEN contype IN ('c', 'n', 'f') AND NOT conislocal THEN 'inherited' END) AS value
   FROM pg_constraint c JOIN tables t ON t.oid = conrelid
   WHERE contype <> 't' AND ${stands}`,
  `SELECT 'index ' || i.name AS key, concat_ws(' ', CASE WHEN indisunique THEN 'unique' END, CASE WHEN NOT indisvalid THEN 'invalid' END,
     'on ' || t.name || '(' || ${columnNames('indrelid', 'indkey[:indnkeyatts - 1]')} || ')',
     CASE WHEN indnatts > indnkeyatts THEN 'include (' || ${columnNames('indrelid', 'indkey[indnkeyatts:]')} || ')' END,
     CASE WHEN indexprs IS NOT NULL THEN (SELECT count(*) FROM unnest(indkey) AS one(number) WHERE number = 0) || ' expressions' END,
     CASE WHEN indpred IS NOT NULL THEN 'partial' END,
     (SELECT 'part of ' || relname FROM pg_inherits JOIN pg_class p ON p.oid = inhparent WHERE inhrelid = i.oid)) AS value
   FROM pg_index JOIN relations i ON i.oid = indexrelid JOIN tables t ON t.oid = indrelid`,
  `SELECT 'triggers ' || t.name AS key,
     string_agg(tgname || CASE WHEN tgtype & 1 = 1 THEN ' row ' ELSE ' statement ' END || coalesce(s.name, 'pg_catalog') || '.' || proname, ', '
       ORDER BY tgname COLLATE "C") AS value
   FROM pg_trigger JOIN tables t ON t.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid LEFT JOIN schemas s ON s.oid = pronamespace WHERE ${triggersOfUsers} GROUP BY t.name`,
  `SELECT 'policies ' || name AS key, string_agg(polname, ', ' ORDER BY polname COLLATE "C") AS value
   FROM pg_policy JOIN tables t ON t.oid = polrelid GROUP BY name`,
  `SELECT 'rules ' || name AS key, string_agg(rulename, ', ' ORDER BY rulename COLLATE "C") AS value
   FROM pg_rewrite JOIN tables t ON t.oid = ev_class WHERE rulename <> '_RETURN' GROUP BY name`,
  `SELECT 'reads ' || view AS key, string_agg(relation || '(' || array_to_string(columns, ', ') || ')', ', ' ORDER BY relation COLLATE "C") AS value
   FROM read GROUP BY view`,
  `SELECT 'read by ' || relation AS key, string_agg(view, ', ' ORDER BY view COLLATE "C") AS value FROM read GROUP BY relation`,
  `SELECT 'referenced ' || key AS key, string_agg(value, ', ' ORDER BY value COLLATE "C") AS value FROM (
     SELECT DISTINCT r.name AS key, t.name AS value FROM pg_constraint c JOIN tables t ON t.oid = conrelid JOIN tables r ON r.oid = confrelid
     WHERE contype = 'f' AND conrelid <> confrelid
       AND ${stands}) one GROUP BY key`,
  `SELECT 'children ' || p.name AS key, string_agg(t.name, ', ' ORDER BY t.name COLLATE "C") AS value
   FROM pg_inherits JOIN tables p ON p.oid = inhparent JOIN tables t ON t.oid = inhrelid GROUP BY p.name`,
  `SELECT 'identity ' || name AS key, CASE relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' ELSE coalesce((SELECT 'index ' || relname
     FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = t.oid AND indisreplident), 'nothing') END AS value FROM tables t
   WHERE relreplident IN ('f', 'n', 'i') AND relkind IN ('r', 'p')`,
  `SELECT 'owner ' || s.name AS key, t.name || '.' || attname AS value FROM tables s JOIN pg_depend d ON d.classid = 'pg_class'::regclass
     AND d.objid = s.oid AND d.refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i') JOIN tables t ON t.oid = d.refobjid
     JOIN pg_attribute a ON attrelid = t.oid AND attnum = refobjsubid WHERE s.relkind = 'S'`,
  `SELECT 'table of index ' || i.name AS key, t.name AS value FROM pg_index JOIN relations i ON i.oid = indexrelid JOIN tables t ON t.oid = indrelid`,
  `SELECT 'table of statistics ' || s.name || '.' || stxname AS key, t.name AS value
   FROM pg_statistic_ext JOIN schemas s ON s.oid = stxnamespace JOIN tables t ON t.oid = stxrelid`,
  `SELECT 'publication ' || pubname AS key, concat_ws(' ', nullif(concat_ws(', ',
     (SELECT string_agg(t.name, ', ' ORDER BY t.name COLLATE "C") FROM pg_publication_rel JOIN tables t ON t.oid = prrelid WHERE prpubid = p.oid),
     ${schemasOfPublication},
     CASE WHEN puballtables THEN '*' END), ''), CASE WHEN pubupdate OR pubdelete THEN 'with old rows' END) AS value
   FROM pg_publication p`,
  `SELECT 'enum ' || name AS key, coalesce(string_agg(enumlabel, ', ' ORDER BY enumsortorder), '') AS value
   FROM types t LEFT JOIN pg_enum ON enumtypid = t.oid WHERE typtype = 'e' AND name IS NOT NULL GROUP BY name`,
  `SELECT 'domain ' || t.name AS key, concat_ws(' ', ${typeWords('b', 'e', 't.typtypmod')},
     (SELECT string_agg(line, ', ' ORDER BY line COLLATE "C")
        FROM (SELECT CASE contype WHEN 'n' THEN 'not-null ' ELSE 'check ' END || conname AS line FROM pg_constraint WHERE contypid = t.oid) one),
     CASE WHEN t.typdefault IS NOT NULL THEN 'default' END) AS value
   FROM types t JOIN types b ON b.oid = t.typbasetype LEFT JOIN types e ON e.oid = b.typelem AND b.typcategory = 'A'
   WHERE t.typtype = 'd' AND t.name IS NOT NULL AND NOT EXISTS (SELECT FROM extended WHERE objid = t.oid)`,
  `SELECT 'composite ' || name AS key, coalesce(string_agg(attname || ' ' || word, ', ' ORDER BY attnum), '') AS value
   FROM relations r LEFT JOIN typed ON attrelid = r.oid WHERE relkind = 'c' GROUP BY name`,
  `SELECT 'function ' || s.name || '.' || proname AS key,
     string_agg(pronargs || CASE provolatile WHEN 'i' THEN ' immutable' WHEN 's' THEN ' stable' ELSE ' volatile' END, ', '
       ORDER BY pronargs, provolatile) AS value
   FROM pg_proc p JOIN schemas s ON s.oid = pronamespace
   WHERE prokind <> 'a' AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype IN ('e', 'i')) GROUP BY s.name, proname`,
];
