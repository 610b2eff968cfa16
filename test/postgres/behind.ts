// What stands in a database behind migrations that were run on it as their tool runs them: the schema, and the rows of each table.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import { frameworkNames } from '../../src/model/framework.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { loadGrammar } from '../../src/parser/libpg/load.ts';
import { libpgParser } from '../../src/parser/libpg/parse.ts';
import { migrationsIn } from '../../src/project/reading/migrations-in.ts';
import { readInput } from '../../src/sources/disk/read-text.ts';
import { frameworks } from '../../src/sources/frameworks/index.ts';
import { readAs } from '../../src/sources/frameworks/read-as.ts';
import type { Server } from '../../src/trace/connection.ts';
import { linesThere } from './catalog-there.ts';
import { emptyDatabase } from './empty-database.ts';

export interface Text {
  readonly path: string;
  readonly sql: string;
}

export interface Behind {
  /** As catalog-there.ts tells it. */
  readonly lines: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** Rejects where PostgreSQL refuses a statement. */
export async function behind(texts: readonly Text[], framework: string | undefined, { connection, version }: Server): Promise<Behind> {
  await connection.run('ROLLBACK');
  await emptyDatabase(connection);
  for (const text of texts) {
    for (const { source, parsed, parts } of await migrationsOf(text, framework)) {
      const mode = parts[0]?.transaction;
      const isTogether = mode === 'file' || (mode === 'batch' && parsed.statements.length > 1);
      if (isTogether) await connection.run('BEGIN');
      for (const { span } of parsed.statements) await connection.run(source.slice(span));
      if (isTogether) await connection.run('COMMIT');
    }
  }
  const lines = await linesThere(connection, version);
  return { lines: Object.fromEntries(lines), rows: await rowsThere(lines, connection) };
}

/** The ways up, as the tool of the fixture runs them. */
async function migrationsOf(text: Text, name: string | undefined): Promise<readonly ParsedMigration[]> {
  const named = frameworkNames.find((one) => one === name);
  const known = { framework: named === undefined ? frameworks.plain : frameworks[named], isNamed: named !== undefined };
  const { framework } = readAs({ text: text.sql, name: text.path, directory: undefined }, known);
  const reading = { framework, isNamed: known.isNamed, transaction: undefined, down: false, root: undefined, limits: defaultLimits };
  return migrationsIn({ read: readInput(Buffer.from(text.sql), defaultLimits), path: text.path, linted: true, role: 'up', directory: undefined }, reading, libpgParser(await loadGrammar()));
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
