// One statement of a migration, without a trace of the parser that read it.

import type { Span } from '../text/span.ts';
import { mayLeave, runsIn, type Block } from './block.ts';
import type { Change } from './change.ts';
import type { Culprit } from './culprit.ts';
import type { FunctionCall } from './expression.ts';
import type { Feature } from './feature.ts';
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

/**
 * `unreadable`: set_config() with something that only the server knows, and what is set in a branch. `isPerhaps`: it may not have been
 * set at all.
 */
export type SettingValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'default' }
  | { readonly kind: 'unreadable'; readonly isPerhaps?: boolean };

/** `transaction`: SET LOCAL. */
export interface Assignment {
  readonly name: string;
  readonly value: SettingValue;
  readonly scope: 'transaction' | 'session';
}

/** `placeholder`: it is filled in, or what is filled in decides what it is. */
export type OpaqueReason = 'placeholder' | 'do-block' | 'function-call' | 'procedure-call' | 'prepared-statement' | 'unsupported-statement';

/** `program` and `file`: of the server · `server`: what its databases share, as roles, or another database. */
export type Outreach = 'program' | 'file' | 'server';

interface StatementBase {
  readonly span: Span;
  /** What PostgreSQL calls it, `CREATE INDEX`. */
  readonly command: string;
  /** What it needs that the oldest version does not have. */
  readonly features: readonly Feature[];
  /** It stands in a branch of the script that may not run: psql's \if, {{ if }} of a template. */
  readonly isConditional?: true;
  /** Something in it that is no string, a name mostly, is filled in before PostgreSQL sees it. */
  readonly hasPlaceholders?: true;
  /** It reaches out of its database. */
  readonly outreach?: Outreach;
}

export type Statement = StatementBase & (
  | { readonly kind: 'schema'; readonly changes: readonly Change[] }
  /** Its own action comes last, behind those of its WITH. */
  | { readonly kind: 'data'; readonly actions: readonly RowAction[] }
  | { readonly kind: 'transaction'; readonly action: TransactionAction }
  /** SET and RESET; SELECT set_config(…) may make several. */
  | { readonly kind: 'setting'; readonly assignments: readonly Assignment[] }
  /** RESET ALL and DISCARD ALL, which ends what is temporary too. */
  | { readonly kind: 'reset-settings'; readonly endsTemporary: boolean }
  /** DISCARD TEMP. */
  | { readonly kind: 'end-temporary' }
  /** What it does can't be read from the text: never taken for safe. */
  | {
      readonly kind: 'opaque';
      readonly reason: OpaqueReason;
      /** Of functions that PostgreSQL does not bring. Without them it would do no more than lock the rows of `actions`. */
      readonly calls: readonly FunctionCall[];
      readonly actions: readonly RowAction[];
      /** Where history was asked what the calls do: the first one that keeps it opaque. */
      readonly culprit?: Culprit;
    }
  /** A DO block. */
  | { readonly kind: 'block'; readonly body: Block<Statement> }
  | { readonly kind: 'harmless' }
);

/** Is there anything in it that can't be read from the text? */
export function isOpaque(statement: Statement): boolean {
  return statement.kind === 'opaque' || (statement.kind === 'block' && runsIn(statement.body).some(isOpaque));
}

/** What it runs for certain: itself, or of a block what stands in no branch and no loop, and behind nothing that may leave the block. */
export function certainRuns(statement: Statement): Statement[] {
  return statement.kind === 'block' ? certainIn(statement.body).flatMap(certainRuns) : [statement];
}

function certainIn(block: Block<Statement>): Statement[] {
  const end = block.findIndex((node) => mayLeave(node));
  const reached = end < 0 ? block : block.slice(0, end);
  return reached.flatMap((node) => (node.kind === 'run' ? [node.what] : []));
}

/** The first call that history knows more of than the text says; undefined where it is no call that makes the statement opaque. */
export function culpritOf(statement: Statement): Culprit | undefined {
  if (statement.kind === 'opaque') return statement.culprit;
  if (statement.kind !== 'block') return undefined;
  return runsIn(statement.body).map(culpritOf).find((culprit) => culprit !== undefined);
}

export type StatementKind = Statement['kind'];

export type StatementOf<K extends StatementKind> = Extract<Statement, { readonly kind: K }>;
