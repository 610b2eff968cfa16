// One statement of a migration, without a trace of the parser that read it.

import type { Span } from '../text/span.ts';
import type { Change } from './change.ts';
import type { FunctionCall } from './expression.ts';
import type { RowAction } from './row-action.ts';

/** BEGIN, COMMIT and the rest. `chain`: AND CHAIN, the next transaction begins at once. */
export type TransactionAction =
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit'; readonly chain: boolean }
  | { readonly kind: 'rollback'; readonly chain: boolean }
  | { readonly kind: 'savepoint'; readonly name: string }
  | { readonly kind: 'release'; readonly name: string }
  | { readonly kind: 'rollback-to'; readonly name: string }
  | { readonly kind: 'prepare' }
  | { readonly kind: 'finish-prepared' };

/** `unreadable`: set_config() with something that only the server knows. */
export type SettingValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'default' }
  | { readonly kind: 'unreadable' };

export type OpaqueReason = 'do-block' | 'function-call' | 'procedure-call' | 'prepared-statement' | 'unsupported-statement';

/** `command`: what PostgreSQL calls it, `CREATE INDEX`. */
export type Statement = { readonly span: Span; readonly command: string } & (
  | { readonly kind: 'schema'; readonly changes: readonly Change[] }
  /** Its own action comes last, behind those of its WITH. */
  | { readonly kind: 'data'; readonly actions: readonly RowAction[] }
  | { readonly kind: 'transaction'; readonly action: TransactionAction }
  | { readonly kind: 'setting'; readonly name: string; readonly value: SettingValue; readonly scope: 'transaction' | 'session' }
  /** RESET ALL and DISCARD ALL. */
  | { readonly kind: 'reset-settings' }
  /** What it does can't be read from the text: never taken for safe. */
  | { readonly kind: 'opaque'; readonly reason: OpaqueReason; readonly calls: readonly FunctionCall[] }
  /** A DO block, by what it runs. */
  | { readonly kind: 'block'; readonly parts: readonly BlockPart[] }
  | { readonly kind: 'harmless' }
);

export interface BlockPart {
  readonly statement: Statement;
  /** False: it stands in a branch or a loop, or something before it may have ended the block. */
  readonly certain: boolean;
}

/** Is there anything in it that can't be read from the text? */
export function isOpaque(statement: Statement): boolean {
  return statement.kind === 'opaque' || (statement.kind === 'block' && statement.parts.some((part) => isOpaque(part.statement)));
}

export type StatementKind = Statement['kind'];

export type StatementOf<K extends StatementKind> = Extract<Statement, { readonly kind: K }>;
