// `explain --format json`: what each statement will do, for other programs.

import type { ExplainedMigration, ExplainedStatement, Explanation } from '../model/report.ts';
import type { TransactionPlace } from '../model/timeline.ts';
import type { PostgresVersion } from '../model/version.ts';
import type { Range } from '../text/source-text.ts';
import { effectJson, type EffectJson } from './effect-json.ts';

export interface ExplainJson {
  readonly version: 1;
  readonly postgres: PostgresVersion;
  readonly migrations: readonly MigrationJson[];
}

export interface MigrationJson {
  readonly path: string;
  readonly statements: readonly StatementJson[];
}

export interface StatementJson extends Range {
  readonly command: string;
  readonly transaction: TransactionPlace;
  /** As PostgreSQL prints it, or null for none. */
  readonly lockTimeout: string | null;
  readonly effects: readonly EffectJson[];
  readonly blocks: { readonly reads: readonly string[]; readonly writes: readonly string[] };
  /** Only there where it can't be read from the text what the statement does. */
  readonly opaque?: true;
}

export function explanationJson(explanation: Explanation): string {
  return `${JSON.stringify(explainJson(explanation), undefined, 2)}\n`;
}

export function explainJson({ postgres, migrations }: Explanation): ExplainJson {
  return { version: 1, postgres, migrations: migrations.map(migrationJson) };
}

function migrationJson({ path, statements }: ExplainedMigration): MigrationJson {
  return { path, statements: statements.map(statementJson) };
}

function statementJson(statement: ExplainedStatement): StatementJson {
  const { line, column, endLine, endColumn, command, transaction, lockTimeout, effects, blocks, opaque } = statement;
  return {
    line,
    column,
    endLine,
    endColumn,
    command,
    transaction,
    lockTimeout,
    effects: effects.map(effectJson),
    blocks: { reads: blocks.reads, writes: blocks.writes },
    ...(opaque ? { opaque: true } : {}),
  };
}
