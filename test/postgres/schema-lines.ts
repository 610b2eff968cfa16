// The schema of a database, a line for each thing: relations by their names, columns in no order, and of an index whether it is valid.

import type { Connection } from '../../src/trace/connection.ts';

export async function schemaLines(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ readonly line: string }>(question);
  return rows.map(({ line }) => line);
}

/** Without the names of NOT NULL, which PostgreSQL keeps from 18 on; but whether they are valid. */
const question = `
  WITH schemas AS (SELECT oid FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_'),
  owned AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),
  tables AS (SELECT c.oid, c.oid::regclass::text AS name, relkind, relpersistence, relreplident FROM pg_class c JOIN schemas n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'm', 'v') AND c.oid NOT IN (SELECT objid FROM owned))
  SELECT concat_ws(' ', name, relkind, relpersistence, relreplident) AS line FROM tables
  UNION ALL SELECT concat_ws(' ', name, attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
      CASE WHEN relkind <> 'v' THEN pg_get_expr(adbin, adrelid) END, NULLIF(attidentity, ''), NULLIF(attgenerated, ''))
    FROM tables JOIN pg_attribute a ON attrelid = tables.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped
  UNION ALL SELECT concat_ws(' ', name, conname, pg_get_constraintdef(c.oid)) FROM tables JOIN pg_constraint c ON conrelid = tables.oid WHERE contype NOT IN ('n', 't')
  UNION ALL SELECT concat_ws(' ', name, pg_get_constraintdef(c.oid)) FROM tables JOIN pg_constraint c ON conrelid = tables.oid WHERE contype = 'n' AND NOT convalidated
  UNION ALL SELECT concat_ws(' ', pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN 'INVALID' END) FROM tables JOIN pg_index ON indrelid = tables.oid
  UNION ALL SELECT concat_ws(' ', name, pg_get_triggerdef(t.oid)) FROM tables JOIN pg_trigger t ON tgrelid = tables.oid WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws(' ', 'function', p.oid::regprocedure) FROM pg_proc p JOIN schemas n ON n.oid = pronamespace WHERE p.oid NOT IN (SELECT objid FROM owned)
  UNION ALL SELECT concat_ws(' ', 'sequence', s.seqrelid::regclass, format_type(seqtypid, NULL),
      (SELECT 'of ' || refobjid::regclass || '.' || attname FROM pg_depend d JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')))
    FROM pg_sequence s JOIN pg_class c ON c.oid = seqrelid JOIN schemas n ON n.oid = relnamespace
  UNION ALL SELECT concat_ws(' ', 'enum', t.oid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder)) FROM pg_type t JOIN schemas n ON n.oid = typnamespace JOIN pg_enum ON enumtypid = t.oid GROUP BY t.oid
  UNION ALL SELECT concat_ws(' ', 'domain', contypid::regtype, conname, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN schemas n ON n.oid = connamespace WHERE contypid <> 0 AND contype <> 'n'
  ORDER BY 1`;
