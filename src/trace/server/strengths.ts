// What the role of a connection may do beyond its database, itself or as another role that it may become.

import type { Connection } from '../connection.ts';

/** Each as what follows the name of the role: `is a superuser`. Empty for a role that can do no harm to the server. */
export async function strengthsOf(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.rows<{ readonly strength: string }>(`
    SELECT strength FROM pg_catalog.pg_roles AS role,
      LATERAL (VALUES
        (1, rolsuper, 'is a superuser'),
        (2, rolcreaterole, 'may create roles'),
        (3, rolreplication, 'may replicate'),
        (4, rolname = 'pg_execute_server_program', 'may start programs on the server'),
        (5, rolname = 'pg_write_server_files', 'may write files of the server'),
        (6, rolname = 'pg_read_server_files', 'may read files of the server'),
        (7, rolname = 'pg_signal_backend', 'may end sessions of others'),
        (8, rolname = 'pg_create_subscription', 'may subscribe to other servers')) AS one (place, has, strength)
    WHERE has AND pg_catalog.pg_has_role(session_user, role.oid, 'MEMBER')
    GROUP BY place, strength ORDER BY place`);
  const strengths = rows.map(({ strength }) => strength);
  return strengths[0] === 'is a superuser' ? strengths.slice(0, 1) : strengths;
}
