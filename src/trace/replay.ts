// Runs the statements of migrations on a server, one after the other, and tells what each of them did.

import type { TransactionMode } from '../model/migration.ts';
import type { Statement } from '../model/statement.ts';
import type { Connection, Server } from './connection.ts';
import { blocksKeptTogether } from './transaction-blocks.ts';
import { notRun } from './not-run.ts';
import { nothingSeen, type Observation } from './observation.ts';
import { observeAlone, observeInside, refused } from './observe.ts';
import { observeOutside } from './observe-outside.ts';
import { watch } from './watch.ts';

export interface Replay {
  /** A new connection runs a migration. */
  startMigration(statements: readonly Statement[], transaction: TransactionMode): Promise<void>;
  observe(statement: Statement, sql: string): Promise<Observation>;
}

export interface UndoableReplay extends Replay {
  /** Undoes what can be undone. */
  finish(): Promise<void>;
}

/**
 * Every statement in a transaction of its own, so that all its locks are seen, and what SET LOCAL says in each of a block; a block
 * with savepoints, or one that is rolled back, in one piece.
 */
export function replayOneByOne(server: Server, isThrownAway: boolean): Replay {
  const { connection } = server;
  let kept: ReadonlySet<Statement> = new Set();
  let prelude: string[] = [];
  return {
    startMigration: async (statements, transaction) => {
      kept = blocksKeptTogether(statements, transaction);
      prelude = [];
      await connection.run('DISCARD ALL');
    },
    observe: async (statement, sql) => {
      const reason = notRun(statement, sql, isThrownAway);
      if (reason !== undefined) return { kind: 'not-run', reason };
      if (statement.kind === 'transaction') {
        prelude = [];
        return kept.has(statement) ? follow(connection, sql) : nothingSeen;
      }
      if (kept.has(statement)) return observeInside(connection, sql);
      if (isOfTransaction(statement, sql)) prelude.push(sql);
      if (mustComeFirst(sql)) return nothingSeen;
      return orOutside(server, sql, await observeAlone(connection, sql, prelude));
    },
  };
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

/** SQLSTATE 25001: active_sql_transaction. */
async function orOutside({ connection, connect }: Server, sql: string, observation: Observation): Promise<Observation> {
  if (observation.kind !== 'refused' || observation.code !== '25001') return observation;
  return connect ? watch(connection, connect, sql) : observeOutside(connection, sql);
}

/** All in one transaction that is rolled back in the end. What is refused there is run between two of them, and stays: `say` tells. */
export function replayAndRollBack(server: Server, say: (sentence: string) => void): UndoableReplay {
  const { connection } = server;
  let isOpen = false;
  let isInBlock = false;
  const open = async (): Promise<void> => {
    if (!isOpen) await connection.run('BEGIN');
    isOpen = true;
  };
  return {
    startMigration: async () => {
      await open();
      await connection.run('RESET ALL');
    },
    observe: async (statement, sql) => {
      const reason = notRun(statement, sql, false);
      if (reason !== undefined) return { kind: 'not-run', reason };
      if (statement.kind === 'transaction') {
        const { kind } = statement.action;
        if (kind === 'begin' || (kind === 'rollback' && isInBlock)) await connection.run(savepoints[kind]);
        isInBlock = kind === 'begin' || (isInBlock && kind !== 'commit' && kind !== 'rollback');
        return nothingSeen;
      }
      if (mustComeFirst(sql)) return nothingSeen;
      const observation = await observeInside(connection, sql);
      if (observation.kind !== 'refused' || observation.code !== '25001') return observation;
      await connection.run('COMMIT');
      isOpen = false;
      say(`${statement.command} can't run in a transaction: it stays, with all before it`);
      const outside = await orOutside(server, sql, observation);
      await open();
      return outside;
    },
    finish: async () => {
      if (isOpen) await connection.run('ROLLBACK');
      isOpen = false;
    },
  };
}

/** A transaction of the migration is a savepoint in ours; savepoints of its own are left out. */
const savepoints = {
  begin: 'SAVEPOINT pgmigrate_lint_block',
  rollback: 'ROLLBACK TO SAVEPOINT pgmigrate_lint_block',
} as const;
