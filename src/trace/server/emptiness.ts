// Whether a database holds anything of its own.

import type { Connection } from '../connection.ts';

/** What extensions brought does not count. */
export async function isEmptyDatabase(connection: Connection): Promise<boolean> {
  const [row] = await connection.rows<{ readonly filled: boolean }>(`
    SELECT EXISTS (
      SELECT FROM (SELECT oid, relnamespace AS namespace, 'pg_class'::regclass AS class FROM pg_class
                   UNION ALL SELECT oid, pronamespace, 'pg_proc'::regclass FROM pg_proc
                   UNION ALL SELECT oid, typnamespace, 'pg_type'::regclass FROM pg_type) object
        JOIN pg_namespace ON pg_namespace.oid = namespace
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object.oid AND deptype IN ('e', 'i'))) AS filled`);
  return row?.filled === false;
}
