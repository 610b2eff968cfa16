// What stands in a database behind migrations that were run on it as their tool runs them: the schema, and the rows of each table.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import type { Server } from '../../src/trace/connection.ts';
import { playerOn, runAsItsTool } from './as-its-tool.ts';
import { linesThere } from './catalog-there.ts';
import { emptyDatabase } from './empty-database.ts';

export interface Behind {
  /** As catalog-there.ts tells it. */
  readonly lines: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** In a database that is empty then. Rejects where PostgreSQL refuses a statement. */
export async function behind(migrations: readonly ParsedMigration[], server: Server): Promise<Behind> {
  for (const sql of ['ROLLBACK', 'RESET ALL', 'DISCARD TEMP']) await server.connection.run(sql);
  await emptyDatabase(server.connection);
  await runAsItsTool(migrations, playerOn(server.connection));
  return whatStandsIn(server);
}

export async function whatStandsIn({ connection, version }: Server): Promise<Behind> {
  const lines = await linesThere(connection, version);
  return { lines: Object.fromEntries(lines), rows: await rowsThere(lines, connection) };
}

/** The rows of each table that holds some, in no order, and whatever order their columns have. */
async function rowsThere(lines: ReadonlyMap<string, string>, connection: Server['connection']): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = [...lines].flatMap(([key, value]) => (/ (?:table|materialized-view)\b/.test(` ${value}`) ? (/^relation (.+)$/.exec(key)?.[1] ?? []) : []));
  const rows: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const name = table.split('.').map((part) => `"${part}"`).join('.');
    const held = await connection.rows<{ readonly row: string }>(`SELECT to_jsonb(one)::text AS row FROM ONLY ${name} AS one ORDER BY 1`);
    rows[table] = held.map(({ row }) => row);
  }
  return rows;
}
