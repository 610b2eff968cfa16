// Drops what was made in a database of a test.

import type { Connection, Server } from '../../src/trace/connection.ts';

/** As if nothing had been made in the database. */
export async function emptyDatabase(connection: Connection): Promise<void> {
  for (const [kind, names] of Object.entries(catalogsOfObjects)) {
    const rows = await connection.rows<{ readonly name: string }>(`SELECT quote_ident(name) AS name FROM (${names}) made`);
    for (const { name } of rows) await connection.run(`DROP ${kind} ${name} CASCADE`);
  }
  await connection.run('CREATE SCHEMA public');
}

/** A server as if it had just been started, which goes on when it is stopped. */
export async function emptied(server: Server): Promise<Server> {
  await server.connection.run('ROLLBACK');
  await server.connection.run('DISCARD ALL');
  await emptyDatabase(server.connection);
  return { ...server, stop: () => Promise.resolve() };
}

const catalogsOfObjects: Readonly<Record<string, string>> = {
  'EVENT TRIGGER': 'SELECT evtname AS name FROM pg_event_trigger',
  PUBLICATION: 'SELECT pubname AS name FROM pg_publication',
  EXTENSION: "SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql'",
  'FOREIGN DATA WRAPPER': 'SELECT fdwname AS name FROM pg_foreign_data_wrapper',
  SCHEMA: "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
};
