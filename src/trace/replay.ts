// Runs the statements of migrations on a server, one after the other, and tells what each of them did.

import type { TransactionMode } from '../model/migration.ts';
import type { Statement } from '../model/statement.ts';
import { UserError } from '../model/user-error.ts';
import { Refusal, type Connection, type Server } from './connection.ts';
import { blocksKeptTogether } from './transaction-blocks.ts';
import { notRun, type Confinement } from './not-run.ts';
import { nothingSeen, type Observation } from './observation.ts';
import { observeAlone, observeInside, refused } from './observe.ts';
import { observeOutside } from './observe-outside.ts';
import { watch } from './watch.ts';

/** A statement as it is run. */
export interface Run {
  readonly statement: Statement;
  readonly sql: string;
  /** `db/1.sql:3:1` */
  readonly place: string;
  /** PostgreSQL refuses what it says in a transaction, whatever the database holds. */
  readonly isForbidden: boolean;
}

export interface Replay {
  /** A new connection runs a migration. */
  startMigration(statements: readonly Statement[], transaction: TransactionMode): Promise<void>;
  observe(run: Run): Promise<Observation>;
}

export interface UndoableReplay extends Replay {
  /** Undoes what can be undone. */
  finish(): Promise<void>;
}

/**
 * Every statement in a transaction of its own, so that all its locks are seen, and what SET LOCAL says in each of a block; a block
 * with savepoints, or one that is rolled back, in one piece.
 */
export function replayOneByOne(server: Server, confinement: Confinement): Replay {
  const { connection } = server;
  let kept: ReadonlySet<Statement> = new Set();
  let prelude: string[] = [];
  const seen = async ({ statement, sql }: Run): Promise<Observation> => {
    const reason = notRun(statement, sql, confinement);
    if (reason !== undefined) return { kind: 'not-run', reason };
    if (statement.kind === 'transaction') {
      prelude = [];
      return kept.has(statement) ? follow(connection, sql) : nothingSeen;
    }
    if (kept.has(statement)) return observeInside(connection, sql);
    if (isOfTransaction(statement, sql)) prelude.push(sql);
    if (mustComeFirst(sql)) return nothingSeen;
    const observation = await observeAlone(connection, sql, prelude);
    return isRefusedInside(observation) && saysWhatItDoes(statement) ? runOutside(server, sql) : observation;
  };
  return {
    startMigration: async (statements, transaction) => {
      kept = blocksKeptTogether(statements, transaction);
      prelude = [];
      await connection.run('DISCARD ALL');
    },
    observe: async (run) => (confinement === 'role' ? withoutRights(await seen(run)) : seen(run)),
  };
}

/** What the role that was made for the trace may not do, the role of the real run may. SQLSTATE 42501: insufficient_privilege. */
function withoutRights(observation: Observation): Observation {
  if (observation.kind !== 'refused' || observation.code !== '42501') return observation;
  return { kind: 'not-run', reason: `the role of the trace may not: ${observation.message}` };
}

/** BEGIN, SAVEPOINT and the like, as the server takes them. */
async function follow(connection: Connection, sql: string): Promise<Observation> {
  try {
    await connection.run(sql);
    return nothingSeen;
  } catch (error) {
    return refused(error);
  }
}

/** It lasts until the transaction ends. */
function isOfTransaction(statement: Statement, sql: string): boolean {
  return (statement.kind === 'setting' && statement.assignments.some(({ scope }) => scope === 'transaction')) || mustComeFirst(sql);
}

/** PostgreSQL refuses SET TRANSACTION ISOLATION LEVEL behind any query, so behind ours. */
function mustComeFirst(sql: string): boolean {
  return /^SET\s+TRANSACTION\b/i.test(sql);
}

/** SQLSTATE 25001: active_sql_transaction. A function or a block may raise it as well as the server. */
function isRefusedInside(observation: Observation): boolean {
  return observation.kind === 'refused' && observation.code === '25001';
}

/** No code of the migration decides it. */
function saysWhatItDoes({ kind }: Statement): boolean {
  return kind === 'schema' || kind === 'harmless' || kind === 'reset-settings';
}

async function runOutside({ connection, connect }: Server, sql: string): Promise<Observation> {
  return connect ? watch(connection, connect, sql) : observeOutside(connection, sql);
}

export interface RollBackOptions {
  /** What is refused in a transaction may be run between two of them, and stays. */
  readonly mayCommit: boolean;
  readonly say: (sentence: string) => void;
}

/** All in one transaction that is rolled back in the end. After each statement the server is asked whether it is still that one. */
export function replayAndRollBack(server: Server, { mayCommit, say }: RollBackOptions): UndoableReplay {
  const { connection } = server;
  let own: string | undefined;
  let isInBlock = false;
  const open = async (): Promise<void> => {
    if (own !== undefined) return;
    await connection.run('BEGIN');
    own = await beginningTransaction(connection);
  };
  /** Where there is no way back to the savepoint in front of the statement, its transaction is over. SQLSTATE 57014: query_canceled. */
  const inside = async ({ statement, sql, place }: Run): Promise<Observation> => {
    try {
      const observation = await observeInside(connection, sql);
      if ((await currentTransaction(connection)) === own) return observation;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === '57014') throw error;
    }
    own = undefined;
    throw new UserError(
      `${place}: ${statement.command} ended the transaction in which all is run, so what ran until then may stay in the database; nothing behind it was run`,
    );
  };
  return {
    startMigration: async () => {
      await open();
      await connection.run('RESET ALL');
    },
    observe: async (run) => {
      const { statement, sql, isForbidden } = run;
      const reason = notRun(statement, sql, 'nothing');
      if (reason !== undefined) return { kind: 'not-run', reason };
      if (statement.kind === 'transaction') {
        const { kind } = statement.action;
        if (kind === 'begin' || (kind === 'rollback' && isInBlock)) await connection.run(savepoints[kind]);
        isInBlock = kind === 'begin' || (isInBlock && kind !== 'commit' && kind !== 'rollback');
        return nothingSeen;
      }
      if (mustComeFirst(sql)) return nothingSeen;
      const observation = await inside(run);
      if (!mayCommit || !isForbidden || !isRefusedInside(observation)) return observation;
      own = undefined;
      await connection.run('COMMIT');
      say(`${statement.command} can't run in a transaction: it stays, with all before it`);
      const outside = await runOutside(server, sql);
      await open();
      return outside;
    },
    finish: async () => {
      if (own !== undefined) await connection.run('ROLLBACK');
      own = undefined;
    },
  };
}

/** It gets its number at once, which no other transaction has, now or later. */
async function beginningTransaction(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.rows<{ readonly id: string }>('SELECT pg_catalog.pg_current_xact_id()::text AS id');
  return row?.id;
}

/** Null where none is open that has a number. */
async function currentTransaction(connection: Connection): Promise<string | null | undefined> {
  const [row] = await connection.rows<{ readonly id: string | null }>('SELECT pg_catalog.pg_current_xact_id_if_assigned()::text AS id');
  return row?.id;
}

/** A transaction of the migration is a savepoint in ours; savepoints of its own are left out. */
const savepoints = {
  begin: 'SAVEPOINT pgmigrate_lint_block',
  rollback: 'ROLLBACK TO SAVEPOINT pgmigrate_lint_block',
} as const;
