// Migrations as their tool runs them: what shares a transaction is between BEGIN and COMMIT.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import type { Statement } from '../../src/model/statement.ts';
import { beginningIn } from '../../src/text/beginning-in.ts';
import type { Connection } from '../../src/trace/connection.ts';

/** Who is told what to run. `BEGIN` and `COMMIT` are the tool's; those of a file are statements. */
export interface Player {
  bound(sql: 'BEGIN' | 'COMMIT'): Promise<unknown>;
  run(sql: string, statement: Statement): Promise<unknown>;
}

/** Rejects where PostgreSQL refuses a statement. */
export async function runAsItsTool(migrations: readonly ParsedMigration[], player: Player): Promise<void> {
  for (const { source, parsed, parts } of migrations) {
    const dealt = beginningIn(parts.map(({ spans }) => spans), parsed.statements, ({ span }) => span);
    for (const [index, { transaction }] of parts.entries()) {
      const statements = dealt[index] ?? [];
      const isTogether = statements.length > 0 && (transaction === 'file' || transaction === 'run' || (transaction === 'batch' && statements.length > 1));
      if (isTogether) await player.bound('BEGIN');
      for (const statement of statements) await player.run(source.slice(statement.span), statement);
      if (isTogether) await player.bound('COMMIT');
    }
  }
}

export function playerOn(connection: Connection): Player {
  return { bound: (sql) => connection.run(sql), run: (sql) => connection.run(sql) };
}
