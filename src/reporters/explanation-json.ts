// `explain --format json`: what each statement will do, for other programs.

import type { ExplainedMigration, ExplainedStatement, Explanation, Unread } from '../model/report.ts';
import type { TransactionPlace } from '../model/timeline.ts';
import type { PostgresVersion } from '../model/version.ts';
import type { Range } from '../text/source-text.ts';
import { effectJson, type EffectJson } from './effect-json.ts';
import { printJson } from './print-json.ts';

export interface ExplainJson {
  readonly version: 1;
  readonly postgres: PostgresVersion;
  readonly migrations: readonly MigrationJson[];
}

export interface MigrationJson {
  readonly path: string;
  /** Only there where the file holds several migrations that have names. */
  readonly name?: string;
  readonly statements: readonly StatementJson[];
  /** Pieces that could not be read; only there if there are any. */
  readonly unread?: readonly Unread[];
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
  /**
   * Only there where PostgreSQL refuses the statement on every database with this history: it does none of the work of `effects` then.
   * `code`: SQLSTATE, null where it may be one of several.
   */
  readonly error?: { readonly code: string | null; readonly message: string };
}

export function explanationJson(explanation: Explanation): string {
  return printJson(explainJson(explanation));
}

export function explainJson({ postgres, migrations }: Explanation): ExplainJson {
  return { version: 1, postgres, migrations: migrations.map(migrationJson) };
}

function migrationJson({ path, name, statements, unread }: ExplainedMigration): MigrationJson {
  return { path, ...nameJson(name), statements: statements.map(statementJson), ...unreadJson(unread) };
}

export function nameJson(name: string | undefined): Pick<MigrationJson, 'name'> {
  return name === undefined ? {} : { name };
}

export function unreadJson(unread: readonly Unread[]): Pick<MigrationJson, 'unread'> {
  if (unread.length === 0) return {};
  const pieces = unread.map(({ line, column, endLine, endColumn, message }) => ({ line, column, endLine, endColumn, message }));
  return { unread: pieces };
}

function statementJson({ opaque, refusal, ...told }: ExplainedStatement): StatementJson {
  return {
    ...toldJson(told),
    ...(opaque ? { opaque: true } : {}),
    ...(refusal ? { error: { code: refusal.code ?? null, message: refusal.message } } : {}),
  };
}

/** What is said of a statement, whether it was read or run. */
export function toldJson(statement: Omit<ExplainedStatement, 'opaque' | 'culprit' | 'refusal'>): Omit<StatementJson, 'opaque' | 'error'> {
  const { line, column, endLine, endColumn, command, transaction, lockTimeout, effects, blocks } = statement;
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
  };
}
