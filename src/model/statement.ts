// One statement of a migration, without a trace of the parser that read it.

import type { Span } from '../text/span.ts';
import { mapBlock, mayLeave, runsIn, type Block } from './block.ts';
import type { Change } from './change.ts';
import type { Culprit } from './culprit.ts';
import type { Feature } from './feature.ts';
import type { FunctionRun } from './function-body.ts';
import type { Mention } from './mention.ts';
import type { Query } from './query.ts';
import type { RowAction } from './row-action.ts';
import { usageAt, type LeftCode, type Usage } from './usage.ts';

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
  /** What it runs, or may run, beside what it says itself. */
  readonly usage?: Usage;
  /** Names in it that have to be there, beside those that its changes are about. */
  readonly mentions?: readonly Mention[];
  /** What is run later by the use of what it makes. */
  readonly leaves?: readonly LeftCode[];
  /** PREPARE: what EXECUTE runs by this name. */
  readonly prepares?: { readonly name: string; readonly statement: Statement; readonly query: Query };
  /** Where it was told: what its usage has run, before what it does itself. */
  readonly called?: Block<Statement>;
  /** It reaches out of its database. */
  readonly outreach?: Outreach;
}

export type Statement = StatementBase & (
  | { readonly kind: 'schema'; readonly changes: readonly Change[] }
  /** Its own action comes last, behind those of its WITH. EXECUTE runs what was prepared, and looks up no names. */
  | { readonly kind: 'data'; readonly actions: readonly RowAction[]; readonly wasPrepared?: boolean }
  | { readonly kind: 'transaction'; readonly action: TransactionAction }
  /** SET and RESET; SELECT set_config(…) may make several. */
  | { readonly kind: 'setting'; readonly assignments: readonly Assignment[] }
  /** RESET ALL and DISCARD ALL, which ends what is temporary too. */
  | { readonly kind: 'reset-settings'; readonly endsTemporary: boolean }
  /** DISCARD TEMP. */
  | { readonly kind: 'end-temporary' }
  /** What it does can't be read from the text: never taken for safe. */
  | { readonly kind: 'opaque'; readonly culprit: Culprit }
  /** A DO block, or what a function runs. */
  | { readonly kind: 'block'; readonly body: Block<Statement>; readonly run?: FunctionRun }
  | { readonly kind: 'harmless' }
);

/** Itself, or what stands in its block, and what it calls. */
export function runsOf(statement: Statement): Statement[] {
  const called = statement.called ? runsIn(statement.called).flatMap(runsOf) : [];
  return [...called, ...(statement.kind === 'block' ? runsIn(statement.body).flatMap(runsOf) : [statement])];
}

/** The same without what is run by triggers, rules, defaults and the like. */
export function writtenRunsOf(statement: Statement): Statement[] {
  const isImplied = (one: Statement): boolean => one.kind === 'block' && one.run?.isImplied === true;
  const called = statement.called ? runsIn(statement.called).filter((one) => !isImplied(one)) : [];
  const own = statement.kind === 'block' ? runsIn(statement.body) : [];
  return [...[...called, ...own].flatMap(writtenRunsOf), ...(statement.kind === 'block' ? [] : [statement])];
}

/** The first thing in it that can't be read from the text. */
export function opaqueIn(statement: Statement): StatementOf<'opaque'> | undefined {
  return runsOf(statement).find((run) => run.kind === 'opaque');
}

/** What it runs for certain: itself, or of a block what stands in no branch and no loop, and behind nothing that may leave the block. */
export function certainRuns(statement: Statement): Statement[] {
  const called = statement.called ? certainIn(statement.called).flatMap(certainRuns) : [];
  return [...called, ...(statement.kind === 'block' ? certainIn(statement.body).flatMap(certainRuns) : [statement])];
}

function certainIn(block: Block<Statement>): Statement[] {
  const end = block.findIndex((node) => mayLeave(node));
  const reached = end < 0 ? block : block.slice(0, end);
  return reached.flatMap((node) => (node.kind === 'run' ? [node.what] : []));
}

/** As if all of it stood there: where what runs is written in another place than what runs it. */
export function statementAt(statement: Statement, span: Span): Statement {
  const { features, usage } = statement;
  const moved = { ...statement, span, features: features.map((feature) => ({ ...feature, span })), ...(usage ? { usage: usageAt(usage, span) } : {}) };
  if (moved.kind === 'schema') return { ...moved, changes: moved.changes.map((change) => ({ ...change, span })) };
  return moved.kind === 'block' ? { ...moved, body: blockAt(moved.body, span) } : moved;
}

export function blockAt(block: Block<Statement>, span: Span): Block<Statement> {
  return mapBlock(block, (statement) => [statementAt(statement, span)]);
}

export type StatementKind = Statement['kind'];

export type StatementOf<K extends StatementKind> = Extract<Statement, { readonly kind: K }>;
